/* Appeals at the desk: those that wait, and one of them, to be read and decided. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/appeal.h"
#include "render/messages.h"
#include "web/route.h"
#include "web/reason_words.h"

enum { PAGE_MAX = 50 };

typedef struct Room {
    Appeal list[PAGE_MAX];
    int count;
    Appeal one;
    FeeOrder order;
} Room;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Room);
    return OK;
}

static Status list_apply(Request *rq) {
    Room *room = rq->state;
    return appeal_list(&rq->ctx, request_int(rq, "after"), room->list, PAGE_MAX, &room->count);
}

static void add_appeal(Ctx *ctx, View *v, const Appeal *a) {
    int64_t day = clock_day(a->at, ctx->org->zone_offset_s);
    view_text(ctx->arena, v, "id", arena_printf(ctx->arena, "%lld", (long long)a->id));
    view_text(ctx->arena, v, "reference", fee_order_reference(ctx, a->order_id));
    view_text(ctx->arena, v, "day", message_day(ctx->arena, ctx->lang, day));
}

static Status list_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    View *list = view_list(ctx->arena, rq->view, "appeals");
    for (int i = 0; i < room->count; i++)
        add_appeal(ctx, view_item(ctx->arena, list), &room->list[i]);
    view_list_end(ctx->arena, rq->view, room->count, room->count == PAGE_MAX,
                  "/desk/appeals?after=",
                  room->count ? room->list[room->count - 1].id : 0);
    return OK;
}

static Status one_apply(Request *rq) {
    Room *room = rq->state;
    return appeal_look(&rq->ctx, request_int(rq, "id"), &room->one, &room->order);
}

static void fill(Request *rq, Text decision, Text answer) {
    Arena *arena = rq->ctx.arena;
    const Room *room = rq->state;
    add_appeal(&rq->ctx, rq->view, &room->one);
    view_text(arena, rq->view, "people", message_number(arena, room->order.people));
    view_text(arena, rq->view, "fee", message_rupees(arena, room->order.amount_paise));
    view_text(arena, rq->view, "utr", room->order.utr);
    view_text(arena, rq->view, "said", room->one.text);
    view_text(arena, rq->view, "reject_reason",
              reason_words(arena, rq->ctx.lang, room->order.rejected_reason));
    view_bool(arena, rq->view, "open", text_eq(room->one.state, T("open")));
    view_bool(arena, rq->view, "is_restore", text_eq(decision, T("restore")));
    view_bool(arena, rq->view, "is_keep", text_eq(decision, T("keep")));
    view_text(arena, rq->view, "answer", answer);
}

static Status one_page(Request *rq) {
    fill(rq, T(""), T(""));
    return OK;
}

static Status decide_apply(Request *rq) {
    Room *room = rq->state;
    bool restore = text_eq(request_text(rq, "decision"), T("restore"));
    return appeal_decide(&rq->ctx, request_int(rq, "id"), restore, request_text(rq, "answer"),
                         &room->order);
}

static Status decided(Request *rq) {
    request_redirect(rq, T("/desk/appeals"));
    return OK;
}

/* On a snapshot, where nothing can be recorded: it was when the form was opened. */
static Status one_again(Request *rq) {
    if (!rq->state) TRY(prepare(rq));
    Room *room = rq->state;
    TRY(appeal_read(&rq->ctx, request_int(rq, "id"), &room->one, &room->order));
    fill(rq, request_text(rq, "decision"), request_text(rq, "answer"));
    return OK;
}

static const Param after_only[] = {
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "cursor: the next of the page before"},
    {0},
};
#define ID                                                                                         \
    {                                                                                              \
        .name = "id", .place = PARAM_PATH, .type = PARAM_INT, .required = true, .min = 1,          \
        .max = INT64_MAX, .message = "appeal_not_found", .help = "of it"                           \
    }
static const Param id_only[] = {ID, {0}};
static const Param decide_params[] = {
    ID,
    {.name = "decision", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "restore|keep", .message = "appeals_choose", .help = "what becomes of it"},
    {.name = "answer", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true,
     .max_bytes = LIMIT_REASON_BYTES, .message = "appeal_answer_form", .help = "for them to read"},
    {0},
};

extern const Route appeal_routes[];
const Route appeal_routes[] = {
    {.method = "GET", .path = "/desk/appeals", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = after_only, .prepare = prepare, .apply = list_apply,
     .render = list_page, .page = "desk_appeals", .summary = "Appeals that wait"},
    {.method = "GET", .path = "/desk/appeals/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = id_only, .prepare = prepare, .apply = one_apply,
     .render = one_page, .page = "desk_appeal", .summary = "One of them; the look is recorded"},
    {.method = "POST", .path = "/desk/appeals/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = prepare,
     .apply = decide_apply, .render = decided, .on_error = one_again, .page = "desk_appeal",
     .summary = "Restores its people, or keeps them rejected, with an answer"},
    {0},
};
