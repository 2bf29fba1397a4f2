/* The way to the store: reads on the calling thread, writes through one writer with group
 * commit. Work is a function over a ctx; the lane sets ctx->tx while it runs.
 *
 * apply may be run again (after a rollback of its batch): it must depend only on its argument and
 * the store, and overwrite its results. The lane forgets the ctx's errors before each run. An
 * apply that returns other than OK has changed nothing: if it did write before, the lane rolls
 * the batch back and applies the others again, each alone. Answers, refusals too, are let go
 * after the commit. BUSY and serialization failures are tried again by the lane, a bounded
 * number of times. */
#ifndef STORE_LANE_H
#define STORE_LANE_H

#include "base/ctx.h"

typedef struct Store Store; /* an open register: connections, writer thread */

typedef Status (*Apply)(Ctx *ctx, void *argument);

typedef struct Work Work;
struct Work {
    Ctx *ctx;
    Apply apply;
    void *argument;
    /* After the commit (or the final refusal), on the writer's thread: quick, no store. */
    void (*done)(Work *work);
    Status status; /* what became of it; set before done */
    Work *next;    /* the lane's */
};

typedef enum StoreMode {
    STORE_CREATE,    /* the register must not exist yet; the folder may */
    STORE_SERVE,     /* takes the server's lock; a second server is refused */
    STORE_COMMAND,   /* beside a server or alone */
    STORE_READ_ONLY, /* no writes, no migration; works on a read-only folder if it can */
} StoreMode;

typedef struct StoreOptions {
    const char *data_dir;
    StoreMode mode;
    int batch_max;      /* writes in one transaction; 0: default 64 */
    const char *vfs;    /* name of a registered SQLite VFS for tests; NULL: the system's */
    int64_t cache_kib;  /* page cache of the writer; 0: default */
    int busy_wait_ms;   /* for another process's transaction to end; 0: default 10 s */
} StoreOptions;

/* Opens (creating or migrating as the mode says). On failure *ret_store is untouched and ctx says
 * why in a message: no such folder, no register there, not readable, read-only, newer version,
 * another server, damaged. */
MUST_USE Status store_open(Ctx *ctx, const StoreOptions *options, Store **ret_store);
/* Finishes queued writes, checkpoints, closes. */
void store_close(Store *store);
const char *store_data_dir(const Store *store);

/* Queues a write; never blocks beyond a short lock. */
void lane_submit(Store *store, Work *work);
/* Queues a write and waits for it. */
MUST_USE Status lane_write(Store *store, Ctx *ctx, Apply apply, void *argument);
/* wake is called on the writer's thread after a commit by whose applies ctx->wakes was set, with
 * all their bits; quick, no store. One a store; after lane_on_wake with NULL it runs no more. */
void lane_on_wake(Store *store, void (*wake)(void *argument, unsigned wakes), void *argument);
/* Runs apply on this thread over a read snapshot. A write inside it is a bug. */
MUST_USE Status lane_read(Store *store, Ctx *ctx, Apply apply, void *argument);

/* Within lane_read: what was worked out from a snapshot, under a name of the caller's choice, for
 * as long as nobody commits a change, in any process. TEXT_NONE when it is not known, and always in
 * a write; in the ctx's arena. Ask after the first query: before it there is no snapshot. */
Text lane_remembered(Ctx *ctx, Text name);
void lane_remember(Ctx *ctx, Text name, Text value);

/* PRAGMA integrity_check or the engine's like; INVALID with detail when it finds anything. */
MUST_USE Status store_check_integrity(Store *store, Ctx *ctx);
/* Prepares every statement of queries/; the first that fails is named in the error. */
MUST_USE Status store_prepare_all(Store *store, Ctx *ctx);
/* Figures for /metrics and bench. */
typedef struct StoreFigures {
    int64_t writes, batches, retried_alone, database_bytes;
} StoreFigures;
void store_figures(Store *store, StoreFigures *ret);

#endif
