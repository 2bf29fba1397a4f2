/* Who enrols, at the desk: what each has done, and more for one of them until a day. */
#include "base/clock.h"
#include "domain/enroller.h"
#include "render/messages.h"
#include "web/route.h"

enum { PAGE_MAX = 50 };

typedef struct Room {
    EnrollerRow list[PAGE_MAX], one;
    int count;
    int64_t joins_day, cash_paise, until;
} Room;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Room);
    return OK;
}

static Status list_apply(Request *rq) {
    Room *room = rq->state;
    return enroller_list(&rq->ctx, request_int(rq, "before"), room->list, PAGE_MAX, &room->count);
}

static void add_row(Ctx *ctx, View *v, const EnrollerRow *e) {
    Arena *arena = ctx->arena;
    int64_t joins = e->month.joins;
    Text who = e->token_id ? arena_printf(arena, "%lld", (long long)e->token_id) : e->number;
    view_text(arena, v, "who", who);
    view_text(arena, v, "token", e->token_id ? who : T(""));
    view_text(arena, v, "label", e->token_id ? e->label : e->number);
    view_text(arena, v, "unit", e->unit_code);
    view_bool(arena, v, "over", !e->good);
    view_int(arena, v, "today", e->today.joins);
    view_int(arena, v, "allowed", e->may.joins_day);
    view_int(arena, v, "month", joins);
    view_int(arena, v, "unconfirmed", e->month.unconfirmed);
    view_text(arena, v, "share",
              arena_printf(arena, "%lld %%",
                           (long long)(joins ? e->month.unconfirmed * 100 / joins : 0)));
    view_int(arena, v, "denials", e->denials);
    view_text(arena, v, "cash", message_rupees(arena, e->cash_paise));
    view_text(arena, v, "cash_allowed", message_rupees(arena, e->may.cash_paise));
    int64_t day = clock_day(e->may.until, ctx->org->zone_offset_s);
    view_text(arena, v, "until", e->may.until ? message_day(arena, ctx->lang, day) : T(""));
}

static Status list_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    View *list = view_list(ctx->arena, rq->view, "enrollers");
    for (int i = 0; i < room->count; i++)
        add_row(ctx, view_item(ctx->arena, list), &room->list[i]);
    view_list_end(ctx->arena, rq->view, room->count, room->count == PAGE_MAX,
                  "/desk/enrollers?before=",
                  room->count ? room->list[room->count - 1].token_id : 0);
    return OK;
}

static Status one_apply(Request *rq) {
    Room *room = rq->state;
    return enroller_find(&rq->ctx, request_text(rq, "who"), &room->one);
}

static Text number_text_of(Arena *arena, int64_t value) {
    return arena_printf(arena, "%lld", (long long)value);
}

static Status one_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Room *room = rq->state;
    add_row(ctx, rq->view, &room->one);
    view_text(ctx->arena, rq->view, "joins", number_text_of(ctx->arena, room->one.may.joins_day));
    view_text(ctx->arena, rq->view, "rupees",
              number_text_of(ctx->arena, room->one.may.cash_paise / 100));
    view_text(ctx->arena, rq->view, "day", T(""));
    view_text(ctx->arena, rq->view, "month_number", T(""));
    view_text(ctx->arena, rq->view, "year", T(""));
    return OK;
}

static Status one_again(Request *rq) {
    static const char *const fields[][2] = {
        {"joins", "joins"}, {"rupees", "rupees"}, {"day", "day"}, {"month_number", "month"},
        {"year", "year"}};
    Ctx *ctx = &rq->ctx;
    if (!rq->state) TRY(prepare(rq));
    TRY(one_apply(rq));
    add_row(ctx, rq->view, &((const Room *)rq->state)->one);
    for (int i = 0; i < 5; i++)
        view_text(ctx->arena, rq->view, fields[i][0], request_text(rq, fields[i][1]));
    return OK;
}

