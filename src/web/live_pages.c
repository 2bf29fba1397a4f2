/* The count as it is this second: the organisation by state, a state by district. Public figures
 * stop there: in a small unit a count could name somebody. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/dataset.h"
#include "domain/tally.h"
#include "render/chart.h"
#include "render/map.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/route.h"

enum { LIVE_DAYS = 30 };

typedef struct Live {
    Unit unit;
    Text up_name;
    bool whole;
    int64_t day;
    Tally tally;
    TallyDay days[LIVE_DAYS];
    TallyChild *children;
    int child_count;
} Live;

static int by_members(const void *a, const void *b) {
    const TallyChild *x = a, *y = b;
    if (x->tally.members != y->tally.members) return x->tally.members < y->tally.members ? 1 : -1;
    return text_compare(x->unit.name_en, y->unit.name_en);
}

static Status read_unit(Request *rq, Live *live) {
    Ctx *ctx = &rq->ctx;
    int64_t root = ctx->org->root_unit_id;
    Text code = rq->route->params ? request_text(rq, "unit") : TEXT_NONE;
    live->whole = code.len == 0;
    if (live->whole) return unit_by_id(ctx, root, &live->unit);
    TRY(unit_by_code(ctx, code, &live->unit));
    if (live->unit.parent_id == root) return OK;
    return fail(ctx, NOT_FOUND, NULL, "live_states_only");
}

static Status live_read(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Live *live = rq->state = ARENA_NEW(ctx->arena, Live);
    live->day = organisation_day(ctx);
    TRY(read_unit(rq, live));
    TRY(tally_read(ctx, live->unit.id, &live->tally));
    TRY(tally_days(ctx, live->unit.id, live->day - LIVE_DAYS + 1, live->day, live->days));
    bool more;
    TRY(tally_children(ctx, live->unit.id, live->day, TALLY_CHILDREN_MAX, &live->children,
                       &live->child_count, &more));
    if (more) live->child_count = 0; /* so many are no districts, but units of a few people */
    qsort(live->children, (size_t)live->child_count, sizeof *live->children, by_members);
    return OK;
}

static void add_figures(Request *rq, const Live *live) {
    Arena *arena = rq->ctx.arena;
    view_int(arena, rq->view, "members", live->tally.members);
    view_int(arena, rq->view, "today", live->days[LIVE_DAYS - 1].joined);
    view_int(arena, rq->view, "women", live->tally.women);
    view_int(arena, rq->view, "rural", live->tally.rural);
}

static Status live_json(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Live *live = rq->state;
    view_text(ctx->arena, rq->view, "unit", live->unit.code);
    add_figures(rq, live);
    View *units = view_list(ctx->arena, rq->view, "units");
    for (int i = 0; i < live->child_count; i++) {
        const TallyChild *child = &live->children[i];
        View *item = view_item(ctx->arena, units);
        view_text(ctx->arena, item, "code", child->unit.code);
        view_text(ctx->arena, item, "name", unit_name(&child->unit, ctx->lang));
        view_int(ctx->arena, item, "members", child->tally.members);
        view_int(ctx->arena, item, "today", child->today);
    }
    return OK;
}

enum { SVG_BYTES_MAX = 1 << 17, STATE_FIELDS = 8, STATES_MAX = 64 };

static Text state_path(Arena *arena, Text code) {
    return arena_printf(arena, "/live/%.*s", TEXT_ARG(code));
}

static void add_chart(Request *rq, const Live *live) {
    Ctx *ctx = &rq->ctx;
    int64_t *counts = ARENA_ARRAY(ctx->arena, int64_t, LIVE_DAYS);
    for (int i = 0; i < LIVE_DAYS; i++) counts[i] = live->days[i].joined;
    ChartDays chart = {.id = "joined",
                       .title = message(ctx->lang, "live_chart_title"),
                       .first_day = live->days[0].day,
                       .counts = counts,
                       .count = LIVE_DAYS,
                       .last_is_today = true};
    Buffer out = buffer_in(ctx->arena, SVG_BYTES_MAX);
    chart_days(&out, ctx->arena, ctx->lang, &chart);
    view_html(ctx->arena, rq->view, "chart", buffer_text(&out));
    View *days = view_list(ctx->arena, rq->view, "days");
    for (int i = LIVE_DAYS - 1; i >= 0; i--) {
        View *item = view_item(ctx->arena, days);
        view_text(ctx->arena, item, "date",
                  message_day(ctx->arena, ctx->lang, live->days[i].day));
        view_int(ctx->arena, item, "joined", live->days[i].joined);
    }
}

static const TallyChild *child_of(const Live *live, Text code) {
    for (int i = 0; i < live->child_count; i++)
        if (text_eq(live->children[i].unit.code, code)) return &live->children[i];
    return NULL;
}

