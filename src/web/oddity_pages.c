/* Oddities at the desk: the queue, one of them with its members, a decision, putting on hold. */
#include "base/clock.h"
#include "base/limits.h"
#include "render/messages.h"
#include "web/member_words.h"
#include "web/oddity_room.h"

static const char *const texts[ODDITY_KIND_COUNT] = {
    [ODDITY_BURST] = "oddity_text_burst",
    [ODDITY_BURST_WEB] = "oddity_text_burst_web",
    [ODDITY_PHONE] = "oddity_text_phone",
    [ODDITY_GUARDIAN] = "oddity_text_guardian",
    [ODDITY_UNCONFIRMED] = "oddity_text_unconfirmed",
    [ODDITY_DENIAL] = "oddity_text_denial",
    [ODDITY_DENIAL_UNIT] = "oddity_text_denial_unit",
    [ODDITY_PAYER] = "oddity_text_payer",
    [ODDITY_UTR] = "oddity_text_utr",
    [ODDITY_SEEN] = "oddity_text_seen",
};
static const char *const kinds[ODDITY_KIND_COUNT] = {
    [ODDITY_BURST] = "oddity_kind_burst",
    [ODDITY_BURST_WEB] = "oddity_kind_burst_web",
    [ODDITY_PHONE] = "oddity_kind_phone",
    [ODDITY_GUARDIAN] = "oddity_kind_guardian",
    [ODDITY_UNCONFIRMED] = "oddity_kind_unconfirmed",
    [ODDITY_DENIAL] = "oddity_kind_denial",
    [ODDITY_DENIAL_UNIT] = "oddity_kind_denial_unit",
    [ODDITY_PAYER] = "oddity_kind_payer",
    [ODDITY_UTR] = "oddity_kind_utr",
    [ODDITY_SEEN] = "oddity_kind_seen",
};
static const char *const states[ODDITY_STATE_COUNT] = {
    [ODDITY_OPEN] = "oddity_state_open",
    [ODDITY_EXAMINED] = "oddity_state_examined",
    [ODDITY_FINE] = "oddity_state_fine",
    [ODDITY_ACTED] = "oddity_state_acted",
};

static Text day_text(Ctx *ctx, int64_t at) {
    return message_day(ctx->arena, ctx->lang, clock_day(at, ctx->org->zone_offset_s));
}

static void add_facts(Ctx *ctx, View *v, const OddityShown *s) {
    Arena *arena = ctx->arena;
    const Oddity *o = &s->oddity;
    ErrorArg args[] = {{"found", message_number(arena, o->found)},
                       {"out_of", message_number(arena, o->out_of)}};
    view_text(arena, v, "id_text", arena_printf(arena, "%lld", (long long)o->id));
    view_text(arena, v, "text", message_with(arena, ctx->lang, texts[o->kind], args, 2));
    view_text(arena, v, "unit_name", unit_name(&s->unit, ctx->lang));
    view_text(arena, v, "who_name", s->enroller.name);
    view_text(arena, v, "who_number", s->enroller.number);
    view_text(arena, v, "who_label", s->enroller.label);
    view_bool(arena, v, "who_elsewhere", s->enroller.elsewhere && !s->enroller.label.len);
    view_text(arena, v, "who_token",
              o->enrolled_by ? arena_printf(arena, "%lld", (long long)o->enrolled_by) : T(""));
    view_bool(arena, v, "several", o->several);
    view_bool(arena, v, "nobody", !o->enrolled_by && o->enroller_serial < 0);
    view_text(arena, v, "first", day_text(ctx, o->first_at));
    Text last = day_text(ctx, o->last_at);
    view_text(arena, v, "last", text_eq(last, day_text(ctx, o->first_at)) ? T("") : last);
    view_text(arena, v, "state_text", message(ctx->lang, states[o->state]));
    view_bool(arena, v, "is_open", o->state == ODDITY_OPEN);
}

static void add_choices(Ctx *ctx, View *v, const char *name, const char *const *keys, int count,
                        Text (*value)(int), Text chosen) {
    View *list = view_list(ctx->arena, v, name);
    for (int i = 0; i < count; i++) {
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "value", value(i));
        view_text(ctx->arena, item, "name", message(ctx->lang, keys[i]));
        view_bool(ctx->arena, item, "chosen", text_eq(value(i), chosen));
    }
}

