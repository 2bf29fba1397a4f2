/* What the page of an order shows; see pay_order.h. */
#include "web/pay_order.h"

#include "base/clock.h"
#include "domain/upi.h"
#include "render/messages.h"
#include "render/qr.h"
#include "web/join_draft.h"
#include "web/reason_words.h"

void pay_order_prepare(Request *rq) {
    PayOrder *p = rq->state = ARENA_NEW(rq->ctx.arena, PayOrder);
    p->typed_utr = p->typed_bank_utr = p->typed_appeal = T("");
}

/* The address is shared with whoever pays: only who joined in this browser is led to the card. */
static Status find_draft(Request *rq, PayOrder *p) {
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

Status pay_order_load(Request *rq) {
    PayOrder *p = rq->state;
    TRY(fee_order_by_token(&rq->ctx, request_text(rq, "token"), &p->order));
    TRY(fee_order_standing(&rq->ctx, &p->order, &p->standing));
    p->together = FEE_ORDER_OPEN;
    if (p->order.joined_into) {
        FeeOrder together;
        TRY(fee_order_read(&rq->ctx, p->order.joined_into, &together));
        p->together = together.state;
    }
    TRY(appeal_of_order(&rq->ctx, p->order.id, &p->appeal, &p->appealed));
    TRY(pay_way_list(&rq->ctx, p->ways));
    return find_draft(rq, p);
}

static bool awaits(const FeeStanding *s) {
    return s->applied + s->provisional + s->rejected + s->renewing > 0;
}

/* What is still to be paid; all of it for a page that says that nothing is. */
static int64_t due_of(const PayOrder *p) {
    return p->standing.due_paise ? p->standing.due_paise : p->order.amount_paise;
}

Text pay_order_upi_link(Request *rq) {
    const PayOrder *p = rq->state;
    Ctx *ctx = &rq->ctx;
    const PayWay *upi = &p->ways[PAY_WAY_UPI];
    return upi_link(ctx->arena, upi->detail, upi->payee, due_of(p),
                    fee_order_reference(ctx, p->order.id), ctx->org->code);
}

static void add_appeal(Request *rq, const PayOrder *p) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    bool open = p->appealed && text_eq(p->appeal.state, T("open"));
    int64_t day = clock_day(p->appeal.at, ctx->org->zone_offset_s);
    view_text(arena, rq->view, "reject_reason",
              reason_words(arena, ctx->lang, p->order.rejected_reason));
    view_text(arena, rq->view, "appeal_day",
              open ? message_day(arena, ctx->lang, day) : T(""));
    view_text(arena, rq->view, "appeal_answer", p->appealed ? p->appeal.answer : T(""));
}

/* By the order that it was gathered into. */
static bool claimed_together(const PayOrder *p) {
    return p->order.state == FEE_ORDER_OPEN && p->together == FEE_ORDER_CLAIMED;
}

/* What the page is about: one of paid, over, rejected, claimed, or plainly open; the ways to pay
 * stand with whatever is neither paid nor claimed. */
static void add_standing(Request *rq, const PayOrder *p) {
    Arena *arena = rq->ctx.arena;
    const FeeStanding *s = &p->standing;
    bool paid = !awaits(s) && s->confirmed > 0, over = !awaits(s) && !paid;
    bool claimed = p->order.state == FEE_ORDER_CLAIMED || claimed_together(p);
    bool rejected = s->rejected > 0;
    view_bool(arena, rq->view, "paid", paid);
    view_bool(arena, rq->view, "over", over);
    view_bool(arena, rq->view, "settled", paid || over);
    view_bool(arena, rq->view, "checking", awaits(s) && claimed);
    view_bool(arena, rq->view, "asks", awaits(s) && !claimed);
    view_bool(arena, rq->view, "rejected", rejected);
    view_bool(arena, rq->view, "claimed", awaits(s) && claimed && !rejected && !s->renewing);
    view_bool(arena, rq->view, "renewal_claimed", claimed && s->renewing > 0);
    view_bool(arena, rq->view, "renewal_rejected",
              awaits(s) && !claimed && s->renewing > 0 && p->order.rejected_at);
    view_bool(arena, rq->view, "claimed_again", awaits(s) && claimed && rejected);
    view_bool(arena, rq->view, "open", awaits(s) && !claimed);
    view_bool(arena, rq->view, "has_card",
              paid || s->provisional > 0 || (claimed && s->renewing > 0));
    view_bool(arena, rq->view, "partly", awaits(s) && p->order.received_paise > 0);
    add_appeal(rq, p);
}

