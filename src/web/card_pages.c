/* A member's card at its private address: the page, the picture for the phone, the PDF to print.
 * Whoever has the address sees what the card shows, and nothing more. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/card.h"
#include "domain/correction.h"
#include "domain/denial.h"
#include "domain/member_term.h"
#include "domain/fee_order.h"
#include "domain/member_guardian.h"
#include "domain/member_photo.h"
#include "domain/phone.h"
#include "domain/receipt_issued.h"
#include "render/card_pdf.h"
#include "render/card_png.h"
#include "render/messages.h"
#include "render/qr.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/card_tools.h"
#include "web/card_view.h"
#include "web/reason_words.h"
#include "web/route.h"

enum { FILE_BYTES_MAX = LIMIT_RESPONSE_BYTES, QR_BYTES_MAX = 1 << 16, RECEIPTS_SHOWN = 10 };

static Status card_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Card);
    return OK;
}

static Status card_read(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    TRY(card_by_token(ctx, request_text(rq, "token"), card));
    if (card->member.state == MEMBER_APPLIED) return fail(ctx, CONFLICT, NULL, "card_not_yet");
    MemberState state = card->member.state;
    bool shown = member_state_has_card(state) || state == MEMBER_ENDED ||
                 state == MEMBER_REJECTED || state == MEMBER_EXPIRED;
    if (!shown) return fail(ctx, NOT_FOUND, NULL, "card_ended");
    return OK;
}

/* Files of a card that is no more are no more. */
static Status file_read(Request *rq) {
    TRY(card_read(rq));
    Card *card = rq->state;
    if (!member_state_has_card(card->member.state))
        return fail(&rq->ctx, NOT_FOUND, NULL, "card_ended");
    return card_read_more(&rq->ctx, card);
}

typedef struct Shown {
    Card card; /* first: other handlers take the state for it */
    Correction correction;
    Guardian guardian;
    Text photo_off; /* why, or empty */
    ReceiptIssued receipts[RECEIPTS_SHOWN];
    int receipt_count;
    FeeOrder order; /* of a rejected one */
    bool renewal_claimed;
    bool denied; /* of a suspended one: because the member said so */
} Shown;

static Status page_prepare(Request *rq) {
    rq->state = ARENA_NEW(rq->ctx.arena, Shown);
    return OK;
}

/* The guardian, and in words what was added to the card: only to who proved the phone a moment ago,
 * for whoever has the address reads this page. */
static Status read_own(Request *rq, Shown *shown) {
    const Member *m = &shown->card.member;
    ActSession session;
    bool found;
    TRY(act_session_find(&rq->ctx, request_cookie(rq, card_act_cookie), m, &session, &found));
    if (!found || !session.open_until) return OK;
    TRY(member_optional_read(&rq->ctx, m, &shown->card.optional));
    return member_guardian_read(&rq->ctx, m, &shown->guardian);
}