static Text kind_value(int i) { return oddity_kind_text((OddityKind)i); }
static Text state_value(int i) { return oddity_state_text((OddityState)i); }
static Text later_state(int i) { return state_value(i + 1); } /* what one decides: not "open" */

static Text next_of_list(Request *rq, const OddityRoom *room) {
    if (room->count < ODDITY_ROOM_PAGE) return T("");
    return arena_printf(rq->ctx.arena,
                        "/desk/oddities?kind=%.*s&state=%.*s&unit=%.*s&before=%lld",
                        TEXT_ARG(room->filter.kind), TEXT_ARG(room->filter.state),
                        TEXT_ARG(room->top.code),
                        (long long)room->list[room->count - 1].oddity.id);
}

static Status list_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const OddityRoom *room = rq->state;
    View *v = rq->view;
    add_choices(ctx, v, "kinds", kinds, ODDITY_KIND_COUNT, kind_value, room->filter.kind);
    add_choices(ctx, v, "states", states, ODDITY_STATE_COUNT, state_value, room->filter.state);
    view_text(ctx->arena, v, "unit", request_text(rq, "unit"));
    view_bool(ctx->arena, v, "filtered",
              ctx->error_count || room->filter.kind.len || room->filter.state.len ||
                  request_has(rq, "unit"));
    view_int(ctx->arena, v, "total", room->total);
    View *list = view_list(ctx->arena, v, "oddities");
    for (int i = 0; i < room->count; i++)
        add_facts(ctx, view_item(ctx->arena, list), &room->list[i]);
    view_text(ctx->arena, v, "next", next_of_list(rq, room));
    return OK;
}

/* A filter that cannot be: the form again, with nothing below it. */
static Status list_again(Request *rq) {
    Ctx *ctx = &rq->ctx;
    OddityRoom *room = rq->state ? rq->state : ARENA_NEW(ctx->arena, OddityRoom);
    rq->state = room;
    room->count = 0;
    room->total = 0;
    TRY(unit_by_id(ctx, ctx->actor.unit_id, &room->top));
    return list_page(rq);
}

static void add_members(Request *rq, const OddityRoom *room) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    View *list = view_list(arena, rq->view, "members");
    for (int i = 0; i < room->members.count; i++) {
        const OddityMember *m = &room->members.list[i];
        View *item = view_item(arena, list);
        view_text(arena, item, "number", number_text_in(arena, &m->member.number));
        view_text(arena, item, "name", m->member.name);
        view_text(arena, item, "unit", m->unit_code);
        view_text(arena, item, "joined", day_text(ctx, m->member.joined_at));
        view_text(arena, item, "state", message(ctx->lang, member_words_state(m->member.state)));
        const Enroller *e = &room->enrollers[i];
        view_text(arena, item, "who_name", e->name);
        view_text(arena, item, "who_label", e->label);
        view_bool(arena, item, "who_elsewhere", e->elsewhere && !e->label.len);
    }
    view_bool(arena, rq->view, "has_members", room->members.count > 0);
    view_int(arena, rq->view, "hidden", room->members.hidden);
    view_text(arena, rq->view, "next",
              room->members.after < 0
                  ? T("")
                  : arena_printf(arena, "/desk/oddities/%lld?after=%lld",
                                 (long long)room->one.oddity.id, (long long)room->members.after));
}

/* Where the money is decided about, for who may. */
static void add_payment(Request *rq, const Oddity *o) {
    Ctx *ctx = &rq->ctx;
    size_t at = text_find_byte(o->subject, ':') + 1;
    bool seen = o->kind == ODDITY_SEEN && ctx->actor.unit_id == ctx->org->root_unit_id;
    view_text(ctx->arena, rq->view, "payment_path",
              seen ? arena_printf(ctx->arena, "/desk/payments/%.*s",
                                  TEXT_ARG(text_slice(o->subject, at, o->subject.len)))
                   : T(""));
    view_bool(ctx->arena, rq->view, "is_seen", o->kind == ODDITY_SEEN);
}