static Status add_qr(Request *rq, const char *name, Text link, const char *title) {
    Ctx *ctx = &rq->ctx;
    QrCode *code = ARENA_NEW(ctx->arena, QrCode);
    if (!qr_make(link, code)) return fail_io(ctx, "card_not_drawn", "a link is too long");
    Buffer out = buffer_in(ctx->arena, 64 << 10);
    qr_svg(&out, code, message(ctx->lang, title));
    view_html(ctx->arena, rq->view, name, buffer_text(&out));
    return OK;
}

/* Leads who collects, and is signed in, to taking cash for it. */
static Status add_cash(Request *rq, const PayOrder *p) {
    Ctx *ctx = &rq->ctx;
    view_bool(ctx->arena, rq->view, "way_cash", p->ways[PAY_WAY_CASH].is_on);
    if (!p->ways[PAY_WAY_CASH].is_on) {
        view_html(ctx->arena, rq->view, "cash_qr", T(""));
        return OK;
    }
    Text reference = fee_order_reference(ctx, p->order.id);
    return add_qr(rq, "cash_qr",
                  arena_printf(ctx->arena, "%.*s/desk/cash/%.*s", TEXT_ARG(ctx->org->base_url),
                               TEXT_ARG(reference)),
                  "pay_cash_qr");
}

static Status add_upi(Request *rq, const PayOrder *p) {
    Ctx *ctx = &rq->ctx;
    Text link = pay_order_upi_link(rq);
    TRY(add_qr(rq, "upi_qr", link, "pay_qr_title"));
    view_text(ctx->arena, rq->view, "upi_link", link);
    view_text(ctx->arena, rq->view, "upi_vpa", p->ways[PAY_WAY_UPI].detail);
    view_text(ctx->arena, rq->view, "upi_payee", p->ways[PAY_WAY_UPI].payee);
    return OK;
}

/* As apps of banks take it: "1150" or "1150.50". */
static Text amount_typed(Arena *arena, int64_t paise) {
    if (paise % 100 == 0) return arena_printf(arena, "%lld", (long long)paise / 100);
    return arena_printf(arena, "%lld.%02d", (long long)paise / 100, (int)(paise % 100));
}

static void add_order(Request *rq, const PayOrder *p) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    const FeeOrder *o = &p->order;
    Text path = arena_printf(arena, "/pay/%.*s", TEXT_ARG(fee_order_token(ctx, o->id)));
    view_text(arena, rq->view, "fee", message_rupees(arena, due_of(p)));
    view_text(arena, rq->view, "amount", amount_typed(arena, due_of(p)));
    view_text(arena, rq->view, "people", message_number(arena, o->people));
    view_bool(arena, rq->view, "several", o->people > 1);
    view_text(arena, rq->view, "received", message_rupees(arena, o->received_paise));
    view_text(arena, rq->view, "reference", fee_order_reference(ctx, o->id));
    view_text(arena, rq->view, "pay_path", path);
    view_text(arena, rq->view, "pay_token", fee_order_token(ctx, o->id));
    view_text(arena, rq->view, "together_path",
              o->joined_into ? arena_printf(arena, "/pay/%.*s",
                                            TEXT_ARG(fee_order_token(ctx, o->joined_into)))
                             : T(""));
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

Status pay_order_fill(Request *rq) {
    const PayOrder *p = rq->state;
    Arena *arena = rq->ctx.arena;
    bool upi = p->ways[PAY_WAY_UPI].is_on, bank = p->ways[PAY_WAY_BANK].is_on;
    add_order(rq, p);
    add_standing(rq, p);
    view_bool(arena, rq->view, "way_demo", p->ways[PAY_WAY_DEMO].is_on);
    view_bool(arena, rq->view, "way_upi", upi);
    view_bool(arena, rq->view, "way_bank", bank);
    view_bool(arena, rq->view, "may_claim", (upi || bank) && !claimed_together(p));
    add_account(rq, &p->ways[PAY_WAY_BANK]);
    const PayWay *gateway = &p->ways[PAY_WAY_RAZORPAY];
    bool online = pay_way_has_links(gateway);
    view_bool(arena, rq->view, "way_online", online);
    view_text(arena, rq->view, "gateway_page",
              gateway->is_on && !online ? gateway->detail : T(""));
    view_text(arena, rq->view, "typed_utr", p->typed_utr);
    view_text(arena, rq->view, "typed_bank_utr", p->typed_bank_utr);
    view_text(arena, rq->view, "typed_appeal", p->typed_appeal);
    TRY(add_cash(rq, p));
    if (upi) return add_upi(rq, p);
    view_text(arena, rq->view, "upi_link", T(""));
    view_text(arena, rq->view, "upi_vpa", T(""));
    view_html(arena, rq->view, "upi_qr", T(""));
    return OK;
}
