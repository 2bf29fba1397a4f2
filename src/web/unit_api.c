/* The API of units and their counts. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/tally.h"
#include "store/lane.h"
#include "web/app.h"
#include "web/route.h"

enum { SERIES_DAYS = 30 };

typedef struct Dashboard {
    Unit unit;
    Tally tally;
    TallyChild *children;
    int child_count;
    bool more_children;
    TallyDay days[SERIES_DAYS];
    Text drawn; /* as JSON */
} Dashboard;

static const Param tally_params[] = {
    {"code", PARAM_PATH, PARAM_TEXT, true, LIMIT_UNIT_CODE_BYTES, 0, 0, NULL, NULL,
     "code of the unit"},
    {.name = NULL},
};

/* The unit if it lies in the token's subtree; otherwise it is not there for it. */
static Status find_unit(Request *rq, Text code, Unit *ret) {
    TRY(unit_by_code(&rq->ctx, code, ret));
    if (unit_is_within(ret, rq->ctx.actor.unit_id)) return OK;
    Status status = fail(&rq->ctx, NOT_FOUND, "unit", "unit_unknown");
    fail_arg(&rq->ctx, "code", code);
    return status;
}

static Status read_dashboard(Ctx *ctx, int64_t today, Dashboard *d) {
    TRY(tally_read(ctx, d->unit.id, &d->tally));
    TRY(tally_children(ctx, d->unit.id, today, TALLY_CHILDREN_MAX, &d->children, &d->child_count,
                       &d->more_children));
    return tally_days(ctx, d->unit.id, today - SERIES_DAYS + 1, today, d->days);
}

static void view_tally(Arena *arena, View *v, const Tally *t) {
    view_int(arena, v, "members", t->members);
    view_int(arena, v, "provisional", t->provisional);
    view_int(arena, v, "suspended", t->suspended);
    view_int(arena, v, "ever_joined", t->ever_joined);
    view_int(arena, v, "ended", t->ended);
    view_int(arena, v, "rural", t->rural);
    view_int(arena, v, "urban", t->urban);
    view_int(arena, v, "women", t->women);
    view_int(arena, v, "men", t->men);
    view_int(arena, v, "other_gender", t->other_gender);
    view_int(arena, v, "phone_confirmed", t->phone_confirmed);
    view_int(arena, v, "fee_proved", t->fee_proved);
}

static void view_unit(Arena *arena, View *v, const Unit *unit) {
    view_text(arena, v, "code", unit->code);
    view_text(arena, v, "kind", unit->kind);
    view_text(arena, v, "name", unit->name_en);
    view_text(arena, v, "name_hi", unit->name_hi);
}

static View *view_dashboard(Arena *arena, const Dashboard *d) {
    View *v = view_new(arena);
    view_unit(arena, v, &d->unit);
    view_tally(arena, v, &d->tally);
    View *days = view_list(arena, v, "days");
    for (int i = 0; i < SERIES_DAYS; i++) {
        char day[11];
        clock_iso_day(d->days[i].day, day);
        View *item = view_item(arena, days);
        view_text(arena, item, "day", arena_copy(arena, text_of(day)));
        view_int(arena, item, "joined", d->days[i].joined);
        view_int(arena, item, "ended", d->days[i].ended);
    }
    View *children = view_list(arena, v, "children");
    for (int i = 0; i < d->child_count; i++) {
        View *item = view_item(arena, children);
        view_text(arena, item, "code", d->children[i].unit.code);
        view_text(arena, item, "name", d->children[i].unit.name_en);
        view_int(arena, item, "members", d->children[i].tally.members);
        view_int(arena, item, "today", d->children[i].today);
    }
    view_bool(arena, v, "more_children", d->more_children);
    return v;
}

/* Everybody looks at the same few units: what was drawn is sent again until somebody joins. Who may
 * see it has been asked before. */
static Status tally_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Dashboard *d = ARENA_NEW(ctx->arena, Dashboard);
    int64_t today = organisation_day(ctx);
    TRY(find_unit(rq, request_text(rq, "code"), &d->unit));
    Text name = arena_printf(ctx->arena, "tally of %lld on day %lld", (long long)d->unit.id,
                             (long long)today);
    d->drawn = lane_remembered(ctx, name);
    rq->state = d;
    if (d->drawn.len) return OK;
    TRY(read_dashboard(ctx, today, d));
    Buffer out = buffer_in(ctx->arena, LIMIT_RESPONSE_BYTES);
    json_write(&out, view_dashboard(ctx->arena, d));
    if (out.overflowed) return fail_io(ctx, "trouble_on_our_side", "answer too long");
    d->drawn = buffer_text(&out);
    lane_remember(ctx, name, d->drawn);
    return OK;
}