static Status page_read(Request *rq) {
    Shown *shown = rq->state;
    bool found;
    TRY(card_read(rq));
    if (shown->card.member.state == MEMBER_REJECTED)
        return fee_order_of_member(&rq->ctx, shown->card.member.serial, &shown->order, &found);
    if (shown->card.member.state == MEMBER_EXPIRED) return OK;
    if (member_term_may_renew(&rq->ctx, &shown->card.member, &shown->card.kind))
        TRY(fee_order_renewal_claimed(&rq->ctx, shown->card.member.serial,
                                      &shown->renewal_claimed));
    TRY(card_read_photo(&rq->ctx, &shown->card));
    TRY(read_own(rq, shown));
    if (shown->card.member.state == MEMBER_SUSPENDED)
        TRY(denial_exists(&rq->ctx, &shown->card.member, &shown->denied));
    TRY(member_photo_off_reason(&rq->ctx, &shown->card.member, &shown->photo_off));
    TRY(receipt_issued_list(&rq->ctx, shown->card.member.serial, RECEIPTS_SHOWN, shown->receipts,
                            &shown->receipt_count));
    return correction_of_member(&rq->ctx, &shown->card.member, &shown->correction);
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

/* A membership that is over: when, and how to come back; nothing of the card. */
static Status over_page(Request *rq, const Card *card) {
    Ctx *ctx = &rq->ctx;
    rq->http_status = 410;
    view_bool(ctx->arena, rq->view, "over", true);
    view_text(ctx->arena, rq->view, "ended",
              card_view_day(ctx, card->member.ended_at, ctx->lang));
    return OK;
}

/* The fee was claimed and not found: why, where to mend it or to appeal; nothing of the card. */
static Status rejected_page(Request *rq, const FeeOrder *order) {
    Ctx *ctx = &rq->ctx;
    view_bool(ctx->arena, rq->view, "over", false);
    view_bool(ctx->arena, rq->view, "rejected", true);
    view_text(ctx->arena, rq->view, "reject_reason",
              reason_words(ctx->arena, ctx->lang, order->rejected_reason));
    view_text(ctx->arena, rq->view, "pay_path",
              arena_printf(ctx->arena, "/pay/%.*s", TEXT_ARG(fee_order_token(ctx, order->id))));
    return OK;
}

static void add_renewal(Request *rq, const Shown *shown) {
    Ctx *ctx = &rq->ctx;
    const Card *card = &shown->card;
    bool may = member_term_may_renew(ctx, &card->member, &card->kind);
    bool over = card->member.expires_at <= ctx->now_s;
    view_bool(ctx->arena, rq->view, "renew_soon", may && !over && !shown->renewal_claimed);
    view_bool(ctx->arena, rq->view, "renew_over", may && over && !shown->renewal_claimed);
    bool said = card->member.state == MEMBER_PROVISIONAL; /* what is checked, says its own note */
    view_bool(ctx->arena, rq->view, "renew_claimed", shown->renewal_claimed && !said);
}

/* What an act has just done, and what waits. */
static void add_notes(Request *rq, const Shown *shown) {
    Arena *arena = rq->ctx.arena;
    const Correction *correction = &shown->correction;
    Text done = request_text(rq, "done");
    view_bool(arena, rq->view, "done_moved", text_eq(done, T("moved")));
    view_bool(arena, rq->view, "done_issued", text_eq(done, T("issued")));
    view_bool(arena, rq->view, "done_named", text_eq(done, T("named")));
    view_bool(arena, rq->view, "done_renewed", text_eq(done, T("renewed")));
    view_bool(arena, rq->view, "done_photo", text_eq(done, T("photo")));
    view_bool(arena, rq->view, "done_photo_off", text_eq(done, T("photo-off")));
    view_bool(arena, rq->view, "done_added", text_eq(done, T("added")));
    view_bool(arena, rq->view, "done_asked", text_eq(done, T("asked")));
    bool asked = correction->state == CORRECTION_ASKED;
    view_text(arena, rq->view, "pending_name", asked ? correction->name : T(""));
    view_bool(arena, rq->view, "name_refused", correction_to_tell(&rq->ctx, correction));
    view_text(arena, rq->view, "photo_off", shown->photo_off);
}

/* With the phone's last digits alone. */
static void add_guardian(Request *rq, const Guardian *guardian) {
    Arena *arena = rq->ctx.arena;
    if (!guardian->name.len) return;
    View *shown = view_object(arena, rq->view, "guardian");
    view_text(arena, shown, "guardian_name", guardian->name);
    view_text(arena, shown, "guardian_phone", phone_masked(arena, guardian->e164));
}

static void add_optional(Request *rq, const MemberOptional *o) {
    Arena *arena = rq->ctx.arena;
    int64_t born;
    view_text(arena, rq->view, "relative", o->relative);
    if (clock_parse_day(o->birth_date, &born))
        view_text(arena, rq->view, "born", message_day(arena, rq->ctx.lang, born));
    view_text(arena, rq->view, "blood_group", o->blood_group);
    view_text(arena, rq->view, "emergency", o->emergency);
}

static void add_receipts(Request *rq, const Shown *shown) {
    Ctx *ctx = &rq->ctx;
    View *list = view_list(ctx->arena, rq->view, "receipts");
    for (int i = 0; i < shown->receipt_count; i++) {
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "day", card_view_day(ctx, shown->receipts[i].at, ctx->lang));
        view_text(ctx->arena, item, "n", arena_printf(ctx->arena, "%lld",
                                                      (long long)shown->receipts[i].sequence));
    }
}

