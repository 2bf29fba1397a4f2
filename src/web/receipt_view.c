/* See receipt_view.h. */
#include "web/receipt_view.h"

#include "base/limits.h"
#include "render/amount_words.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_tools.h"
#include "web/card_view.h"

Text receipt_view_method(Text method, Lang lang) {
    static const char *const known[][2] = {
        {"cash", "receipt_by_cash"}, {"demo", "receipt_by_demo"}, {"gateway", "receipt_by_gateway"},
        {"upi", "receipt_by_upi"},   {"bank", "receipt_by_bank"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_eq(method, text_of(known[i][0]))) return message(lang, known[i][1]);
    return method;
}

static Lang other_than(Lang lang) { return lang == LANG_HI ? LANG_EN : LANG_HI; }

static ReceiptWords two(Text text, Text alt) {
    return (ReceiptWords){text, text_eq(text, alt) ? TEXT_NONE : alt};
}

static ReceiptWords words(const Ctx *ctx, const char *key) {
    return two(message(ctx->lang, key), message(other_than(ctx->lang), key));
}

static void add_row(const Ctx *ctx, ReceiptFace *face, const char *label, ReceiptWords value) {
    if (!value.text.len) return;
    face->rows[face->row_count].label = words(ctx, label);
    face->rows[face->row_count++].value = value;
}

static Text what_for(Ctx *ctx, const ReceiptIssued *r, Lang lang) {
    ErrorArg kind = {"kind", membership_kind_name(&r->kind, lang)};
    return message_with(ctx->arena, lang, "receipt_for", &kind, 1);
}

static void add_rows(Ctx *ctx, const ReceiptIssued *r, ReceiptFace *face) {
    Lang lang = ctx->lang, other = other_than(lang);
    add_row(ctx, face, "receipt_from", two(r->member.name, r->member.name_alt));
    add_row(ctx, face, "receipt_member",
            (ReceiptWords){.text = number_text_in(ctx->arena, &r->member.number)});
    add_row(ctx, face, "receipt_what", two(what_for(ctx, r, lang), what_for(ctx, r, other)));
    add_row(ctx, face, "receipt_amount", two(amount_words(ctx->arena, lang, r->paise),
                                             amount_words(ctx->arena, other, r->paise)));
    add_row(ctx, face, "receipt_way", two(receipt_view_method(r->method, lang),
                                          receipt_view_method(r->method, other)));
    add_row(ctx, face, "receipt_day", two(card_view_day(ctx, r->at, lang),
                                          card_view_day(ctx, r->at, other)));
    add_row(ctx, face, "receipt_taken_by", (ReceiptWords){.text = r->collector});
}

static Text host_note(Ctx *ctx, Lang lang) {
    ErrorArg host = {"host", ctx->org->host};
    return message_with(ctx->arena, lang, "receipt_note", &host, 1);
}

void receipt_view_face(Ctx *ctx, const ReceiptIssued *r, ReceiptFace *ret) {
    const Organisation *org = ctx->org;
    Lang lang = ctx->lang, other = other_than(lang);
    *ret = (ReceiptFace){
        .organisation = two(organisation_name(org, lang), organisation_name(org, other)),
        .title = words(ctx, "receipt_title"),
        .accent = card_view_accent(org->accent),
        .number = r->number,
        .amount = message_rupees(ctx->arena, r->paise),
        .check_url = r->check_url,
        .scan = words(ctx, "receipt_scan"),
        .note = two(host_note(ctx, lang), host_note(ctx, other)),
        .registration = card_view_registration(ctx),
        .address = org->address,
        .helpline = card_view_helpline(ctx),
    };
    if (r->state == RECEIPT_REFUNDED) ret->stamp = words(ctx, "receipt_stamp_refunded");
    add_rows(ctx, r, ret);
}

Status receipt_view_answer(Request *rq, ReceiptIssued *r) {
    ReceiptFace face;
    Buffer out = buffer_in(rq->ctx.arena, LIMIT_RESPONSE_BYTES);
    receipt_issued_sign(&rq->ctx, r);
    receipt_view_face(&rq->ctx, r, &face);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = receipt_pdf_write(&rq->ctx, painter, &face, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    Text code = text_slice(r->code, 0, text_find_byte(r->code, '-'));
    const char *name = arena_printf(rq->ctx.arena, "%.*s.pdf", TEXT_ARG(code)).ptr;
    request_answer_bytes(rq, "application/pdf", buffer_text(&out), name);
    return OK;
}