/* Digits of any of ours, as typed; -1 for anything else. */
static int64_t number_of(const Request *rq, const char *name) {
    int64_t value;
    return text_to_int(request_text(rq, name), &value) && value >= 0 ? value : -1;
}

static Status allow_prepare(Request *rq) {
    TRY(prepare(rq));
    Ctx *ctx = &rq->ctx;
    Room *room = rq->state;
    int64_t day;
    int64_t d = number_of(rq, "day"), m = number_of(rq, "month"), y = number_of(rq, "year");
    Text iso = arena_printf(ctx->arena, "%04lld-%02lld-%02lld", (long long)y, (long long)m,
                            (long long)d);
    room->joins_day = number_of(rq, "joins");
    room->cash_paise = number_of(rq, "rupees");
    if (room->joins_day < 1 || room->joins_day > ALLOWANCE_MAX) {
        (void)fail(ctx, INVALID, "joins", "limit_form");
        fail_arg_int(ctx, "most", ALLOWANCE_MAX);
    }
    if (room->cash_paise < 0 || room->cash_paise > ALLOWANCE_CASH_PAISE_MAX / 100)
        (void)fail(ctx, INVALID, "rupees", "cash_cap_form");
    room->cash_paise *= 100;
    if (d < 1 || m < 1 || y < 2000 || y > 2999 || !clock_parse_day(iso, &day))
        (void)fail(ctx, INVALID, "day", "enroller_until");
    if (ctx->error_count) return INVALID;
    room->until = (day + 1) * CLOCK_DAY_S - ctx->org->zone_offset_s - 1;
    if (room->until <= ctx->now_s) return fail(ctx, INVALID, "day", "enroller_until");
    return allowance_too_far(ctx, room->until) ? fail(ctx, INVALID, "day", "allowance_far") : OK;
}

static Status allow_apply(Request *rq) {
    Room *room = rq->state;
    return enroller_allow(&rq->ctx, request_text(rq, "who"), room->joins_day, room->cash_paise,
                          room->until, &room->one);
}

static Status allowed(Request *rq) {
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/enrollers/%.*s",
                                      TEXT_ARG(request_text(rq, "who"))));
    return OK;
}

static const Param list_params[] = {
    {"before", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};
#define WHO                                                                                        \
    {"who", PARAM_PATH, PARAM_TEXT, true, 64, 0, 0, NULL, "enroller_not_found",                    \
     "a token's id, or a membership number"}
static const Param who_only[] = {WHO, {.name = NULL}};
static const Param allow_params[] = {
    WHO,
    {"joins", PARAM_FORM, PARAM_TEXT, false, 12, 0, 0, NULL, "limit_form", "enrolments a day"},
    {"rupees", PARAM_FORM, PARAM_TEXT, false, 12, 0, 0, NULL, "cash_cap_form", "cash in hand"},
    {"day", PARAM_FORM, PARAM_TEXT, false, 4, 0, 0, NULL, "enroller_until", "day of the month"},
    {"month", PARAM_FORM, PARAM_TEXT, false, 4, 0, 0, NULL, "enroller_until", "its number"},
    {"year", PARAM_FORM, PARAM_TEXT, false, 6, 0, 0, NULL, "enroller_until", "four digits"},
    {.name = NULL},
};

extern const Route enroller_routes[];
const Route enroller_routes[] = {
    {.method = "GET", .path = "/desk/enrollers", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = prepare, .apply = list_apply,
     .render = list_page, .page = "desk_enrollers",
     .summary = "Who enrols: joins, unconfirmed phones, denials, cash in hand"},
    {.method = "GET", .path = "/desk/enrollers/{who}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = who_only, .prepare = prepare, .apply = one_apply,
     .render = one_page, .page = "desk_enroller", .summary = "One enroller, and what it may"},
    {.method = "POST", .path = "/desk/enrollers/{who}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = allow_params, .prepare = allow_prepare,
     .apply = allow_apply, .render = allowed, .on_error = one_again, .page = "desk_enroller",
     .summary = "Gives an enroller other limits until a day"},
    {.method = NULL},
};
