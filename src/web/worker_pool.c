/* One queue, one lock. */
#include "web/worker_pool.h"

#include <pthread.h>
#include <unistd.h>

enum { WORKERS_AT_LEAST = 2 };

struct WorkerPool {
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t filled;
    WorkerTask *first, *last;
    int waiting;
    bool stopping;
    pthread_t threads[WORKER_POOL_MAX];
    int count;
};

static WorkerTask *take(WorkerPool *pool) {
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->first && !pool->stopping) (void)pthread_cond_wait(&pool->filled, &pool->lock);
    WorkerTask *task = pool->first;
    if (task) {
        pool->first = task->next;
        pool->waiting--;
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return task;
}

static void *worker_main(void *argument) {
    WorkerPool *pool = argument;
    for (WorkerTask *task = take(pool); task; task = take(pool)) task->run(task);
    return NULL;
}

static int count_of(int wished) {
    int processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int own = processors > WORKERS_AT_LEAST ? processors : WORKERS_AT_LEAST;
    int count = wished > 0 ? wished : own;
    return count < WORKER_POOL_MAX ? count : WORKER_POOL_MAX;
}

Status worker_pool_start(Ctx *ctx, Arena *arena, int workers, WorkerPool **ret) {
    WorkerPool *pool = ARENA_NEW(arena, WorkerPool);
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->filled, NULL);
    for (int wanted = count_of(workers); pool->count < wanted; pool->count++) {
        int error = pthread_create(&pool->threads[pool->count], NULL, worker_main, pool);
        if (!error) continue;
        worker_pool_stop(pool);
        return fail_io(ctx, "workers_failed", "thread: %d", error);
    }
    *ret = pool;
    return OK;
}

static bool has_room(const WorkerPool *pool, Text client) {
    int own = 0;
    if (pool->waiting < WORKER_POOL_WAITING / 2) return true;
    for (const WorkerTask *task = pool->first; task; task = task->next)
        own += text_eq(task->client, client);
    return pool->waiting < WORKER_POOL_WAITING && own < WORKER_POOL_ONE;
}

bool worker_pool_submit(WorkerPool *pool, WorkerTask *task) {
    (void)pthread_mutex_lock(&pool->lock);
    bool taken = has_room(pool, task->client);
    if (taken) {
        task->next = NULL;
        if (pool->first)
            pool->last->next = task;
        else
            pool->first = task;
        pool->last = task;
        pool->waiting++;
        (void)pthread_cond_signal(&pool->filled);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return taken;
}

void worker_pool_stop(WorkerPool *pool) {
    (void)pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    (void)pthread_cond_broadcast(&pool->filled);
    (void)pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->count; i++) (void)pthread_join(pool->threads[i], NULL);
    (void)pthread_cond_destroy(&pool->filled);
    (void)pthread_mutex_destroy(&pool->lock);
}
