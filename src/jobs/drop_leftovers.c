/* Each hour: what is counted by the hour is old after one. */
#include "jobs/drop_leftovers.h"

#include "domain/leftover.h"

static Status drop_apply(Ctx *ctx, void *more) { return leftover_drop(ctx, more); }

Status drop_leftovers(JobRun *run) {
    bool more = true;
    while (more && !atomic_load(run->stopping)) {
        TRY(lane_write(run->store, &run->ctx, drop_apply, &more));
        arena_clear(run->ctx.arena);
    }
    return OK;
}
