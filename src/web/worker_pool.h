/* Threads for what takes long, so that no HTTP thread does: photographs, cards as pictures and PDF.
 * Few of them and a short queue. They bound the memory, too: a photograph of 40 megapixels takes
 * about 100 MB while it is decoded, and no more are decoded at a time than there are workers. */
#ifndef WEB_WORKER_POOL_H
#define WEB_WORKER_POOL_H

#include "base/ctx.h"

enum { WORKER_POOL_MAX = 4, WORKER_POOL_WAITING = 32, WORKER_POOL_ONE = 8 };

typedef struct WorkerPool WorkerPool;

typedef struct WorkerTask WorkerTask;
struct WorkerTask {
    void (*run)(WorkerTask *task); /* on a worker; the task may be gone when it returns */
    Text client;                   /* who asks; lives while the task waits */
    WorkerTask *next;              /* the pool's */
};

/* As many workers as given, 1 to WORKER_POOL_MAX; 0: as many as there are processors, but two at
 * least, so that one large picture does not hold up all others. The pool lies in the arena. IO
 * workers_failed. */
MUST_USE Status worker_pool_start(Ctx *ctx, Arena *arena, int workers, WorkerPool **ret);
/* False, and nothing happens, when WORKER_POOL_WAITING others wait already; or half of them, and
 * WORKER_POOL_ONE are of the same client, who would keep out everybody else. Never blocks beyond a
 * short lock. */
MUST_USE bool worker_pool_submit(WorkerPool *pool, WorkerTask *task);
/* Runs what was taken to its end; nothing may be submitted any more. */
void worker_pool_stop(WorkerPool *pool);

#endif
