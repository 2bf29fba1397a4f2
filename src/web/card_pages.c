/* A member's card at its private address: the page, the picture for the phone, the PDF to print.
 * Whoever has the address sees what the card shows, and nothing more. */
#include "base/limits.h"
#include "domain/card.h"
#include "render/card_pdf.h"
#include "render/card_png.h"
#include "render/messages.h"
#include "render/qr.h"
#include "web/app.h"
#include "web/card_tools.h"
#include "web/card_view.h"
#include "web/route.h"

enum { FILE_BYTES_MAX = LIMIT_RESPONSE_BYTES, QR_BYTES_MAX = 1 << 16 };

static Status card_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Card);
    return OK;
}

static Status card_read(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    TRY(card_by_token(ctx, request_text(rq, "token"), card));
    if (card->member.state == MEMBER_APPLIED) return fail(ctx, CONFLICT, NULL, "card_not_yet");
    if (!member_state_has_card(card->member.state))
        return fail(ctx, NOT_FOUND, NULL, "card_ended");
    return OK;
}

static Status add_qr(Request *rq, const Card *card) {
    Ctx *ctx = &rq->ctx;
    QrCode *code = ARENA_NEW(ctx->arena, QrCode);
    if (!qr_make(card->check_url, code))
        return fail_io(ctx, "card_not_drawn", "check address too long for a QR code");
    Buffer out = buffer_in(ctx->arena, QR_BYTES_MAX);
    qr_svg(&out, code, message(ctx->lang, "card_qr_title"));
    view_html(ctx->arena, rq->view, "qr", buffer_text(&out));
    return OK;
}

static Status card_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    Lang lang = ctx->lang;
    TRY(card_tools_sign(rq->app->card_tools, ctx, card));
    view_bool(ctx->arena, rq->view, "fresh", request_bool(rq, "fresh"));
    view_bool(ctx->arena, rq->view, "provisional", card->member.state == MEMBER_PROVISIONAL);
    view_bool(ctx->arena, rq->view, "suspended", card->member.state == MEMBER_SUSPENDED);
    view_text(ctx->arena, rq->view, "card_path", card->page_path);
    view_text(ctx->arena, rq->view, "name", card->member.name);
    view_text(ctx->arena, rq->view, "name_alt", card->member.name_alt);
    view_text(ctx->arena, rq->view, "number", card->number);
    view_text(ctx->arena, rq->view, "unit_name", card_view_place(ctx, card, lang));
    view_text(ctx->arena, rq->view, "kind_name", card_view_kind(card, lang));
    view_text(ctx->arena, rq->view, "since", card_view_day(ctx, card->member.joined_at, lang));
    view_text(ctx->arena, rq->view, "valid_until", card_view_valid_until(ctx, card, lang));
    view_text(ctx->arena, rq->view, "check_code", card->check_code);
    View *posts = view_list(ctx->arena, rq->view, "posts");
    for (int i = 0; i < card->post_count; i++)
        view_item_text(ctx->arena, posts, lang == LANG_HI ? card->post_hi[i] : card->post_en[i]);
    return add_qr(rq, card);
}

/* The file's name is the card's number. */
static const char *file_name(Request *rq, const Card *card, const char *ending) {
    return arena_printf(rq->ctx.arena, "%.*s%s", TEXT_ARG(card->number), ending).ptr;
}

static Status card_png(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    CardFace face;
    Buffer out = buffer_in(ctx->arena, FILE_BYTES_MAX);
    TRY(card_tools_sign(rq->app->card_tools, ctx, card));
    card_view_face(ctx, card, &face);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = card_png_phone(ctx, painter, &face, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    request_answer_bytes(rq, "image/png", buffer_text(&out), file_name(rq, card, ".png"));
    return OK;
}

static Status card_pdf(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    CardFace face;
    Buffer out = buffer_in(ctx->arena, FILE_BYTES_MAX);
    TRY(card_tools_sign(rq->app->card_tools, ctx, card));
    card_view_face(ctx, card, &face);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = card_pdf_write(ctx, painter, &face, CARD_BOTH, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    request_answer_bytes(rq, "application/pdf", buffer_text(&out), file_name(rq, card, ".pdf"));
    return OK;
}

#define TOKEN_PARAM                                                                                \
    {                                                                                              \
        .name = "token", .place = PARAM_PATH, .type = PARAM_SECRET, .required = true,              \
        .max_bytes = 64, .message = "card_page_gone",                                              \
        .help = "The secret part of the card page's address"                                       \
    }
static const Param token_and_fresh[] = {
    TOKEN_PARAM,
    {.name = "fresh", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "Just joined"},
    {0},
};
static const Param token_only[] = {TOKEN_PARAM, {0}};

extern const Route card_routes[];
const Route card_routes[] = {
    {.method = "GET",
     .path = "/card/{token}",
     .kind = ROUTE_READ,
     .face = FACE_PAGE,
     .params = token_and_fresh,
     .prepare = card_prepare,
     .apply = card_read,
     .render = card_page,
     .page = "card",
     .summary = "The card page of a member, at its private address"},
    {.method = "GET",
     .path = "/card/{token}/card.png",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = card_read,
     .render = card_png,
     .summary = "The card as a tall picture for a phone"},
    {.method = "GET",
     .path = "/card/{token}/card.pdf",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = card_read,
     .render = card_pdf,
     .summary = "The card as PDF, front and back"},
    {0},
};
