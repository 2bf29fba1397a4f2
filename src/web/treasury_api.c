/* The API of the treasury, for those who administer the whole organisation: money that came in and
 * is to be settled or given back. */
#include "base/limits.h"
#include "domain/payment_in.h"
#include "domain/treasury_scope.h"
#include "web/app.h"
#include "web/route.h"

enum { PAGE_PAYMENTS = 100 };

typedef struct Payments {
    PaymentIn *list;
    int count;
} Payments;

static void add_payment(Ctx *ctx, View *v, const PaymentIn *p) {
    view_int(ctx->arena, v, "id", p->id);
    view_text(ctx->arena, v, "source", p->source);
    view_int(ctx->arena, v, "at", p->at);
    view_int(ctx->arena, v, "amount_paise", p->amount_paise);
    view_int(ctx->arena, v, "left_paise", p->left_paise);
    view_text(ctx->arena, v, "utr", p->utr);
    view_text(ctx->arena, v, "order",
              p->order_id ? fee_order_reference(ctx, p->order_id) : T(""));
    view_text(ctx->arena, v, "state", p->state);
    view_text(ctx->arena, v, "problem", p->problem);
    view_text(ctx->arena, v, "reason", p->reason);
}

static Status list_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Payments);
    return OK;
}

static Status list_apply(Request *rq) {
    Payments *p = rq->state;
    Text state = request_text(rq, "state");
    TRY(treasury_scope_check(&rq->ctx));
    return payment_in_list(&rq->ctx, state.len ? state : T("open"), request_int(rq, "after"),
                           PAGE_PAYMENTS, &p->list, &p->count);
}

static Status list_render(Request *rq) {
    const Payments *p = rq->state;
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "payments");
    for (int i = 0; i < p->count; i++)
        add_payment(&rq->ctx, view_item(arena, list), &p->list[i]);
    view_next(arena, rq->view, p->count == PAGE_PAYMENTS, p->count ? p->list[p->count - 1].id : 0);
    return OK;
}

static Status act_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, PaymentIn);
    return OK;
}

static Status settle_apply(Request *rq) {
    return payment_in_settle(&rq->ctx, request_int(rq, "id"), request_text(rq, "order"),
                             request_text(rq, "reason"), rq->state);
}

static Status refund_apply(Request *rq) {
    return payment_in_refund(&rq->ctx, request_int(rq, "id"), request_text(rq, "reason"),
                             rq->state);
}

static Status act_render(Request *rq) {
    add_payment(&rq->ctx, rq->view, rq->state);
    return OK;
}

static const Param list_params[] = {
    {.name = "state", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "open|kept|returning|settled|refunded|seen",
     .help = "open when left out: what is to be settled; seen: on the account, in no statement"},
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "next of the page before"},
    {0},
};
#define PAYMENT_ID                                                                                 \
    {                                                                                              \
        .name = "id", .place = PARAM_PATH, .type = PARAM_INT, .required = true, .min = 1,          \
        .max = INT64_MAX, .message = "payment_not_found", .help = "of the list"                    \
    }
#define REASON                                                                                     \
    {                                                                                              \
        .name = "reason", .place = PARAM_JSON, .type = PARAM_TEXT, .required = true,               \
        .max_bytes = LIMIT_REASON_BYTES, .message = "reason_form", .help = "why; nothing personal" \
    }
static const Param settle_params[] = {
    PAYMENT_ID,
    {.name = "order", .place = PARAM_JSON, .type = PARAM_TEXT, .required = true, .max_bytes = 64,
     .message = "order_not_found", .help = "reference of the order it was for"},
    REASON,
    {0},
};
static const Param refund_params[] = {PAYMENT_ID, REASON, {0}};

#define PAYMENT(of)                                                                                \
    {of "id", ANSWER_INT, .help = "to settle it by"},                                              \
    {of "source", ANSWER_TEXT, .help = "where it came in"},                                        \
    {of "at", ANSWER_INT, .help = "epoch seconds"},                                                \
    {of "amount_paise", ANSWER_INT, .help = "what came in"},                                       \
    {of "left_paise", ANSWER_INT, .help = "what is not settled yet"},                              \
    {of "utr", ANSWER_TEXT, .help = "the bank's number for it, or empty"},                         \
    {of "order", ANSWER_TEXT, .help = "reference of the order it was for, or empty"},              \
    {of "state", ANSWER_TEXT, .help = "what became of it",                                         \
     .choices = "open|kept|returning|settled|refunded|seen"},                                      \
    {of "problem", ANSWER_TEXT, .help = "why somebody must decide, or empty"},                     \
    {of "reason", ANSWER_TEXT, .help = "of what was decided, or empty"}
static const AnswerField list_fields[] = {PAYMENT("payments[]."), ANSWER_NEXT, {0}};
static const AnswerField payment_fields[] = {PAYMENT(""), {0}};

extern const Route treasury_api_routes[];
const Route treasury_api_routes[] = {
    {.method = "GET", .path = "/api/v1/payments", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = list_prepare,
     .apply = list_apply, .render = list_render,
     .answer = list_fields,
     .summary = "Money that came in: open ones are short, double, too much or nobody's"},
    {.method = "POST", .path = "/api/v1/payments/{id}/settle", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ADMINISTER, .params = settle_params, .prepare = act_prepare,
     .apply = settle_apply, .render = act_render,
     .answer = payment_fields,
     .summary = "Count what is left of a payment for an order"},
    {.method = "POST", .path = "/api/v1/payments/{id}/refund", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ADMINISTER, .params = refund_params, .prepare = act_prepare,
     .apply = refund_apply, .render = act_render,
     .answer = payment_fields,
     .summary = "Write down that what is left of a payment went back"},
    {0},
};
