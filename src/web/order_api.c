/* The API of orders for fees: one for several people, and how one stands. */
#include "domain/fee_gather.h"
#include "web/app.h"
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
    view_text(arena, rq->view, "rejected_reason", o->order.rejected_reason);
    Text token = fee_order_token(ctx, o->order.id);
    view_text(arena, rq->view, "pay_url",
              arena_printf(arena, "%.*s/pay/%.*s", TEXT_ARG(ctx->org->base_url), TEXT_ARG(token)));
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

extern const Route order_api_routes[];
const Route order_api_routes[] = {
    {.method = "POST", .path = "/api/v1/orders", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ENROL, .params = create_params, .prepare = prepare, .apply = create_apply,
     .render = render, .summary = "One order for several people, to be paid at once"},
    {.method = "GET", .path = "/api/v1/orders/{reference}", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ENROL, .params = read_params, .prepare = prepare, .apply = read_apply,
     .render = render, .summary = "What is due of an order, and how its people stand"},
    {0},
};
