/* The API of appeals, for those who administer the whole organisation. */
#include "base/limits.h"
#include "domain/appeal.h"
#include "web/route.h"

enum { PAGE_APPEALS = 100 };

typedef struct Appeals {
    Appeal list[PAGE_APPEALS];
    int count;
    FeeOrder order; /* of the one decided */
} Appeals;

static Status prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Appeals);
    return OK;
}

static Status list_apply(Request *rq) {
    Appeals *a = rq->state;
    return appeal_list(&rq->ctx, request_int(rq, "after"), a->list, PAGE_APPEALS, &a->count);
}

static Status list_render(Request *rq) {
    const Appeals *a = rq->state;
    Ctx *ctx = &rq->ctx;
    View *list = view_list(ctx->arena, rq->view, "appeals");
    for (int i = 0; i < a->count; i++) {
        View *item = view_item(ctx->arena, list);
        view_int(ctx->arena, item, "id", a->list[i].id);
        view_int(ctx->arena, item, "at", a->list[i].at);
        view_text(ctx->arena, item, "order", fee_order_reference(ctx, a->list[i].order_id));
        view_text(ctx->arena, item, "text", a->list[i].text);
    }
    view_next(ctx->arena, rq->view, a->count == PAGE_APPEALS,
              a->count ? a->list[a->count - 1].id : 0);
    return OK;
}

static Status decide_apply(Request *rq) {
    Appeals *a = rq->state;
    bool restore = text_eq(request_text(rq, "decision"), T("restore"));
    return appeal_decide(&rq->ctx, request_int(rq, "id"), restore, request_text(rq, "answer"),
                         &a->order);
}

static Status decide_render(Request *rq) {
    const Appeals *a = rq->state;
    view_text(rq->ctx.arena, rq->view, "order", fee_order_reference(&rq->ctx, a->order.id));
    view_text(rq->ctx.arena, rq->view, "state", fee_order_state_text(a->order.state));
    return OK;
}

static const Param list_params[] = {
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "next of the page before"},
    {0},
};
static const Param decide_params[] = {
    {.name = "id", .place = PARAM_PATH, .type = PARAM_INT, .required = true, .min = 1,
     .max = INT64_MAX, .message = "appeal_not_found", .help = "of the list"},
    {.name = "decision", .place = PARAM_JSON, .type = PARAM_CHOICE, .required = true,
     .choices = "restore|keep", .help = "provisional again, or still rejected"},
    {.name = "answer", .place = PARAM_JSON, .type = PARAM_TEXT, .required = true,
     .max_bytes = LIMIT_REASON_BYTES, .message = "appeal_answer_form",
     .help = "for them to read; nothing personal"},
    {0},
};

static const AnswerField list_fields[] = {
    {"appeals[].id", ANSWER_INT, .help = "to decide it by"},
    {"appeals[].at", ANSWER_INT, .help = "when it was written, epoch seconds"},
    {"appeals[].order", ANSWER_TEXT, .help = "reference of the order whose claim was rejected"},
    {"appeals[].text", ANSWER_TEXT, .help = "what they wrote"},
    ANSWER_NEXT,
    {0},
};
static const AnswerField decided_fields[] = {
    {"order", ANSWER_TEXT, .help = "reference of the order"},
    {"state", ANSWER_TEXT, .help = "of the order now", .choices = "open|claimed|paid"},
    {0},
};

extern const Route appeal_api_routes[];
const Route appeal_api_routes[] = {
    {.method = "GET", .path = "/api/v1/appeals", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = prepare, .apply = list_apply,
     .render = list_render, .answer = list_fields,
     .summary = "Open appeals against rejected claims of payment"},
    {.method = "POST", .path = "/api/v1/appeals/{id}/decide", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ADMINISTER, .params = decide_params, .prepare = prepare,
     .apply = decide_apply, .render = decide_render, .answer = decided_fields,
     .summary = "Decides an appeal"},
    {0},
};
