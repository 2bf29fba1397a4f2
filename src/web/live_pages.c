/* The count as it is this second: the organisation by state, a state by district. Public figures
 * stop there: in a small unit a count could name somebody. */
#include "base/clock.h"
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
    live->day = clock_day(ctx->now_s, ctx->org->zone_offset_s);
    TRY(read_unit(rq, live));
    TRY(tally_read(ctx, live->unit.id, &live->tally));
    TRY(tally_days(ctx, live->unit.id, live->day - LIVE_DAYS + 1, live->day, live->days));
    TRY(tally_children(ctx, live->unit.id, live->day, &live->children, &live->child_count));
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
