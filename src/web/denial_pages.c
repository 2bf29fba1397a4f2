/* Denials at the desk: who says not to have joined, counted by who enrolled; one of them, to be
 * decided; and the fees that go back for it. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/denial.h"
#include "domain/refund.h"
#include "domain/treasury_scope.h"
#include "render/messages.h"
#include "web/member_words.h"
#include "web/route.h"

enum { PAGE_MAX = 50 };

typedef struct Room {
    Denial list[PAGE_MAX];
    DenialCount counts[PAGE_MAX];
    int count, counts_count;
    Denial one;
    Member member;
    Unit unit;
    RefundDue due[PAGE_MAX];
    int64_t paise;
} Room;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Room);
    return OK;
}

/* "open" when nothing is chosen: what is to be decided comes first. */
static Text chosen_state(const Request *rq) {
    Text state = request_text(rq, "state");
    return state.len ? state : T("open");
}

static Status list_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    int64_t unit = ctx->actor.unit_id;
    TRY(audit_look_at_unit(ctx, "denial.list"));
    TRY(denial_list(ctx, unit, chosen_state(rq), request_int(rq, "before"), room->list, PAGE_MAX,
                    &room->count));
    return denial_counts(ctx, unit, room->counts, PAGE_MAX, &room->counts_count);
}

static Text day_text(Ctx *ctx, int64_t at) {
    return message_day(ctx->arena, ctx->lang, clock_day(at, ctx->org->zone_offset_s));
}

static Text state_words(Lang lang, Text state) {
    if (text_eq(state, T("open"))) return message(lang, "denial_state_open");
    bool upheld = text_eq(state, T("upheld"));
    return message(lang, upheld ? "denial_state_upheld" : "denial_state_withdrawn");
}

static void add_enroller(Arena *arena, View *v, const Enroller *e) {
    view_text(arena, v, "who_name", e->name);
    view_text(arena, v, "who_number", e->number);
    view_text(arena, v, "who_label", e->label);
    view_bool(arena, v, "nobody", !e->name.len && !e->label.len && !e->elsewhere);
    view_bool(arena, v, "who_elsewhere", e->elsewhere && !e->label.len);
}

static void add_denial(Ctx *ctx, View *v, const Denial *d) {
    view_text(ctx->arena, v, "id", arena_printf(ctx->arena, "%lld", (long long)d->id));
    view_text(ctx->arena, v, "number", d->number);
    view_text(ctx->arena, v, "at", day_text(ctx, d->at));
    view_text(ctx->arena, v, "unit", d->unit_code);
    view_text(ctx->arena, v, "state_text", state_words(ctx->lang, d->state));
    add_enroller(ctx->arena, v, &d->enroller);
}

static void add_counts(Ctx *ctx, View *page, const Room *room) {
    View *list = view_list(ctx->arena, page, "counts");
    for (int i = 0; i < room->counts_count; i++) {
        const DenialCount *c = &room->counts[i];
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "unit", c->unit_code);
        view_int(ctx->arena, item, "denials", c->denials);
        view_int(ctx->arena, item, "upheld", c->upheld);
        add_enroller(ctx->arena, item, &c->enroller);
    }
    view_bool(ctx->arena, page, "has_counts", room->counts_count > 0);
}

static Status list_page(Request *rq) {
    static const char *const states[] = {"open", "upheld", "withdrawn"};
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    View *list = view_list(ctx->arena, rq->view, "states");
    for (int i = 0; i < 3; i++) {
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "value", text_of(states[i]));
        view_text(ctx->arena, item, "name", state_words(ctx->lang, text_of(states[i])));
        view_bool(ctx->arena, item, "chosen", text_eq(text_of(states[i]), chosen_state(rq)));
    }
    list = view_list(ctx->arena, rq->view, "denials");
    for (int i = 0; i < room->count; i++)
        add_denial(ctx, view_item(ctx->arena, list), &room->list[i]);
    Text path = arena_printf(ctx->arena, "/desk/denials?state=%.*s&before=",
                             TEXT_ARG(chosen_state(rq)));
    view_list_end(ctx->arena, rq->view, room->count, room->count == PAGE_MAX, path.ptr,
                  room->count ? room->list[room->count - 1].id : 0);
    add_counts(ctx, rq->view, room);
    return OK;
}

/* Without the member, whom to show would have to be recorded. */
static Status one_bare(Request *rq) {
    Room *room = rq->state;
    return denial_read(&rq->ctx, request_int(rq, "id"), &room->one);
}

static Status one_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    TRY(one_bare(rq));
    TRY(member_by_serial(ctx, room->one.serial, &room->member));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)room->one.serial);
    return audit_add(ctx, "member.look", subject,
                     arena_printf(ctx->arena, "denial %lld", (long long)room->one.id));
}