static void add_map(Request *rq, const Live *live) {
    Ctx *ctx = &rq->ctx;
    MapTile tiles[STATES_MAX];
    int count = 0;
    Text row[DATASET_FIELDS_MAX];
    Dataset states = dataset_open(ctx, T("data/geography/states.csv"));
    while (count < STATES_MAX && dataset_next(&states, row, STATE_FIELDS)) {
        const TallyChild *child = child_of(live, row[0]);
        int64_t column, line;
        if (!child || !text_to_int(row[5], &column) || !text_to_int(row[6], &line)) continue;
        tiles[count++] = (MapTile){.code = row[0],
                                   .name = unit_name(&child->unit, ctx->lang),
                                   .column = (int)column,
                                   .row = (int)line,
                                   .count = child->tally.members,
                                   .href = state_path(ctx->arena, row[0])};
    }
    if (!count) return;
    Buffer out = buffer_in(ctx->arena, SVG_BYTES_MAX);
    map_tiles(&out, ctx->arena, ctx->lang, "states", message(ctx->lang, "live_map_title"), tiles,
              count);
    view_html(ctx->arena, rq->view, "map", buffer_text(&out));
}

/* From the one at from on, as long as the units have members, or as long as they have none. */
static int add_units(Request *rq, const Live *live, const char *name, int from, bool filled) {
    Ctx *ctx = &rq->ctx;
    View *units = view_list(ctx->arena, rq->view, name);
    int i = from;
    for (; i < live->child_count && (live->children[i].tally.members > 0) == filled; i++) {
        const TallyChild *child = &live->children[i];
        View *item = view_item(ctx->arena, units);
        view_text(ctx->arena, item, "code", child->unit.code);
        view_text(ctx->arena, item, "label", unit_name(&child->unit, ctx->lang));
        view_text(ctx->arena, item, "path",
                  live->whole ? state_path(ctx->arena, child->unit.code) : TEXT_NONE);
        view_int(ctx->arena, item, "members", child->tally.members);
        view_int(ctx->arena, item, "today", child->today);
    }
    return i;
}

static void add_children(Request *rq, const Live *live) {
    Arena *arena = rq->ctx.arena;
    int filled = add_units(rq, live, "units", 0, true);
    (void)add_units(rq, live, "empty_units", filled, false);
    view_bool(arena, rq->view, "has_units", filled > 0);
    view_bool(arena, rq->view, "has_empty", filled < live->child_count);
    view_int(arena, rq->view, "unit_count", live->child_count);
    view_int(arena, rq->view, "filled_count", filled);
    view_int(arena, rq->view, "empty_count", live->child_count - filled);
}

static Status live_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Live *live = rq->state;
    view_bool(ctx->arena, rq->view, "whole", live->whole);
    view_text(ctx->arena, rq->view, "unit_name", unit_name(&live->unit, ctx->lang));
    view_text(ctx->arena, rq->view, "live_path",
              live->whole ? T("/live.json")
                          : arena_printf(ctx->arena, "/live.json?unit=%.*s",
                                         TEXT_ARG(live->unit.code)));
    add_figures(rq, live);
    add_chart(rq, live);
    if (live->whole) add_map(rq, live);
    add_children(rq, live);
    return OK;
}

#define UNIT_PARAM(at)                                                                             \
    {                                                                                              \
        .name = "unit", .place = at, .type = PARAM_TEXT, .max_bytes = LIMIT_UNIT_CODE_BYTES,       \
        .message = "unit_unknown", .help = "Code of a state: UP; left out: the whole"            \
    }
static const Param unit_in_path[] = {UNIT_PARAM(PARAM_PATH), {0}};
static const Param unit_in_query[] = {UNIT_PARAM(PARAM_QUERY), {0}};

static const AnswerField figures[] = {
    {"unit", ANSWER_TEXT, .help = "code of the unit it is about"},
    {"members", ANSWER_INT, .help = "with all below it"},
    {"today", ANSWER_INT, .help = "who joined today"},
    {"women", ANSWER_INT, .help = "of the members"},
    {"rural", ANSWER_INT, .help = "of the members: in villages"},
    {"units[].code", ANSWER_TEXT, .help = "of a unit directly in it"},
    {"units[].name", ANSWER_TEXT, .help = "in the language asked for"},
    {"units[].members", ANSWER_INT, .help = "with all below it"},
    {"units[].today", ANSWER_INT, .help = "who joined today"},
    {0},
};

extern const Route live_routes[];
const Route live_routes[] = {
    {.method = "GET",
     .path = "/live",
     .kind = ROUTE_READ,
     .face = FACE_PAGE,
     .apply = live_read,
     .render = live_page,
     .page = "live",
     .cache_s = 1,
     .summary = "How many members: total, by day, by state"},
    {.method = "GET",
     .path = "/live/{unit}",
     .kind = ROUTE_READ,
     .face = FACE_PAGE,
     .params = unit_in_path,
     .apply = live_read,
     .render = live_page,
     .page = "live",
     .cache_s = 1,
     .summary = "How many members in a state, by district"},
    {.method = "GET",
     .path = "/live.json",
     .kind = ROUTE_READ,
     .face = FACE_API,
     .params = unit_in_query,
     .apply = live_read,
     .render = live_json,
     .cache_s = 1,
     .answer = figures, .summary = "The figures of /live, at most a second old"},
    {0},
};
