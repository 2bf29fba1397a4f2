/* Paying a fee, at the order's own unguessable address: by the organisation's UPI address or bank
 * account and the number typed in afterwards, by a gateway's page, or (demo) by a button. Whoever
 * has the address may pay, and learns of nobody: the page shows the amount and how many people. */
#include <cairo.h>

#include "domain/pay_way.h"
#include "domain/upi.h"
#include "render/messages.h"
#include "render/qr.h"
#include "web/app.h"
#include "web/join_draft.h"
#include "web/problem.h"
#include "web/route.h"
#include "web/webhook.h"

enum { QR_MODULE_PIXELS = 8, QR_PNG_BYTES_MAX = 1 << 20, UTR_TYPED_BYTES = 80 };

typedef struct Paying {
    FeeOrder order;
    bool own_draft; /* the reader is joining with it: the cookie says so */
    PayWay ways[PAY_WAY_COUNT];
} Paying;

static Status pay_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Paying);
    return OK;
}

/* The address is shared with whoever pays: only who joined in this browser is led to the card. */
static Status find_draft(Request *rq, Paying *p) {
    Application draft;
    Text secret = request_cookie(rq, join_draft_cookie);
    p->own_draft = false;
    if (!secret.len) return OK;
    Status status = application_load(&rq->ctx, secret, &draft);
    if (status == NOT_FOUND) {
        ctx_forget_errors(&rq->ctx);
        return OK;
    }
    TRY(status);
    if (draft.step < APPLICATION_PAY) return OK;
    for (int i = 0; i < p->order.people; i++)
        p->own_draft = p->own_draft || p->order.serials[i] == draft.serial;
    return OK;
}

static Status pay_load(Request *rq) {
    Paying *p = rq->state;
    TRY(fee_order_by_token(&rq->ctx, request_text(rq, "token"), &p->order));
    TRY(pay_way_list(&rq->ctx, p->ways));
    return find_draft(rq, p);
}

/* What is still to be paid; all of it for a page that says that nothing is. */
static int64_t due_of(const FeeOrder *order) {
    int64_t due = order->amount_paise - order->received_paise;
    return due > 0 ? due : order->amount_paise;
}

static Text link_of(Request *rq, const Paying *p) {
    Ctx *ctx = &rq->ctx;
    const PayWay *upi = &p->ways[PAY_WAY_UPI];
    return upi_link(ctx->arena, upi->detail, upi->payee, due_of(&p->order),
                    fee_order_reference(ctx, p->order.id), ctx->org->code);
}

static Status add_upi(Request *rq, const Paying *p) {
    Ctx *ctx = &rq->ctx;
    Text link = link_of(rq, p);
    QrCode *code = ARENA_NEW(ctx->arena, QrCode);
    if (!qr_make(link, code)) return fail_io(ctx, "card_not_drawn", "a UPI link is too long");
    Buffer out = buffer_in(ctx->arena, 64 << 10);
    qr_svg(&out, code, message(ctx->lang, "pay_qr_title"));
    view_html(ctx->arena, rq->view, "upi_qr", buffer_text(&out));
    view_text(ctx->arena, rq->view, "upi_link", link);
    view_text(ctx->arena, rq->view, "upi_vpa", p->ways[PAY_WAY_UPI].detail);
    return OK;
}

static void add_order(Request *rq, const Paying *p) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    const FeeOrder *o = &p->order;
    Text path = arena_printf(arena, "/pay/%.*s", TEXT_ARG(fee_order_token(ctx, o->id)));
    view_text(arena, rq->view, "fee", message_rupees(arena, due_of(o)));
    view_text(arena, rq->view, "people", message_number(arena, o->people));
    view_bool(arena, rq->view, "several", o->people > 1);
    view_bool(arena, rq->view, "open", o->state == FEE_ORDER_OPEN);
    view_bool(arena, rq->view, "claimed", o->state == FEE_ORDER_CLAIMED);
    view_bool(arena, rq->view, "paid", o->state == FEE_ORDER_PAID);
    view_bool(arena, rq->view, "partly", o->state != FEE_ORDER_PAID && o->received_paise > 0);
    view_text(arena, rq->view, "received", message_rupees(arena, o->received_paise));
    view_text(arena, rq->view, "reference", fee_order_reference(ctx, o->id));
    view_text(arena, rq->view, "pay_path", path);
    view_text(arena, rq->view, "pay_url",
              arena_printf(arena, "%.*s%.*s", TEXT_ARG(ctx->org->base_url), TEXT_ARG(path)));
    view_bool(arena, rq->view, "own_draft", p->own_draft);
}

