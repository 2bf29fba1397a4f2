/* Paying for several at once: whoever has the addresses of their orders makes one order of
 * them, and pays that. */
#include "domain/fee_gather.h"
#include "web/app.h"
#include "web/problem.h"
#include "web/route.h"

enum { TYPED_BYTES = 12000 };

typedef struct Together {
    Text typed;
    FeeOrder order;
} Together;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Together);
    return OK;
}

static Status show(Request *rq) {
    const Together *t = rq->state;
    view_text(rq->ctx.arena, rq->view, "typed", t->typed);
    return OK;
}

/* From an order's page: that one stands there already. */
static Status form(Request *rq) {
    Together *t = rq->state;
    Text token = request_text(rq, "order");
    const Organisation *org = rq->ctx.org;
    t->typed = token.len == ORDER_TOKEN_CHARS
                   ? arena_printf(rq->ctx.arena, "%.*s/pay/%.*s", TEXT_ARG(org->base_url),
                                  TEXT_ARG(token))
                   : T("");
    return show(rq);
}

static Status gather_prepare(Request *rq) {
    TRY(prepare(rq));
    Together *t = rq->state;
    Text typed = request_text(rq, "orders");
    t->typed = typed.ptr ? typed : T("");
    return request_tries_left(rq, "gather");
}

/* What is wrong with the list stands beside it. */
static Status gather_apply(Request *rq) {
    Together *t = rq->state;
    Status status = fee_gather_orders(&rq->ctx, t->typed, &t->order);
    return status == INVALID ? OK : status;
}

static Status gather_render(Request *rq) {
    const Together *t = rq->state;
    Ctx *ctx = &rq->ctx;
    if (!ctx->error_count) {
        Text token = fee_order_token(ctx, t->order.id);
        request_redirect(rq, arena_printf(ctx->arena, "/pay/%.*s", TEXT_ARG(token)));
        return OK;
    }
    if (strcmp(ctx->errors[0].message, "gather_unknown") == 0)
        TRY(request_wrong_try(rq, "gather"));
    rq->http_status = problem_http_status(ctx->errors[0].status);
    return show(rq);
}

static const Param form_params[] = {
    {.name = "order", .place = PARAM_QUERY, .type = PARAM_SECRET, .max_bytes = 64,
     .help = "Token of the order that one came from"},
    {0},
};
static const Param gather_params[] = {
    {.name = "orders", .place = PARAM_FORM, .type = PARAM_LINES, .max_bytes = TYPED_BYTES,
     .message = "gather_few", .help = "Addresses of orders, one a line"},
    {0},
};

extern const Route pay_together_routes[];
const Route pay_together_routes[] = {
    {.method = "GET", .path = "/pay-together", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .params = form_params, .prepare = prepare, .render = form, .page = "pay_together",
     .summary = "Asks for the orders that shall be paid as one"},
    {.method = "POST", .path = "/pay-together", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = gather_params, .prepare = gather_prepare, .apply = gather_apply,
     .render = gather_render, .page = "pay_together", .summary = "Makes one order of several"},
    {0},
};