static Status tally_render(Request *rq) {
    const Dashboard *d = rq->state;
    request_answer_bytes(rq, "application/json", d->drawn, NULL);
    return OK;
}

static const Param list_params[] = {
    {"parent", PARAM_QUERY, PARAM_TEXT, false, LIMIT_UNIT_CODE_BYTES, 0, 0, NULL, NULL,
     "code of the unit whose units are listed; the token's own when left out"},
    {"after", PARAM_QUERY, PARAM_TEXT, false, LIMIT_UNIT_CODE_BYTES, 0, 0, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};

typedef struct Listing {
    Unit units[UNIT_PAGE_MAX];
    int count;
} Listing;

static Status list_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Listing *l = ARENA_NEW(ctx->arena, Listing);
    rq->state = l;
    Unit parent, last;
    UnitCursor after = {TEXT_NONE, 0};
    if (request_has(rq, "parent"))
        TRY(find_unit(rq, request_text(rq, "parent"), &parent));
    else
        TRY(unit_by_id(ctx, ctx->actor.unit_id, &parent));
    if (request_has(rq, "after")) {
        TRY(find_unit(rq, request_text(rq, "after"), &last));
        after = (UnitCursor){last.name_en, last.id};
    }
    return unit_children(ctx, parent.id, after, UNIT_PAGE_MAX, l->units, &l->count);
}

static Status list_render(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Listing *l = rq->state;
    View *units = view_list(arena, rq->view, "units");
    for (int i = 0; i < l->count; i++) view_unit(arena, view_item(arena, units), &l->units[i]);
    if (l->count == UNIT_PAGE_MAX)
        view_text(arena, rq->view, "next", l->units[l->count - 1].code);
    else
        view_null(arena, rq->view, "next");
    return OK;
}

#define UNIT(of)                                                                                   \
    {of "code", ANSWER_TEXT, .help = "of the unit"},                                               \
    {of "kind", ANSWER_TEXT, .help = "nation, state, district or as the organisation has them"},   \
    {of "name", ANSWER_TEXT, .help = "in English"},                                                \
    {of "name_hi", ANSWER_TEXT, .help = "in Hindi"}
static const AnswerField tally_fields[] = {
    UNIT(""),
    {"members", ANSWER_INT, .help = "who counts now, with all units below"},
    {"provisional", ANSWER_INT, .help = "of these: the fee is not proved yet"},
    {"suspended", ANSWER_INT, .help = "on hold: not counted"},
    {"ever_joined", ANSWER_INT, .help = "since the beginning"},
    {"ended", ANSWER_INT, .help = "of these: not members any more"},
    {"rural", ANSWER_INT, .help = "of the members: in villages"},
    {"urban", ANSWER_INT, .help = "of the members: in towns"},
    {"women", ANSWER_INT, .help = "of the members"},
    {"men", ANSWER_INT, .help = "of the members"},
    {"other_gender", ANSWER_INT, .help = "of the members: other or not said"},
    {"phone_confirmed", ANSWER_INT, .help = "of the members: the phone was proved"},
    {"fee_proved", ANSWER_INT, .help = "of the members: the fee was proved"},
    {"days[].day", ANSWER_TEXT, .help = "2026-11-28, the oldest first"},
    {"days[].joined", ANSWER_INT, .help = "on that day"},
    {"days[].ended", ANSWER_INT, .help = "on that day"},
    {"children[].code", ANSWER_TEXT, .help = "of a unit directly in it"},
    {"children[].name", ANSWER_TEXT, .help = "in English"},
    {"children[].members", ANSWER_INT, .help = "with all units below"},
    {"children[].today", ANSWER_INT, .help = "who joined today"},
    {"more_children", ANSWER_BOOL, .help = "there are more than are listed: see /api/v1/units"},
    {0},
};
static const AnswerField list_fields[] = {
    UNIT("units[]."),
    {"next", ANSWER_TEXT, .help = "code for after of the next page; null: this is the last",
     .given = GIVEN_OR_NULL},
    {0},
};

const Route unit_api_routes[] = {
    {.method = "GET",
     .path = "/api/v1/units/{code}/tally",
     .kind = ROUTE_READ,
     .face = FACE_API,
     .needs = CAN_READ_MEMBER,
     .params = tally_params,
     .apply = tally_apply,
     .render = tally_render,
     .answer = tally_fields,
     .summary = "Counts of a unit with all below it, 30 days, its units"},
    {.method = "GET",
     .path = "/api/v1/units",
     .kind = ROUTE_READ,
     .face = FACE_API,
     .needs = CAN_READ_MEMBER,
     .params = list_params,
     .apply = list_apply,
     .render = list_render,
     .answer = list_fields,
     .summary = "Units directly in a unit"},
    {.method = NULL},
};