static void add_account(Request *rq, const PayWay *way) {
    Arena *arena = rq->ctx.arena;
    bool lines = way->bank.number.len > 0;
    view_text(arena, rq->view, "account_text", lines ? T("") : way->detail);
    if (!lines) return;
    View *bank = view_object(arena, rq->view, "bank");
    view_text(arena, bank, "holder", way->bank.holder);
    view_text(arena, bank, "number", way->bank.number);
    view_text(arena, bank, "ifsc", way->bank.ifsc);
    view_text(arena, bank, "bank", way->bank.bank);
}

static Status fill(Request *rq) {
    const Paying *p = rq->state;
    Arena *arena = rq->ctx.arena;
    bool upi = p->ways[PAY_WAY_UPI].is_on, bank = p->ways[PAY_WAY_BANK].is_on;
    add_order(rq, p);
    view_bool(arena, rq->view, "way_demo", p->ways[PAY_WAY_DEMO].is_on);
    view_bool(arena, rq->view, "way_upi", upi);
    view_bool(arena, rq->view, "way_bank", bank);
    view_bool(arena, rq->view, "way_cash", p->ways[PAY_WAY_CASH].is_on);
    view_bool(arena, rq->view, "may_claim", upi || bank);
    view_bool(arena, rq->view, "both", upi && bank);
    view_text(arena, rq->view, "only_way", upi ? T("upi") : T("bank"));
    add_account(rq, &p->ways[PAY_WAY_BANK]);
    const PayWay *gateway = &p->ways[PAY_WAY_RAZORPAY];
    bool online = pay_way_has_links(gateway);
    view_bool(arena, rq->view, "way_online", online);
    view_text(arena, rq->view, "gateway_page",
              gateway->is_on && !online ? gateway->detail : T(""));
    view_text(arena, rq->view, "typed_utr", rq->route->params[1].name ? request_text(rq, "utr")
                                                                      : T(""));
    if (upi) return add_upi(rq, p);
    view_text(arena, rq->view, "upi_link", T(""));
    view_text(arena, rq->view, "upi_vpa", T(""));
    view_html(arena, rq->view, "upi_qr", T(""));
    return OK;
}

static Text page_path(Request *rq) {
    return arena_printf(rq->ctx.arena, "/pay/%.*s", TEXT_ARG(request_text(rq, "token")));
}

/* A wrong UTR leaves all as it was; the page says so beside the field. */
static Status claim_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Paying *p = rq->state;
    Text utr, way = request_text(rq, "way");
    TRY(pay_load(rq));
    if (fee_order_utr(ctx, request_text(rq, "utr"), &utr) != OK) return OK;
    bool bank = text_eq(way, T("bank")) || !p->ways[PAY_WAY_UPI].is_on;
    if (!p->ways[bank ? PAY_WAY_BANK : PAY_WAY_UPI].is_on)
        return fail(ctx, CONFLICT, NULL, "pay_way_off");
    return fee_order_claim(ctx, &p->order, bank ? T("bank") : T("upi"), utr);
}

static Status claim_render(Request *rq) {
    if (rq->ctx.error_count) {
        rq->http_status = problem_http_status(rq->ctx.errors[0].status);
        return fill(rq);
    }
    request_redirect(rq, page_path(rq));
    return OK;
}

static Status demo_apply(Request *rq) {
    Paying *p = rq->state;
    Webhook hook;
    TRY(pay_load(rq));
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
    const Paying *p = rq->state;
    QrCode *code = ARENA_NEW(ctx->arena, QrCode);
    if (!p->ways[PAY_WAY_UPI].is_on) return fail(ctx, NOT_FOUND, NULL, "pay_way_off");
    if (!qr_make(link_of(rq, p), code)) return fail_io(ctx, "card_not_drawn", "a UPI link");
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
    {.name = "way", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 8,
     .message = "pay_way_off", .help = "upi or bank"},
    {0},
};

extern const Route pay_routes[];
const Route pay_routes[] = {
    {.method = "GET", .path = "/pay/{token}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = pay_prepare, .apply = pay_load, .render = fill,
     .page = "pay", .summary = "How to pay a fee, for whoever has the order's address"},
    {.method = "POST", .path = "/pay/{token}/claim", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = claim_params, .prepare = pay_prepare, .apply = claim_apply,
     .render = claim_render, .page = "pay", .summary = "Says that it was paid, with the UTR"},
    {.method = "POST", .path = "/pay/{token}/demo", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_only, .prepare = pay_prepare, .apply = demo_apply, .render = demo_render,
     .page = "pay", .summary = "The pay button of a demo register"},
    {.method = "GET", .path = "/pay/{token}/qr.png", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = token_only, .prepare = pay_prepare, .apply = pay_load, .render = qr_render,
     .summary = "The UPI code as a picture to save"},
    {0},
};
