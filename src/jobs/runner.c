/* A thread a job: one that waits for a slow gateway keeps no other from its hour. */
#include "jobs/runner.h"

#include <assert.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "domain/gateway.h"

enum { JOB_ARENA_BYTES = 64 << 20, WORKERS_MAX = 16, AFTER_FAILURE_MS = 10000 };

typedef struct Worker {
    Runner *runner;
    const Job *job;
    HttpCaller *http;
    pthread_t thread;
    pthread_cond_t changed;
    bool woken; /* guarded by the runner's lock */
    bool started;
} Worker;

struct Runner {
    Arena *arena; /* it lies there itself */
    Store *store;
    const Organisation *org;
    pthread_mutex_t lock;
    atomic_bool stopping;
    Worker workers[WORKERS_MAX];
    int count;
};

/* Until it is woken, or stopping, or so long has passed. */
static void wait_for(Worker *worker, int64_t period_ms) {
    int64_t end_ns = clock_monotonic_ns() + period_ms * 1000000;
    struct timespec end = {.tv_sec = end_ns / 1000000000, .tv_nsec = end_ns % 1000000000};
    Runner *runner = worker->runner;
    (void)pthread_mutex_lock(&runner->lock);
    while (!worker->woken && !atomic_load(&runner->stopping))
        if (pthread_cond_timedwait(&worker->changed, &runner->lock, &end) != 0) break;
    worker->woken = false;
    (void)pthread_mutex_unlock(&runner->lock);
}

static Status run_once(Worker *worker, Arena *arena) {
    JobRun run = {.store = worker->runner->store, .http = worker->http,
                  .stopping = &worker->runner->stopping};
    ctx_init(&run.ctx, arena);
    run.ctx.org = worker->runner->org;
    Status status = worker->job->run(&run);
    if (status != OK)
        log_error("job-failed", "%s: %s %s", worker->job->name,
                  run.ctx.error_count ? run.ctx.errors[0].message : "?", run.ctx.detail);
    arena_clear(arena);
    return status;
}

static void *worker_main(void *argument) {
    Worker *worker = argument;
    Arena *arena = arena_new(JOB_ARENA_BYTES);
    while (!atomic_load(&worker->runner->stopping)) {
        Status status = run_once(worker, arena);
        wait_for(worker, status == OK || worker->job->period_ms > AFTER_FAILURE_MS
                             ? worker->job->period_ms
                             : AFTER_FAILURE_MS);
    }
    arena_delete(arena);
    return NULL;
}

static void rouse(Worker *worker) {
    worker->woken = true;
    (void)pthread_cond_signal(&worker->changed);
    http_call_wake(worker->http);
}

static void wake(void *argument, unsigned wakes) {
    Runner *runner = argument;
    (void)pthread_mutex_lock(&runner->lock);
    for (int i = 0; i < runner->count; i++)
        if (runner->workers[i].job->wakes & wakes) rouse(&runner->workers[i]);
    (void)pthread_mutex_unlock(&runner->lock);
}

static Status start_worker(Ctx *ctx, Runner *runner, const Job *job) {
    assert(runner->count < WORKERS_MAX); /* a row too many in the table of jobs */
    Worker *worker = &runner->workers[runner->count];
    *worker = (Worker){.runner = runner, .job = job, .http = http_call_open()};
    if (!worker->http) return fail_io(ctx, "jobs_failed", "the HTTP library does not start");
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&worker->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    runner->count++;
    int error = pthread_create(&worker->thread, NULL, worker_main, worker);
    worker->started = !error;
    return error ? fail_io(ctx, "jobs_failed", "thread: %d", error) : OK;
}

static Status gateway_apply(Ctx *ctx, void *gateway) { return gateway_read(ctx, gateway); }

/* A register that is no demo could have come by the log gateway only behind our back. */
static Status refuse_log(Ctx *ctx, Store *store) {
    Gateway gateway;
    TRY(lane_read(store, ctx, gateway_apply, &gateway));
    if (gateway.kind == GATEWAY_LOG && !ctx->org->demo)
        return fail(ctx, DENIED, NULL, "gateway_log_demo_only");
    return OK;
}

Status runner_start(Ctx *ctx, Store *store, const Job *jobs, Runner **ret) {
    TRY(refuse_log(ctx, store));
    Arena *arena = arena_new(sizeof(Runner) + 4096);
    Runner *runner = ARENA_NEW(arena, Runner);
    runner->arena = arena;
    runner->store = store;
    runner->org = ctx->org;
    (void)pthread_mutex_init(&runner->lock, NULL);
    Status status = OK;
    for (const Job *job = jobs; job->name && status == OK; job++)
        status = start_worker(ctx, runner, job);
    if (status != OK) {
        runner_stop(runner);
        return status;
    }
    lane_on_wake(store, wake, runner);
    *ret = runner;
    return OK;
}

void runner_stop(Runner *runner) {
    lane_on_wake(runner->store, NULL, NULL);
    atomic_store(&runner->stopping, true);
    (void)pthread_mutex_lock(&runner->lock);
    for (int i = 0; i < runner->count; i++) rouse(&runner->workers[i]);
    (void)pthread_mutex_unlock(&runner->lock);
    for (int i = 0; i < runner->count; i++) {
        if (runner->workers[i].started) (void)pthread_join(runner->workers[i].thread, NULL);
        (void)pthread_cond_destroy(&runner->workers[i].changed);
        http_call_close(runner->workers[i].http);
    }
    (void)pthread_mutex_destroy(&runner->lock);
    arena_delete(runner->arena);
}
