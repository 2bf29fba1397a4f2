/* The API of orders for fees: one for several people, and how one stands. */
#include "base/limits.h"
#include "domain/fee_gather.h"
#include "domain/payment_cash.h"
#include "web/app.h"
#include "web/reason_words.h"
#include "web/route.h"

enum { LIST_BYTES = 12000 };

typedef struct Ordered {
    FeeOrder order;
    FeeStanding standing;
} Ordered;

static Status prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Ordered);
    return OK;
}

static Status create_apply(Request *rq) {
    Ordered *o = rq->state;
    Ctx *ctx = &rq->ctx;
    Text orders = request_text(rq, "orders"), members = request_text(rq, "members");
    if (!orders.len == !members.len) return fail(ctx, INVALID, "orders", "gather_which");
    TRY(orders.len ? fee_gather_orders(ctx, orders, &o->order)
                   : fee_gather_members(ctx, members, &o->order));
    return fee_order_standing(ctx, &o->order, &o->standing);
}

static Status read_apply(Request *rq) {
    Ordered *o = rq->state;
    TRY(fee_gather_look(&rq->ctx, request_text(rq, "reference"), &o->order));
    return fee_order_standing(&rq->ctx, &o->order, &o->standing);
}

static Status render(Request *rq) {
    const Ordered *o = rq->state;
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    view_text(arena, rq->view, "reference", fee_order_reference(ctx, o->order.id));
    view_text(arena, rq->view, "state", fee_order_state_text(o->order.state));
    view_int(arena, rq->view, "people", o->order.people);
    view_int(arena, rq->view, "amount_paise", o->order.amount_paise);
    view_int(arena, rq->view, "due_paise", o->standing.due_paise);
    view_int(arena, rq->view, "confirmed", o->standing.confirmed);
    view_int(arena, rq->view, "rejected", o->standing.rejected);
    view_text(arena, rq->view, "rejected_reason",
              reason_words(arena, rq->ctx.lang, o->order.rejected_reason));
    Text token = fee_order_token(ctx, o->order.id);
    view_text(arena, rq->view, "pay_url",
              arena_printf(arena, "%.*s/pay/%.*s", TEXT_ARG(ctx->org->base_url), TEXT_ARG(token)));
    return OK;
}

static Status cash_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, PaymentCash);
    return OK;
}

static Status cash_apply(Request *rq) {
    FeeOrder taken;
    Text reference = request_text(rq, "reference");
    TRY(payment_cash_take(&rq->ctx, reference, request_int(rq, "amount_paise"),
                          request_text(rq, "Idempotency-Key"), &taken));
    reference = fee_order_reference(&rq->ctx, taken.id);
    return payment_cash_look(&rq->ctx, reference, rq->state);
}

static Status cash_render(Request *rq) {
    const PaymentCash *p = rq->state;
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    view_text(arena, rq->view, "reference", fee_order_reference(ctx, p->order.id));
    view_text(arena, rq->view, "state", fee_order_state_text(p->order.state));
    view_int(arena, rq->view, "amount_paise", p->order.amount_paise);
    View *list = view_list(arena, rq->view, "receipts");
    for (int i = 0; i < p->order.people; i++) {
        ReceiptIssued *receipt = &p->receipts[i];
        if (!receipt->at) continue;
        View *item = view_item(arena, list);
        receipt_issued_sign(ctx, receipt);
        view_text(arena, item, "number", number_text_in(arena, &p->members[i].number));
        view_text(arena, item, "receipt", receipt->number);
        view_text(arena, item, "check_code", receipt->code);
    }
    return OK;
}

static const Param create_params[] = {
    {.name = "orders", .place = PARAM_JSON, .type = PARAM_LINES, .max_bytes = LIST_BYTES,
     .help = "Addresses or references of open orders, separated by commas or line breaks"},
    {.name = "members", .place = PARAM_JSON, .type = PARAM_LINES, .max_bytes = LIST_BYTES,
     .help = "Or numbers of members whose fee is open"},
    {0},
};
static const Param read_params[] = {
    {.name = "reference", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true,
     .max_bytes = 64, .message = "order_not_found", .help = "of the order"},
    {0},
};
static const Param cash_params[] = {
    {.name = "reference", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true,
     .max_bytes = 64, .message = "order_not_found",
     .help = "of the order, or the number of a member whose fee is open"},
    {.name = "Idempotency-Key", .place = PARAM_HEADER, .type = PARAM_SECRET,
     .max_bytes = LIMIT_IDEMPOTENCY_KEY_BYTES, .message = "idempotency_key_form",
     .help = "a key of the caller's own for this cash, good for 90 days; without one, taking it "
             "again is no error"},
    {.name = "amount_paise", .place = PARAM_JSON, .type = PARAM_INT, .required = true, .min = 1,
     .max = LIMIT_FEE_PAISE_MAX, .help = "what was taken: all that is due"},
    {0},
};

static const AnswerField order_fields[] = {
    {"reference", ANSWER_TEXT, .help = "of the order, as payers write it"},
    {"state", ANSWER_TEXT, .help = "of the order", .choices = "open|claimed|paid"},
    {"people", ANSWER_INT, .help = "for how many it is"},
    {"amount_paise", ANSWER_INT, .help = "for all of them"},
    {"due_paise", ANSWER_INT, .help = "what is still to be paid"},
    {"confirmed", ANSWER_INT, .help = "of the people: their fee has arrived"},
    {"rejected", ANSWER_INT, .help = "of the people: what was claimed did not arrive"},
    {"rejected_reason", ANSWER_TEXT, .help = "why, or empty"},
    {"pay_url", ANSWER_TEXT, .help = "page to pay it at: for who shall pay alone"},
    {0},
};
static const AnswerField cash_fields[] = {
    {"reference", ANSWER_TEXT, .help = "of the order"},
    {"state", ANSWER_TEXT, .help = "of the order", .choices = "open|claimed|paid"},
    {"amount_paise", ANSWER_INT, .help = "for all of them"},
    {"receipts[].number", ANSWER_TEXT, .help = "membership number"},
    {"receipts[].receipt", ANSWER_TEXT, .help = "number of the receipt"},
    {"receipts[].check_code", ANSWER_TEXT, .help = "by which anybody may check it"},
    {0},
};

extern const Route order_api_routes[];
const Route order_api_routes[] = {
    {.method = "POST", .path = "/api/v1/orders", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ENROL, .params = create_params, .prepare = prepare, .apply = create_apply,
     .render = render, .answer = order_fields,
     .location = "/api/v1/orders/{reference}",
     .summary = "One order for several people, to be paid at once"},
    {.method = "GET", .path = "/api/v1/orders/{reference}", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ENROL, .params = read_params, .prepare = prepare, .apply = read_apply,
     .render = render, .answer = order_fields,
     .summary = "What is due of an order, and how its people stand"},
    {.method = "POST", .path = "/api/v1/orders/{reference}/cash", .kind = ROUTE_WRITE,
     .face = FACE_API, .needs = CAN_ENROL, .params = cash_params, .prepare = cash_prepare,
     .apply = cash_apply, .render = cash_render,
     .answer = cash_fields,
     .summary = "Its fees were taken in cash, against receipts of the token's book"},
    {0},
};
