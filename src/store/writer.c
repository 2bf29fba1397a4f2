/* The writer's thread: takes what queued up while the last batch waited for the disk, applies it
 * in one transaction, commits once, lets the answers go. */
#include "store/writer.h"

enum { TRIES = 3 };

/* Applies one work within the transaction. *ret_clean is false when the transaction must not be
 * committed: it is lost, or the work wrote something and then failed. */
static Status apply_once(Tx *tx, Work *work, bool *ret_clean) {
    Ctx *ctx = work->ctx;
    int64_t before = connection_changes(tx);
    ctx_forget_errors(ctx);
    ctx->wakes = 0;
    ctx->tx = tx;
    Status status = work->apply(ctx, work->argument);
    ctx->tx = NULL;
    connection_end_queries(tx);
    bool wrote = connection_changes(tx) != before;
    *ret_clean = !connection_is_lost(tx) && (status == OK || !wrote);
    return status;
}

typedef enum Together { KEPT, NOT_KEPT, NO_TURN } Together;

/* All in one transaction. */
static Together run_together(Store *store, Work *batch) {
    Tx *tx = store->writer;
    Ctx trouble = {.arena = batch->ctx->arena}; /* not to be mixed with a refusal's errors */
    Status status = store_begin_write(store, &trouble);
    if (status != OK) return status == BUSY ? NO_TURN : NOT_KEPT;
    bool clean = true;
    for (Work *work = batch; work && clean; work = work->next)
        work->status = apply_once(tx, work, &clean);
    if (clean) return connection_commit(tx, &trouble) == OK ? KEPT : NOT_KEPT;
    connection_rollback(tx);
    return NOT_KEPT;
}

/* False when another try may go better. */
static bool run_alone_once(Store *store, Work *work) {
    Tx *tx = store->writer;
    Ctx *ctx = work->ctx;
    ctx_forget_errors(ctx);
    work->status = store_begin_write(store, ctx);
    if (work->status != OK) return true; /* it waited long for its turn already */
    bool clean;
    Status status = apply_once(tx, work, &clean);
    bool lost = connection_is_lost(tx);
    if (clean && status != OK) { /* a refusal: nothing to keep */
        connection_rollback(tx);
        work->status = status;
        return true;
    }
    if (!clean) {
        connection_rollback(tx);
        /* an apply that overlooked an error is not to be believed */
        work->status = status == OK ? fail(ctx, IO, NULL, "store_failed") : status;
        return !(lost && status == BUSY);
    }
    work->status = connection_commit(tx, ctx);
    return work->status != BUSY;
}

static void run_alone(Store *store, Work *work) {
    for (int i = 0; i < TRIES; i++)
        if (run_alone_once(store, work)) return;
}

/* Another process would not let go of the register: the queue must not wait as often again. */
static void refuse_turn(Work *work) {
    ctx_forget_errors(work->ctx);
    work->status = fail(work->ctx, BUSY, NULL, "store_busy");
}

/* After the commit: a job that looked earlier would see nothing. */
static void wake_jobs(Store *store, const Work *batch) {
    unsigned wakes = 0;
    for (const Work *work = batch; work; work = work->next)
        if (work->status == OK) wakes |= work->ctx->wakes;
    if (!wakes) return;
    (void)pthread_mutex_lock(&store->wake_lock);
    if (store->wake) store->wake(store->wake_argument, wakes);
    (void)pthread_mutex_unlock(&store->wake_lock);
}

static void run_batch(Store *store, Work *batch) {
    int64_t count = 0;
    for (Work *work = batch; work; work = work->next) count++;
    Together together = batch->next ? run_together(store, batch) : NOT_KEPT;
    for (Work *work = batch; work && together != KEPT; work = work->next) {
        if (together == NO_TURN)
            refuse_turn(work);
        else
            run_alone(store, work);
    }
    atomic_fetch_add(&store->batches, 1);
    atomic_fetch_add(&store->writes, count);
    if (together == NOT_KEPT && count > 1) atomic_fetch_add(&store->retried_alone, count);
    wake_jobs(store, batch);
    for (Work *work = batch, *next; work; work = next) {
        next = work->next; /* done may give the work back */
        work->done(work);
    }
}

/* Waits for work; NULL when the store closes and none is left. */
static Work *take_batch(Store *store) {
    (void)pthread_mutex_lock(&store->queue_lock);
    while (!store->first && !store->closing)
        (void)pthread_cond_wait(&store->queue_filled, &store->queue_lock);
    Work *batch = store->first, *last = batch;
    for (int i = 1; last && last->next && i < store->options.batch_max; i++) last = last->next;
    if (last) {
        store->first = last->next;
        last->next = NULL;
        if (!store->first) store->last = NULL;
    }
    (void)pthread_mutex_unlock(&store->queue_lock);
    return batch;
}

static void *writer_main(void *argument) {
    Store *store = argument;
    Work *batch;
    while ((batch = take_batch(store))) {
        run_batch(store, batch);
        if (connection_wants_checkpoint(store->writer)) store_checkpoint(store);
        store_let_others_write(store);
    }
    return NULL;
}

Status writer_start(Store *store, Ctx *ctx) {
    int error = pthread_create(&store->thread, NULL, writer_main, store);
    store->has_thread = !error;
    return error ? fail_io(ctx, "store_failed", "thread: %d", error) : OK;
}

void writer_stop(Store *store) {
    if (!store->has_thread) return;
    (void)pthread_mutex_lock(&store->queue_lock);
    store->closing = true;
    (void)pthread_cond_signal(&store->queue_filled);
    (void)pthread_mutex_unlock(&store->queue_lock);
    (void)pthread_join(store->thread, NULL);
}