static Status card_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Shown *shown = rq->state;
    Card *card = &shown->card;
    Lang lang = ctx->lang;
    if (card->member.state == MEMBER_EXPIRED) {
        request_redirect(rq, card_act_path(rq, "/renew"));
        return OK;
    }
    if (card->member.state == MEMBER_ENDED) return over_page(rq, card);
    if (card->member.state == MEMBER_REJECTED) return rejected_page(rq, &shown->order);
    add_notes(rq, shown);
    add_renewal(rq, shown);
    add_receipts(rq, shown);
    add_guardian(rq, &shown->guardian);
    add_optional(rq, &card->optional);
    TRY(card_tools_sign(rq->app->card_tools, ctx, card));
    view_bool(ctx->arena, rq->view, "fresh", request_bool(rq, "fresh"));
    view_bool(ctx->arena, rq->view, "provisional", card->member.state == MEMBER_PROVISIONAL);
    view_bool(ctx->arena, rq->view, "suspended", card->member.state == MEMBER_SUSPENDED);
    view_bool(ctx->arena, rq->view, "denied", shown->denied);
    view_bool(ctx->arena, rq->view, "phone_unconfirmed",
              text_eq(card->member.phone_proof, T("unconfirmed")));
    view_text(ctx->arena, rq->view, "card_path", card->page_path);
    view_bool(ctx->arena, rq->view, "has_photo", card->photo.len > 0);
    view_text(ctx->arena, rq->view, "name", card->member.name);
    view_text(ctx->arena, rq->view, "name_alt", card->member.name_alt);
    view_text(ctx->arena, rq->view, "number", card->number);
    view_text(ctx->arena, rq->view, "unit_name", card_view_place(ctx, card, lang));
    view_text(ctx->arena, rq->view, "kind_name", card_view_kind(card, lang));
    view_text(ctx->arena, rq->view, "rights", membership_kind_rights(&card->kind, lang));
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

typedef Status (*Draw)(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out);

static Status draw_front(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out) {
    return card_png_write(ctx, painter, face, CARD_FRONT, out);
}

static Status draw_back(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out) {
    return card_png_write(ctx, painter, face, CARD_BACK, out);
}

static Status draw_pdf(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out) {
    return card_pdf_write(ctx, painter, face, CARD_BOTH, out);
}

/* ending: of the file, when it is offered for saving. */
static Status answer_drawn(Request *rq, Draw draw, const char *type, const char *ending) {
    Ctx *ctx = &rq->ctx;
    Card *card = rq->state;
    CardFace face;
    Buffer out = buffer_in(ctx->arena, FILE_BYTES_MAX);
    TRY(card_tools_sign(rq->app->card_tools, ctx, card));
    card_view_face(ctx, card, &face);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = draw(ctx, painter, &face, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    request_answer_bytes(rq, type, buffer_text(&out), ending ? file_name(rq, card, ending) : NULL);
    return OK;
}

static Status card_png(Request *rq) {
    return answer_drawn(rq, card_png_phone, "image/png", ".png");
}

/* One side as a picture, for the page and its print. */
static Status card_front(Request *rq) { return answer_drawn(rq, draw_front, "image/png", NULL); }
static Status card_back(Request *rq) { return answer_drawn(rq, draw_back, "image/png", NULL); }

static Status card_pdf(Request *rq) {
    return answer_drawn(rq, draw_pdf, "application/pdf", ".pdf");
}

static const Param token_and_fresh[] = {
    CARD_TOKEN_PARAM,
    {.name = "fresh", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "Just joined"},
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "moved|issued|named|asked|renewed|photo|photo-off|added",
     .help = "What the member has just done"},
    {0},
};
static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};

extern const Route card_routes[];
const Route card_routes[] = {
    {.method = "GET",
     .path = "/card/{token}",
     .kind = ROUTE_READ,
     .face = FACE_PAGE,
     .params = token_and_fresh,
     .prepare = page_prepare,
     .apply = page_read,
     .render = card_page,
     .page = "card",
     .summary = "The card page of a member, at its private address"},
    {.method = "GET",
     .path = "/card/{token}/card.png",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = file_read,
     .render = card_png,
     .slow = true,
     .summary = "The card as a tall picture for a phone"},
    {.method = "GET",
     .path = "/card/{token}/card.pdf",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = file_read,
     .render = card_pdf,
     .slow = true,
     .summary = "The card as PDF, front and back"},
    {.method = "GET",
     .path = "/card/{token}/front.png",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = file_read,
     .render = card_front,
     .slow = true,
     .summary = "The front of the card, for the page"},
    {.method = "GET",
     .path = "/card/{token}/back.png",
     .kind = ROUTE_READ,
     .face = FACE_FILE,
     .params = token_only,
     .prepare = card_prepare,
     .apply = file_read,
     .render = card_back,
     .slow = true,
     .summary = "The back of the card, for the page"},
    {0},
};
