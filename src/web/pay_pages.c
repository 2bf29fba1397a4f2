/* Paying a fee, at the order's own unguessable address: by the organisation's UPI address or bank
 * account and the number typed in afterwards, by a gateway's page, or (demo) by a button. Whoever
 * has the address may pay, and learns of nobody: the page shows the amount and how many people. */
#include <cairo.h>

#include "render/qr.h"
#include "web/app.h"
#include "web/pay_order.h"
#include "web/problem.h"
#include "web/route.h"
#include "web/webhook.h"

enum { QR_MODULE_PIXELS = 8, QR_PNG_BYTES_MAX = 1 << 20, UTR_TYPED_BYTES = 80,
       APPEAL_TYPED_BYTES = 16000 };

static Text page_path(Request *rq) {
    return arena_printf(rq->ctx.arena, "/pay/%.*s", TEXT_ARG(request_text(rq, "token")));
}

static Status pay_prepare(Request *rq) {
    pay_order_prepare(rq);
    return OK;
}

static Status claim_prepare(Request *rq) {
    pay_order_prepare(rq);
    PayOrder *p = rq->state;
    p->typed_utr = request_text(rq, "utr");
    p->typed_bank_utr = request_text(rq, "bank_utr");
    return request_tries_left_at(rq, "claim", request_text(rq, "token"));
}

static Status appeal_prepare(Request *rq) {
    pay_order_prepare(rq);
    ((PayOrder *)rq->state)->typed_appeal = request_text(rq, "appeal");
    return OK;
}

/* A wrong UTR leaves all as it was; the page says so beside the field. */
static Status claim_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    PayOrder *p = rq->state;
    bool bank = text_eq(request_text(rq, "way"), T("bank"));
    const char *field = bank ? "bank_utr" : "utr";
    Text utr;
    TRY(pay_order_load(rq));
    if (fee_order_utr(ctx, field, request_text(rq, field), bank, &utr) != OK) return OK;
    if (!p->ways[bank ? PAY_WAY_BANK : PAY_WAY_UPI].is_on)
        return fail(ctx, CONFLICT, NULL, "pay_way_off");
    return fee_order_claim(ctx, &p->order, bank ? T("bank") : T("upi"), utr);
}

static Status appeal_apply(Request *rq) {
    PayOrder *p = rq->state;
    TRY(pay_order_load(rq));
    Status status = appeal_make(&rq->ctx, &p->order, p->typed_appeal);
    return status == INVALID || status == CONFLICT ? OK : status;
}

/* Leads to the order's page, or shows it with what was typed and what is wrong with it. */
static Status typed_render(Request *rq) {
    if (rq->ctx.error_count) {
        rq->http_status = problem_http_status(rq->ctx.errors[0].status);
        return pay_order_fill(rq);
    }
    request_redirect(rq, page_path(rq));
    return OK;
}

/* Each number typed is a guess at others' money that is nobody's yet. */
static Status claim_render(Request *rq) {
    if (!rq->ctx.error_count) request_count_at(rq, "claim", request_text(rq, "token"));
    return typed_render(rq);
}

static Status demo_apply(Request *rq) {
    PayOrder *p = rq->state;
    Webhook hook;
    TRY(pay_order_load(rq));
    return webhook_demo_pay(&rq->ctx, &p->order, &hook);
}

static Status demo_render(Request *rq) {
    request_redirect(rq, page_path(rq));
    return OK;
}

static cairo_status_t add_png(void *out, const unsigned char *bytes, unsigned len) {
    buffer_add(out, text_bytes(bytes, len));
    return CAIRO_STATUS_SUCCESS;
}

/* A picture that payment apps read from the gallery. */
static Status qr_render(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const PayOrder *p = rq->state;
    QrCode *code = ARENA_NEW(ctx->arena, QrCode);
    if (!p->ways[PAY_WAY_UPI].is_on) return fail(ctx, NOT_FOUND, NULL, "pay_way_off");
    if (!qr_make(pay_order_upi_link(rq), code)) return fail_io(ctx, "card_not_drawn", "a UPI link");
    int side = (code->width + 2 * QR_QUIET) * QR_MODULE_PIXELS;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(surface);
    qr_draw(cr, code, QR_MASK, 0, 0, side, 1);
    cairo_destroy(cr);
    Buffer out = buffer_in(ctx->arena, QR_PNG_BYTES_MAX);
    bool good = cairo_surface_write_to_png_stream(surface, add_png, &out) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    if (!good || out.overflowed) return fail_io(ctx, "card_not_drawn", "a UPI code");
    request_answer_bytes(rq, "image/png", buffer_text(&out), "upi.png");
    return OK;
}

#define TOKEN_PARAM                                                                                \
    {                                                                                              \
        .name = "token", .place = PARAM_PATH, .type = PARAM_SECRET, .required = true,              \
        .max_bytes = ORDER_TOKEN_CHARS, .message = "order_not_found",                              \
        .help = "Of the address of the order's page"                                               \
    }
static const Param token_only[] = {TOKEN_PARAM, {0}};
static const Param claim_params[] = {
    TOKEN_PARAM,
    {.name = "utr", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = UTR_TYPED_BYTES,
     .message = "utr_digits", .help = "The 12 digits that the payment app shows"},
    {.name = "bank_utr", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = UTR_TYPED_BYTES,
     .message = "utr_bank", .help = "The number of the bank transfer: NEFT, RTGS or IMPS"},
    {.name = "way", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 8,
     .message = "pay_way_off", .help = "upi or bank"},
    {0},
};
static const Param appeal_params[] = {
    TOKEN_PARAM,
    {.name = "appeal", .place = PARAM_FORM, .type = PARAM_LINES, .max_bytes = APPEAL_TYPED_BYTES,
     .message = "appeal_text", .help = "What the organisation should know"},
    {0},
};

extern const Route pay_routes[];
const Route pay_routes[] = {
    {.method = "GET", .path = "/pay/{token}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = pay_prepare, .apply = pay_order_load,
     .render = pay_order_fill, .page = "pay",
     .summary = "How to pay a fee, for whoever has the order's address"},
    {.method = "POST", .path = "/pay/{token}/claim", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = claim_params, .prepare = claim_prepare, .apply = claim_apply,
     .render = claim_render, .page = "pay", .summary = "Says that it was paid, with the UTR"},
    {.method = "POST", .path = "/pay/{token}/appeal", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = appeal_params, .prepare = appeal_prepare, .apply = appeal_apply,
     .render = typed_render, .page = "pay", .summary = "Appeals against a rejected claim"},
    {.method = "POST", .path = "/pay/{token}/demo", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_only, .prepare = pay_prepare, .apply = demo_apply, .render = demo_render,
     .page = "pay", .summary = "The pay button of a demo register"},
    {.method = "GET", .path = "/pay/{token}/qr.png", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = token_only, .prepare = pay_prepare, .apply = pay_order_load, .render = qr_render,
     .summary = "The UPI code as a picture to save"},
    {0},
};
