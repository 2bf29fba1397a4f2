/* An open store from the inside, for store.c and lane.c. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/connection.h"

enum { STORE_BATCH_DEFAULT = 64 };

typedef struct IdleReader IdleReader;
struct IdleReader {
    Tx *tx;
    IdleReader *next;
};

struct Store {
    StoreOptions options; /* its texts are owned */
    int lock_fd;          /* DATA/server.lock; -1: not opened */
    int turn_fd;          /* DATA/turn.lock: held shared by whoever waits for a turn to write */
    Tx *writer;           /* used by the writer's thread alone; NULL: read-only */
    pthread_t thread;
    pthread_mutex_t queue_lock; /* guards the next four */
    pthread_cond_t queue_filled;
    Work *first, *last;
    bool closing;
    pthread_mutex_t pool_lock; /* guards the next two */
    IdleReader *idle;
    int readers_out;
    _Atomic int64_t writes, batches, retried_alone;
};

/* The writer's thread runs from here… */
void lane_start(Store *store);
/* …until here, when all that was queued is done; idle readers are closed. */
void lane_stop(Store *store);
/* On the writer's thread, between transactions: folds the log back, if that is our part. */
void store_checkpoint(Store *store);
/* Begins a write, seen by other processes to wait for its turn. */
MUST_USE Status store_begin_write(Store *store, Ctx *ctx);
/* Lets another process have its turn, if one waits: locks of files know no queue. */
void store_let_others_write(Store *store);

#endif
