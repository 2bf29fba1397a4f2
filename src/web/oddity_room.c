/* See oddity_room.h. */
#include "web/oddity_room.h"

#include "base/limits.h"

const Param oddity_room_list_params[] = {
    {"kind", PARAM_QUERY, PARAM_CHOICE, false, 0, 0, 0,
     "burst|burst_web|phone|guardian|unconfirmed|denial|denial_unit|payer|utr|seen", NULL,
     "only these"},
    {"state", PARAM_QUERY, PARAM_CHOICE, false, 0, 0, 0, "open|examined|fine|acted", NULL,
     "open and examined when left out"},
    {"unit", PARAM_QUERY, PARAM_TEXT, false, LIMIT_UNIT_CODE_BYTES, 0, 0, NULL, NULL,
     "in this unit with all below; all one's own when left out"},
    {"before", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};

const Param oddity_room_one_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {"after", PARAM_QUERY, PARAM_INT, false, 0, 0, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};

Status oddity_room_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, OddityRoom);
    return OK;
}

static Status show(Ctx *ctx, OddityShown *s) {
    const Oddity *o = &s->oddity;
    TRY(unit_by_id(ctx, o->unit_id, &s->unit));
    return denial_enroller(ctx, o->enrolled_by, o->enroller_serial, &s->enroller);
}

Status oddity_room_list(Request *rq) {
    Ctx *ctx = &rq->ctx;
    OddityRoom *room = rq->state;
    OddityState state = ODDITY_OPEN;
    Text unit = request_text(rq, "unit");
    room->filter = (OddityFilter){.kind = request_text(rq, "kind"),
                                  .state = request_text(rq, "state")};
    if (room->filter.state.len) (void)oddity_state_parse(room->filter.state, &state);
    room->filter.decided = state == ODDITY_FINE || state == ODDITY_ACTED;
    TRY(unit.len ? unit_by_code(ctx, unit, &room->top)
                 : unit_by_id(ctx, ctx->actor.unit_id, &room->top));
    room->filter.unit_id = room->top.id;
    Oddity *list = ARENA_ARRAY(ctx->arena, Oddity, ODDITY_ROOM_PAGE);
    TRY(oddity_count(ctx, &room->filter, &room->total));
    TRY(oddity_list(ctx, &room->filter, request_int(rq, "before"), list, ODDITY_ROOM_PAGE,
                    &room->count));
    for (int i = 0; i < room->count; i++) {
        room->list[i].oddity = list[i];
        TRY(show(ctx, &room->list[i]));
    }
    return OK;
}

Status oddity_room_bare(Request *rq) {
    OddityRoom *room = rq->state;
    room->members = (OddityMembers){.after = -1};
    TRY(oddity_read(&rq->ctx, request_int(rq, "id"), &room->one.oddity));
    return show(&rq->ctx, &room->one);
}

Status oddity_room_one(Request *rq) {
    Ctx *ctx = &rq->ctx;
    OddityRoom *room = rq->state;
    int64_t after = request_has(rq, "after") ? request_int(rq, "after") : -1;
    TRY(oddity_room_bare(rq));
    TRY(oddity_members(ctx, &room->one.oddity, after, ODDITY_ROOM_PAGE, &room->members));
    room->enrollers = ARENA_ARRAY(ctx->arena, Enroller, ODDITY_ROOM_PAGE);
    for (int i = 0; i < room->members.count; i++) {
        const Member *m = &room->members.list[i].member;
        TRY(denial_enroller(ctx, m->enrolled_by, m->enroller_serial, &room->enrollers[i]));
    }
    return OK;
}

Status oddity_room_decide(Request *rq) {
    OddityRoom *room = rq->state;
    OddityState to;
    if (!oddity_state_parse(request_text(rq, "state"), &to))
        return fail(&rq->ctx, INVALID, "state", "oddity_state_unknown");
    TRY(oddity_decide(&rq->ctx, request_int(rq, "id"), to, request_text(rq, "note"),
                      &room->one.oddity));
    return show(&rq->ctx, &room->one);
}

Status oddity_room_suspend(Request *rq) {
    OddityRoom *room = rq->state;
    return oddity_members_suspend(&rq->ctx, request_int(rq, "id"), request_text(rq, "reason"),
                                  &room->suspended, &room->more);
}
