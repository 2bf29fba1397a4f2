/* Denials for programs: who says not to have joined, with who enrolled; what is decided. */
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/denial.h"
#include "web/route.h"

enum { PAGE_MAX = 100 };

typedef struct Denials {
    Denial page[PAGE_MAX];
    DenialCount counts[PAGE_MAX];
    int count, counts_count;
} Denials;

static Status denials_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Denials *d = rq->state = ARENA_NEW(ctx->arena, Denials);
    int64_t unit = ctx->actor.unit_id;
    TRY(audit_look_at_unit(ctx, "denial.list"));
    TRY(denial_list(ctx, unit, request_text(rq, "state"), request_int(rq, "before"), d->page,
                    PAGE_MAX, &d->count));
    return denial_counts(ctx, unit, d->counts, PAGE_MAX, &d->counts_count);
}

static void view_enroller(Arena *arena, View *to, const Enroller *e, int64_t token_id) {
    view_text(arena, to, "enrolled_by", e->number);
    view_text(arena, to, "token_label", e->label);
    if (token_id)
        view_int(arena, to, "token", token_id);
    else
        view_null(arena, to, "token");
}

static Status denials_render(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Denials *d = rq->state;
    View *list = view_list(arena, rq->view, "denials");
    for (int i = 0; i < d->count; i++) {
        View *item = view_item(arena, list);
        view_int(arena, item, "id", d->page[i].id);
        view_text(arena, item, "number", d->page[i].number);
        view_int(arena, item, "at", d->page[i].at);
        view_text(arena, item, "unit", d->page[i].unit_code);
        view_text(arena, item, "how", d->page[i].how);
        view_text(arena, item, "state", d->page[i].state);
        view_enroller(arena, item, &d->page[i].enroller, d->page[i].enrolled_by);
    }
    view_next(arena, rq->view, d->count == PAGE_MAX, d->count ? d->page[d->count - 1].id : 0);
    View *counts = view_list(arena, rq->view, "counts");
    for (int i = 0; i < d->counts_count; i++) {
        View *item = view_item(arena, counts);
        view_text(arena, item, "unit", d->counts[i].unit_code);
        view_int(arena, item, "denials", d->counts[i].denials);
        view_int(arena, item, "upheld", d->counts[i].upheld);
        view_enroller(arena, item, &d->counts[i].enroller, d->counts[i].enrolled_by);
    }
    return OK;
}

static Status decide_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Denial);
    return OK;
}

static Status decide_apply(Request *rq) {
    return denial_decide(&rq->ctx, request_int(rq, "id"),
                         text_eq(request_text(rq, "decision"), T("upheld")),
                         request_text(rq, "reason"), rq->state);
}

static Status decide_render(Request *rq) {
    const Denial *d = rq->state;
    Arena *arena = rq->ctx.arena;
    view_int(arena, rq->view, "id", d->id);
    view_text(arena, rq->view, "number", d->number);
    view_text(arena, rq->view, "state", d->state);
    return OK;
}

static const Param list_params[] = {
    {"state", PARAM_QUERY, PARAM_CHOICE, false, 0, 0, 0, "open|upheld|withdrawn", NULL,
     "only these"},
    {"before", PARAM_QUERY, PARAM_INT, false, 0, 1, INT64_MAX, NULL, NULL,
     "cursor: the next of the page before"},
    {.name = NULL},
};
static const Param decide_params[] = {
    {"id", PARAM_PATH, PARAM_INT, true, 0, 1, INT64_MAX, NULL, "denial_not_found", "of the list"},
    {"decision", PARAM_JSON, PARAM_CHOICE, true, 0, 0, 0, "upheld|withdrawn", "denial_choose",
     "true, or taken back by the member"},
    {"reason", PARAM_JSON, PARAM_TEXT, true, LIMIT_REASON_BYTES, 0, 0, NULL, "reason_form",
     "what was found; no personal data"},
    {.name = NULL},
};

#define ENROLLER(of)                                                                               \
    {of "enrolled_by", ANSWER_TEXT, .help = "number of the member credited, or empty"},            \
    {of "token_label", ANSWER_TEXT, .help = "of the token that enrolled, or empty"},               \
    {of "token", ANSWER_INT, .help = "its number; null: the person alone", .given = GIVEN_OR_NULL}
static const AnswerField list_fields[] = {
    {"denials[].id", ANSWER_INT, .help = "to decide it by"},
    {"denials[].number", ANSWER_TEXT, .help = "membership number"},
    {"denials[].at", ANSWER_INT, .help = "epoch seconds"},
    {"denials[].unit", ANSWER_TEXT, .help = "code of the member's unit"},
    {"denials[].how", ANSWER_TEXT, .help = "how the member joined"},
    {"denials[].state", ANSWER_TEXT, .help = "what was decided",
     .choices = "open|upheld|withdrawn"},
    ENROLLER("denials[]."),
    ANSWER_NEXT,
    {"counts[].unit", ANSWER_TEXT, .help = "code of a unit"},
    {"counts[].denials", ANSWER_INT, .help = "how many of whom this one enrolled there"},
    {"counts[].upheld", ANSWER_INT, .help = "of these"},
    ENROLLER("counts[]."),
    {0},
};
static const AnswerField decided_fields[] = {
    {"id", ANSWER_INT, .help = "of the denial"},
    {"number", ANSWER_TEXT, .help = "membership number"},
    {"state", ANSWER_TEXT, .help = "what was decided", .choices = "open|upheld|withdrawn"},
    {0},
};

extern const Route denial_api_routes[];
const Route denial_api_routes[] = {
    {.method = "GET", .path = "/api/v1/denials", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = list_params, .apply = denials_apply,
     .render = denials_render,
     .answer = list_fields,
     .summary = "Who denied having joined, with who enrolled, and counts by both"},
    {.method = "POST", .path = "/api/v1/denials/{id}", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = decide_prepare,
     .apply = decide_apply, .render = decide_render,
     .answer = decided_fields,
     .summary = "Decides: upheld, the membership ends; or withdrawn, it is as before"},
    {.method = NULL},
};
