/* Paying on the gateway's own page: asked for when somebody first wants it, made by a job, so that
 * nobody's request waits for the gateway. No script is needed: the waiting page loads itself again,
 * and leads on when the gateway's page is there. */
#include "crypto/hmac.h"
#include "domain/pay_link.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/route.h"

enum { WAIT_S = 2, RETURN_WAIT_S = 5, SLOW_TRIES = 2, SAID_BYTES = 128 };

typedef struct Online {
    FeeOrder order;
    FeeStanding standing;
    PayLink link;
    Text signed_words; /* of the gateway's signature */
    bool genuine;      /* it does say that this was paid */
} Online;

static Status online_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Online);
    return OK;
}

static Text order_path(Request *rq) {
    return arena_printf(rq->ctx.arena, "/pay/%.*s", TEXT_ARG(request_text(rq, "token")));
}

static Status load(Request *rq) {
    Online *o = rq->state;
    TRY(fee_order_by_token(&rq->ctx, request_text(rq, "token"), &o->order));
    return fee_order_standing(&rq->ctx, &o->order, &o->standing);
}

static Status online_apply(Request *rq) {
    Online *o = rq->state;
    TRY(load(rq));
    return pay_link_want(&rq->ctx, &o->order, &o->link);
}

static void fill(Request *rq, bool returned) {
    Arena *arena = rq->ctx.arena;
    const Online *o = rq->state;
    bool failed = !returned && o->link.state == PAY_LINK_FAILED;
    view_text(arena, rq->view, "fee", message_rupees(arena, o->standing.due_paise));
    view_text(arena, rq->view, "pay_path", order_path(rq));
    view_bool(arena, rq->view, "returned", returned);
    view_bool(arena, rq->view, "failed", failed);
    view_bool(arena, rq->view, "waiting", !returned && !failed);
    view_bool(arena, rq->view, "slow", o->link.tries > SLOW_TRIES);
}

static Status online_render(Request *rq) {
    const Online *o = rq->state;
    switch (o->link.state) {
    case PAY_LINK_NONE: request_redirect(rq, order_path(rq)); return OK;
    case PAY_LINK_MADE: request_redirect_outside(rq, o->link.url); return OK;
    case PAY_LINK_WANTED: request_reload_after(rq, WAIT_S); break;
    case PAY_LINK_FAILED: break;
    }
    fill(rq, false);
    return OK;
}

/* What the gateway signs when it sends the payer back (razorpay.com/docs/payments/payment-links/
 * apis: link id | reference id | status | payment id, by the key's secret). It decides a sentence,
 * never money: that is the webhook's. */
static Status back_prepare(Request *rq) {
    TRY(online_prepare(rq));
    Online *o = rq->state;
    o->signed_words = arena_printf(
        rq->ctx.arena, "%.*s|%.*s|%.*s|%.*s",
        TEXT_ARG(request_text(rq, "razorpay_payment_link_id")),
        TEXT_ARG(request_text(rq, "razorpay_payment_link_reference_id")),
        TEXT_ARG(request_text(rq, "razorpay_payment_link_status")),
        TEXT_ARG(request_text(rq, "razorpay_payment_id")));
    return OK;
}

static Status back_apply(Request *rq) {
    Online *o = rq->state;
    PayWay ways[PAY_WAY_COUNT];
    TRY(load(rq));
    TRY(pay_way_list(&rq->ctx, ways));
    const PayWay *way = &ways[PAY_WAY_RAZORPAY];
    Text reference = pay_link_reference(request_text(rq, "razorpay_payment_link_reference_id"));
    o->genuine =
        pay_way_has_links(way) &&
        text_eq(request_text(rq, "razorpay_payment_link_status"), T("paid")) &&
        text_eq(reference, fee_order_reference(&rq->ctx, o->order.id)) &&
        hmac_sha256_is(way->key_secret, o->signed_words, request_text(rq, "razorpay_signature"));
    return OK;
}

static Status back_render(Request *rq) {
    const Online *o = rq->state;
    if (!o->genuine || o->standing.due_paise <= 0) {
        request_redirect(rq, order_path(rq));
        return OK;
    }
    request_reload_after(rq, RETURN_WAIT_S);
    fill(rq, true);
    return OK;
}

#define TOKEN_PARAM                                                                                \
    {                                                                                              \
        .name = "token", .place = PARAM_PATH, .type = PARAM_SECRET, .required = true,              \
        .max_bytes = ORDER_TOKEN_CHARS, .message = "order_not_found",                              \
        .help = "Of the address of the order's page"                                               \
    }
#define SAID(word)                                                                                 \
    {                                                                                              \
        .name = word, .place = PARAM_QUERY, .type = PARAM_SECRET, .max_bytes = SAID_BYTES,         \
        .help = "As the gateway says it"                                                           \
    }
static const Param online_params[] = {TOKEN_PARAM, {0}};
static const Param back_params[] = {
    TOKEN_PARAM,
    SAID("razorpay_payment_id"),
    SAID("razorpay_payment_link_id"),
    SAID("razorpay_payment_link_reference_id"),
    SAID("razorpay_payment_link_status"),
    SAID("razorpay_signature"),
    {0},
};

extern const Route pay_online_routes[];
const Route pay_online_routes[] = {
    {.method = "GET", .path = "/pay/{token}/online", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = online_params, .prepare = online_prepare, .apply = online_apply,
     .render = online_render, .page = "pay_online",
     .summary = "Leads to the gateway's page for an order, once it is made"},
    {.method = "GET", .path = "/pay/{token}/back", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = back_params, .prepare = back_prepare, .apply = back_apply, .render = back_render,
     .page = "pay_online", .summary = "Where the gateway sends whoever has paid"},
    {0},
};
