/* See work_room.h. */
#include "web/work_room.h"

enum { WORK_BYTES = 512 << 20 }; /* a cap; what limits.h lets in takes far less */

static void drop_arena(void *arena) { arena_delete(arena); }

Status work_room_within(Request *rq, Status (*step)(Request *rq)) {
    Arena *own = rq->ctx.arena, *work = arena_new(WORK_BYTES);
    arena_defer(own, drop_arena, work);
    rq->ctx.arena = work;
    Status status = step(rq);
    rq->ctx.arena = own;
    return status;
}
