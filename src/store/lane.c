/* Reads on the caller's thread, each over a connection of a pool; writes queue for the writer. */
#include <assert.h>

#include "store/store.h"

enum { TRIES = 3 };

void lane_submit(Store *store, Work *work) {
    assert(work->ctx && work->apply && work->done);
    work->next = NULL;
    if (!store->writer) {
        work->status = fail(work->ctx, IO, NULL, "store_read_only");
        work->done(work);
        return;
    }
    (void)pthread_mutex_lock(&store->queue_lock);
    assert(!store->closing);
    if (store->last)
        store->last->next = work;
    else
        store->first = work;
    store->last = work;
    (void)pthread_cond_signal(&store->queue_filled);
    (void)pthread_mutex_unlock(&store->queue_lock);
}

typedef struct Waiting {
    Work work; /* first: done gets its address */
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool is_done;
} Waiting;

static void wake(Work *work) {
    Waiting *waiting = (Waiting *)work;
    (void)pthread_mutex_lock(&waiting->lock);
    waiting->is_done = true;
    (void)pthread_cond_signal(&waiting->ready);
    (void)pthread_mutex_unlock(&waiting->lock);
}

Status lane_write(Store *store, Ctx *ctx, Apply apply, void *argument) {
    assert(!ctx->tx); /* a write inside a read or another write would wait for itself */
    Waiting waiting = {.work = {.ctx = ctx, .apply = apply, .argument = argument, .done = wake},
                       .lock = PTHREAD_MUTEX_INITIALIZER, .ready = PTHREAD_COND_INITIALIZER};
    lane_submit(store, &waiting.work);
    (void)pthread_mutex_lock(&waiting.lock);
    while (!waiting.is_done) (void)pthread_cond_wait(&waiting.ready, &waiting.lock);
    (void)pthread_mutex_unlock(&waiting.lock);
    (void)pthread_cond_destroy(&waiting.ready);
    (void)pthread_mutex_destroy(&waiting.lock);
    return waiting.work.status;
}

void lane_on_wake(Store *store, void (*wake_jobs)(void *argument, unsigned wakes),
                  void *argument) {
    (void)pthread_mutex_lock(&store->wake_lock);
    store->wake = wake_jobs;
    store->wake_argument = argument;
    (void)pthread_mutex_unlock(&store->wake_lock);
}

/* A reader without a connection is given back too: opening one may go better later. */
static Status take_reader(Store *store, Ctx *ctx, Reader **ret) {
    (void)pthread_mutex_lock(&store->pool_lock);
    Reader *reader = store->idle;
    if (reader)
        store->idle = reader->next;
    else
        reader = ARENA_NEW(store->arena, Reader);
    store->readers_out++;
    (void)pthread_mutex_unlock(&store->pool_lock);
    *ret = reader;
    if (reader->tx) return OK;
    return connection_open(ctx, &store->options, CONNECTION_READER, &reader->tx);
}

static void give_back_reader(Store *store, Reader *reader) {
    (void)pthread_mutex_lock(&store->pool_lock);
    if (reader->tx && store->folding) connection_let_go(reader->tx);
    reader->next = store->idle;
    store->idle = reader;
    store->readers_out--;
    (void)pthread_mutex_unlock(&store->pool_lock);
}

static Status read_once(Tx *tx, Ctx *ctx, bool rest, Apply apply, void *argument) {
    ctx_forget_errors(ctx);
    TRY(connection_begin(tx, ctx, false));
    ctx->tx = tx;
    Status status = apply(ctx, argument);
    ctx->tx = NULL;
    connection_end_queries(tx);
    if (status == OK && !connection_is_lost(tx))
        return rest ? connection_rest(tx, ctx) : connection_commit(tx, ctx);
    if (status == OK) status = fail(ctx, IO, NULL, "store_failed");
    connection_rollback(tx);
    return status;
}

Status lane_read(Store *store, Ctx *ctx, Apply apply, void *argument) {
    assert(!ctx->tx);
    Reader *reader;
    Status status = take_reader(store, ctx, &reader);
    bool again = status == OK;
    for (int i = 0; i < TRIES && again; i++) {
        status = read_once(reader->tx, ctx, store->writer != NULL, apply, argument);
        again = status == BUSY;
    }
    give_back_reader(store, reader);
    return status;
}
