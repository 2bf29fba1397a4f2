/* Each piece is gone from the list when it is done: so no cursor. */
#include "jobs/end_guardians.h"

#include "domain/member_guardian.h"

enum { PIECE = 50 };

static Status end_apply(Ctx *ctx, void *more) {
    return member_guardian_end_due(ctx, PIECE, more);
}

Status end_guardians(JobRun *run) {
    bool more = true;
    while (more && !atomic_load(run->stopping)) {
        TRY(lane_write(run->store, &run->ctx, end_apply, &more));
        arena_clear(run->ctx.arena);
    }
    return OK;
}