static void add_one(Request *rq, const OddityRoom *room) {
    Ctx *ctx = &rq->ctx;
    const Oddity *o = &room->one.oddity;
    bool live = o->state == ODDITY_OPEN || o->state == ODDITY_EXAMINED;
    add_facts(ctx, rq->view, &room->one);
    view_bool(ctx->arena, rq->view, "live", live);
    view_text(ctx->arena, rq->view, "decided",
              o->decided_at ? day_text(ctx, o->decided_at) : T(""));
    bool by_statement = o->kind == ODDITY_SEEN && text_eq(o->note, T("statement"));
    view_text(ctx->arena, rq->view, "decided_note",
              by_statement ? message(ctx->lang, "oddity_note_statement") : o->note);
    add_payment(rq, o);
}

static Status one_page(Request *rq) {
    const OddityRoom *room = rq->state;
    add_one(rq, room);
    add_members(rq, room);
    view_text(rq->ctx.arena, rq->view, "note", T(""));
    add_choices(&rq->ctx, rq->view, "states", states + 1, ODDITY_STATE_COUNT - 1, later_state,
                T("examined"));
    return OK;
}

/* The form as it was filled in, without the members: showing them would have to be recorded. */
static Status one_again(Request *rq) {
    if (!rq->state) TRY(oddity_room_prepare(rq));
    const OddityRoom *room = rq->state;
    TRY(oddity_room_bare(rq));
    add_one(rq, room);
    add_members(rq, room);
    view_text(rq->ctx.arena, rq->view, "note", request_text(rq, "note"));
    add_choices(&rq->ctx, rq->view, "states", states + 1, ODDITY_STATE_COUNT - 1, later_state,
                request_text(rq, "state"));
    return OK;
}

static Status back_to_one(Request *rq) {
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/oddities/%lld",
                                      (long long)request_int(rq, "id")));
    return OK;
}

static Status suspend_page(Request *rq) {
    const OddityRoom *room = rq->state;
    add_one(rq, room);
    view_text(rq->ctx.arena, rq->view, "reason", T(""));
    return OK;
}

static Status suspend_again(Request *rq) {
    if (!rq->state) TRY(oddity_room_prepare(rq));
    TRY(oddity_room_bare(rq));
    add_one(rq, rq->state);
    view_text(rq->ctx.arena, rq->view, "reason", request_text(rq, "reason"));
    return OK;
}

/* Where others are left it asks again. */
static Status suspended(Request *rq) {
    const OddityRoom *room = rq->state;
    if (!room->more) return back_to_one(rq);
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/oddities/%lld/suspend",
                                      (long long)request_int(rq, "id")));
    return OK;
}

static const Param id_only[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {.name = NULL},
};
static const Param decide_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {"state", PARAM_FORM, PARAM_CHOICE, true, 0, 0, 0, "examined|fine|acted", "oddity_choose",
     "what it is now"},
    {"note", PARAM_FORM, PARAM_TEXT, false, LIMIT_REASON_BYTES, 0, 0, NULL, "oddity_note_missing",
     "what was found"},
    {.name = NULL},
};
static const Param suspend_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "oddity_not_found", "of the list"},
    {"reason", PARAM_FORM, PARAM_TEXT, false, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why"},
    {.name = NULL},
};

extern const Route oddity_routes[];
const Route oddity_routes[] = {
    {.method = "GET", .path = "/desk/oddities", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = oddity_room_list_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_list, .render = list_page, .on_error = list_again,
     .page = "desk_oddities", .summary = "What looks odd and waits to be looked at"},
    {.method = "GET", .path = "/desk/oddities/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = oddity_room_one_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_one, .render = one_page, .page = "desk_oddity",
     .summary = "One of them, with the members concerned; the look is recorded"},
    {.method = "POST", .path = "/desk/oddities/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = oddity_room_prepare,
     .apply = oddity_room_decide, .render = back_to_one, .on_error = one_again,
     .page = "desk_oddity", .summary = "Writes down what it was"},
    {.method = "GET", .path = "/desk/oddities/{id}/suspend", .kind = ROUTE_READ,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = id_only,
     .prepare = oddity_room_prepare, .apply = oddity_room_bare, .render = suspend_page,
     .page = "desk_oddity_suspend", .summary = "Asks before its members are put on hold"},
    {.method = "POST", .path = "/desk/oddities/{id}/suspend", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = suspend_params,
     .prepare = oddity_room_prepare, .apply = oddity_room_suspend, .render = suspended,
     .on_error = suspend_again, .page = "desk_oddity_suspend",
     .summary = "Puts its members on hold"},
    {.method = NULL},
};