static void add_one(Request *rq, const Room *room, Text reason, Text decision) {
    Ctx *ctx = &rq->ctx;
    View *v = rq->view;
    const Denial *d = &room->one;
    bool open = text_eq(d->state, T("open"));
    add_denial(ctx, v, d);
    view_text(ctx->arena, v, "name", room->member.name);
    view_text(ctx->arena, v, "member_state",
              room->member.name.len ? message(ctx->lang, member_words_state(room->member.state))
                                    : T(""));
    view_text(ctx->arena, v, "joined",
              room->member.name.len ? day_text(ctx, room->member.joined_at) : T(""));
    view_bool(ctx->arena, v, "open", open);
    view_text(ctx->arena, v, "decided", open ? T("") : day_text(ctx, d->decided_at));
    view_text(ctx->arena, v, "decided_reason", d->reason);
    view_text(ctx->arena, v, "reason", reason);
    view_bool(ctx->arena, v, "is_upheld", text_eq(decision, T("upheld")));
    view_bool(ctx->arena, v, "is_withdrawn", text_eq(decision, T("withdrawn")));
}

static Status one_page(Request *rq) {
    add_one(rq, rq->state, T(""), T(""));
    return OK;
}

static Status one_again(Request *rq) {
    if (!rq->state) TRY(prepare(rq));
    TRY(one_bare(rq));
    add_one(rq, rq->state, request_text(rq, "reason"), request_text(rq, "decision"));
    return OK;
}

static Status decide_apply(Request *rq) {
    Room *room = rq->state;
    return denial_decide(&rq->ctx, request_int(rq, "id"),
                         text_eq(request_text(rq, "decision"), T("upheld")),
                         request_text(rq, "reason"), &room->one);
}

static Status decided(Request *rq) {
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/denials/%lld",
                                      (long long)request_int(rq, "id")));
    return OK;
}

static Status refunds_apply(Request *rq) {
    Room *room = rq->state;
    TRY(treasury_scope_check(&rq->ctx));
    return refund_due_list(&rq->ctx, NULL, room->due, PAGE_MAX, &room->count);
}

static Status refunds_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    View *list = view_list(ctx->arena, rq->view, "refunds");
    for (int i = 0; i < room->count; i++) {
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "number", room->due[i].number);
        view_text(ctx->arena, item, "amount", message_rupees(ctx->arena, room->due[i].paise));
        view_text(ctx->arena, item, "since", day_text(ctx, room->due[i].since));
    }
    view_bool(ctx->arena, rq->view, "none", room->count == 0);
    view_bool(ctx->arena, rq->view, "more", room->count == PAGE_MAX);
    return OK;
}

static Status settle_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    TRY(treasury_scope_check(ctx));
    TRY(member_by_number(ctx, request_text(rq, "number"), &room->member));
    Text from = request_text(rq, "from");
    return refund_due_settle(ctx, room->member.serial,
                             text_eq(from, T("cash")) ? T("cash:server") : from, &room->paise);
}

static Status settled(Request *rq) {
    request_redirect(rq, T("/desk/refunds"));
    return OK;
}

static Status refunds_again(Request *rq) {
    if (!rq->state) TRY(prepare(rq));
    TRY(refunds_apply(rq));
    return refunds_page(rq);
}

static const Param list_params[] = {
    {"state", PARAM_QUERY, PARAM_CHOICE, false, 0, 0, 0, "open|upheld|withdrawn", NULL,
     "open when left out"},
    {"before", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};
#define ID                                                                                         \
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "denial_not_found", "of the list"}
static const Param id_only[] = {ID, {.name = NULL}};
static const Param decide_params[] = {
    ID,
    {"decision", PARAM_FORM, PARAM_CHOICE, true, 0, 0, 0, "upheld|withdrawn", "denial_choose",
     "true, or taken back by the member"},
    {"reason", PARAM_FORM, PARAM_TEXT, false, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "what was found"},
    {.name = NULL},
};
static const Param settle_params[] = {
    {"number", PARAM_FORM, PARAM_TEXT, true, 64, 0, 0, NULL, "member_number_form", "of the list"},
    {"from", PARAM_FORM, PARAM_CHOICE, true, 0, 0, 0, "bank|gateway|cash", "refund_account",
     "out of which money it went back"},
    {.name = NULL},
};

extern const Route denial_routes[];
const Route denial_routes[] = {
    {.method = "GET", .path = "/desk/denials", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = prepare, .apply = list_apply,
     .render = list_page, .page = "desk_denials",
     .summary = "Who says not to have joined, counted by who enrolled"},
    {.method = "GET", .path = "/desk/denials/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = id_only, .prepare = prepare, .apply = one_apply,
     .render = one_page, .page = "desk_denial", .summary = "One of them; the look is recorded"},
    {.method = "POST", .path = "/desk/denials/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = prepare,
     .apply = decide_apply, .render = decided, .on_error = one_again, .page = "desk_denial",
     .summary = "Decides: upheld, the membership ends; or withdrawn, it is as before"},
    {.method = "GET", .path = "/desk/refunds", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .prepare = prepare, .apply = refunds_apply,
     .render = refunds_page, .page = "desk_refunds", .summary = "Fees to be given back"},
    {.method = "POST", .path = "/desk/refunds", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = settle_params, .prepare = prepare,
     .apply = settle_apply, .render = settled, .on_error = refunds_again,
     .page = "desk_refunds", .summary = "Writes down that a fee went back"},
    {.method = NULL},
};
