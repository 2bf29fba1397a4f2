/* Names that members ask for, at the desk: the list of those that wait, and one of them, to be
 * decided. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/correction.h"
#include "render/messages.h"
#include "web/route.h"

enum { PAGE_MAX = 50 };

typedef struct Room {
    Correction list[PAGE_MAX];
    Member members[PAGE_MAX];
    int count;
    Correction one;
    Member member;
} Room;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Room);
    return OK;
}

static Status list_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    int64_t unit = ctx->actor.unit_id;
    TRY(audit_look_at_unit(ctx, "correction.list"));
    TRY(correction_list(ctx, unit, request_int(rq, "after"), room->list, PAGE_MAX, &room->count));
    for (int i = 0; i < room->count; i++)
        TRY(member_by_serial(ctx, room->list[i].serial, &room->members[i]));
    return OK;
}

static void add_correction(Ctx *ctx, View *v, const Correction *c, const Member *m) {
    view_text(ctx->arena, v, "id", arena_printf(ctx->arena, "%lld", (long long)c->id));
    view_text(ctx->arena, v, "number", number_text_in(ctx->arena, &m->number));
    view_text(ctx->arena, v, "unit", c->unit_code);
    view_text(ctx->arena, v, "asked",
              message_day(ctx->arena, ctx->lang, clock_day(c->asked_at, ctx->org->zone_offset_s)));
    view_text(ctx->arena, v, "name_now", m->name);
    view_text(ctx->arena, v, "name_alt_now", m->name_alt);
    view_text(ctx->arena, v, "name", c->name);
    view_text(ctx->arena, v, "name_alt", c->name_alt);
}

static Status list_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    View *list = view_list(ctx->arena, rq->view, "names");
    for (int i = 0; i < room->count; i++)
        add_correction(ctx, view_item(ctx->arena, list), &room->list[i], &room->members[i]);
    view_list_end(ctx->arena, rq->view, room->count, room->count == PAGE_MAX,
                  "/desk/names?after=",
                  room->count ? room->list[room->count - 1].id : 0);
    return OK;
}

static Status one_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    TRY(correction_look(ctx, request_int(rq, "id"), &room->one, &room->member));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)room->one.serial);
    return audit_add(ctx, "member.look", subject,
                     arena_printf(ctx->arena, "name %lld", (long long)room->one.id));
}

static void fill_one(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Room *room = rq->state;
    add_correction(&rq->ctx, rq->view, &room->one, &room->member);
    view_bool(arena, rq->view, "open", room->one.state == CORRECTION_ASKED);
}

static void fill_typed(Request *rq, Text decision, Text reason) {
    Arena *arena = rq->ctx.arena;
    view_bool(arena, rq->view, "is_accept", text_eq(decision, T("accept")));
    view_bool(arena, rq->view, "is_refuse", text_eq(decision, T("refuse")));
    view_text(arena, rq->view, "reason", reason);
}

static Status one_page(Request *rq) {
    fill_one(rq);
    fill_typed(rq, T(""), T(""));
    return OK;
}

static Status decide_apply(Request *rq) {
    Room *room = rq->state;
    return correction_decide(&rq->ctx, request_int(rq, "id"),
                             text_eq(request_text(rq, "decision"), T("accept")),
                             request_text(rq, "reason"), &room->member);
}

static Status decided(Request *rq) {
    request_redirect(rq, T("/desk/names"));
    return OK;
}

/* Without the names, whom to show would have to be recorded. */
static Status one_again(Request *rq) {
    if (!rq->state) TRY(prepare(rq));
    Room *room = rq->state;
    TRY(correction_look(&rq->ctx, request_int(rq, "id"), &room->one, &room->member));
    room->one.name = room->one.name_alt = room->member.name = room->member.name_alt = T("");
    fill_one(rq);
    fill_typed(rq, request_text(rq, "decision"), request_text(rq, "reason"));
    return OK;
}

static const Param after_only[] = {
    {"after", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};
#define ID                                                                                         \
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "correction_not_found", "of it"}
static const Param id_only[] = {ID, {.name = NULL}};
static const Param decide_params[] = {
    ID,
    {"decision", PARAM_FORM, PARAM_CHOICE, true, 0, 0, 0, "accept|refuse", "names_choose",
     "what becomes of it"},
    {"reason", PARAM_FORM, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "why; kept in the register, shown to nobody outside"},
    {.name = NULL},
};

extern const Route correction_routes[];
const Route correction_routes[] = {
    {.method = "GET", .path = "/desk/names", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = after_only, .prepare = prepare, .apply = list_apply,
     .render = list_page, .page = "desk_names", .summary = "Names that members ask for"},
    {.method = "GET", .path = "/desk/names/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = id_only, .prepare = prepare, .apply = one_apply,
     .render = one_page, .page = "desk_name", .summary = "One of them; the look is recorded"},
    {.method = "POST", .path = "/desk/names/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = prepare,
     .apply = decide_apply, .render = decided, .on_error = one_again, .page = "desk_name",
     .summary = "Prints that name on a new card, or leaves it"},
    {.method = NULL},
};
