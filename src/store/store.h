/* An open store from the inside, for store.c, lane.c and writer.c. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/connection.h"

enum { STORE_BATCH_DEFAULT = 64 };

typedef struct Reader Reader;
struct Reader {
    Tx *tx; /* NULL: not opened */
    Reader *next;
};

struct Store {
    Arena *arena;         /* it lies there itself; guarded by pool_lock once it is open */
    StoreOptions options; /* its texts are the arena's */
    int lock_fd;          /* DATA/server.lock; -1: not opened */
    int turn_fd;          /* DATA/turn.lock: held shared by whoever waits for a turn to write */
    Tx *writer;           /* used by the writer's thread alone; NULL: read-only */
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t queue_lock; /* guards the next four */
    pthread_cond_t queue_filled;
    Work *first, *last;
    bool closing;
    pthread_mutex_t wake_lock; /* guards the next two */
    void (*wake)(void *argument, unsigned wakes);
    void *wake_argument;
    pthread_mutex_t pool_lock; /* guards the next three */
    Reader *idle;
    bool folding; /* no reader may keep a snapshot */
    int readers_out;
    _Atomic int64_t writes, batches, retried_alone;
};

/* On the writer's thread, between transactions: folds the log back, if that is our part. */
void store_checkpoint(Store *store);
/* Begins a write, seen by other processes to wait for its turn. */
MUST_USE Status store_begin_write(Store *store, Ctx *ctx);
/* Lets another process have its turn, if one waits: locks of files know no queue. */
void store_let_others_write(Store *store);

#endif
