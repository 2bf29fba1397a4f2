/* Those of whom some money is here stay, and are passed over each day: so the cursor. */
#include "jobs/lapse_applications.h"

#include "domain/member_lapse.h"

typedef struct Piece {
    MemberCursor from, next;
    int64_t lapsed;
    bool more;
} Piece;

static Status lapse_apply(Ctx *ctx, void *argument) {
    Piece *p = argument;
    p->next = p->from;
    return member_lapse_due(ctx, MEMBER_LAPSE_DAYS, MEMBER_LAPSE_CHUNK, &p->next, &p->lapsed,
                            &p->more);
}

Status lapse_applications(JobRun *run) {
    Piece piece = {.more = true};
    while (piece.more && !atomic_load(run->stopping)) {
        TRY(lane_write(run->store, &run->ctx, lapse_apply, &piece));
        piece.from = piece.next;
        arena_clear(run->ctx.arena);
    }
    return OK;
}
