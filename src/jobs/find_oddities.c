/* See find_oddities.h. */
#include "jobs/find_oddities.h"

#include "domain/oddity_look.h"

static Status look_apply(Ctx *ctx, void *look) { return oddity_look(ctx, look); }
static Status keep_apply(Ctx *ctx, void *look) { return oddity_look_keep(ctx, look); }

Status find_oddities(JobRun *run) {
    OddityLook look = {.more = true};
    while (look.more && !atomic_load(run->stopping)) {
        TRY(lane_read(run->store, &run->ctx, look_apply, &look));
        if (oddity_look_is_new(&look)) TRY(lane_write(run->store, &run->ctx, keep_apply, &look));
        arena_clear(run->ctx.arena);
    }
    return OK;
}
