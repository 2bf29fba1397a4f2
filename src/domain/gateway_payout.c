/* See gateway_payout.h. */
#include "domain/gateway_payout.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/treasury_scope.h"

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '@';
}

static bool has_word(Text text, Text word) {
    for (size_t i = 0; i + word.len <= text.len; i++) {
        if (!text_eq_ignoring_case(text_slice(text, i, word.len), word)) continue;
        bool begins = i == 0 || !is_word_byte(text.ptr[i - 1]);
        bool ends = i + word.len == text.len || !is_word_byte(text.ptr[i + word.len]);
        if (begins && ends) return true;
    }
    return false;
}

bool gateway_payout_is(Text narration, Text payer) {
    return has_word(narration, T("razorpay")) || has_word(payer, T("razorpay"));
}

static Status check_lies_there(Ctx *ctx, int64_t paise) {
    int64_t have;
    TRY(ledger_balance(ctx, T("gateway"), INT64_MAX, &have));
    if (paise <= have) return OK;
    (void)fail(ctx, CONFLICT, "amount", "payout_too_much");
    fail_arg_paise(ctx, "have", have);
    return CONFLICT;
}

static Status post(Ctx *ctx, const PaymentIn *p, int64_t charges) {
    LedgerEntry e = {.kind = T("payout"), .count = 2,
                     .subject = arena_printf(ctx->arena, "payment:%lld", (long long)p->id),
                     .lines = {{T("suspense"), p->left_paise},
                               {T("gateway"), -p->left_paise - charges}}};
    if (charges) e.lines[e.count++] = (LedgerLine){T("gateway-charges"), charges};
    return ledger_post(ctx, &e);
}

static Status settle(Ctx *ctx, int64_t id, int64_t charges, PaymentIn *ret) {
    TRY(payment_in_read(ctx, id, ret));
    if (charges < 0 || charges > LIMIT_FEE_PAISE_MAX)
        return fail(ctx, INVALID, "charges", "payout_charges");
    if (!ret->left_paise) return fail(ctx, CONFLICT, NULL, "payment_settled");
    if (!text_eq(ret->source, T("bank"))) return fail(ctx, CONFLICT, NULL, "payout_not_bank");
    TRY(check_lies_there(ctx, ret->left_paise + charges));
    TRY(post(ctx, ret, charges));
    ret->left_paise = 0;
    ret->state = T("settled");
    ret->problem = T("");
    ret->reason = T("gateway payout");
    ret->decided_at = ctx->now_s;
    TRY(payment_in_set(ctx, ret));
    Text subject = arena_printf(ctx->arena, "payment:%lld", (long long)id);
    return audit_add(ctx, "payment.payout", subject, T(""));
}

Status gateway_payout_settle(Ctx *ctx, int64_t id, int64_t charges, PaymentIn *ret) {
    TRY(treasury_scope_check(ctx));
    return settle(ctx, id, charges, ret);
}

Status gateway_payout_receive(Ctx *ctx, PaymentIn *p, bool *ret_new) {
    int64_t have;
    TRY(payment_in_receive(ctx, p, ret_new));
    if (!*ret_new) return OK;
    TRY(ledger_balance(ctx, T("gateway"), INT64_MAX, &have));
    return p->left_paise == p->amount_paise && have >= p->left_paise
               ? settle(ctx, p->id, 0, p)
               : OK;
}

Status gateway_payout_charge(Ctx *ctx, int64_t paise, Text note) {
    TRY(treasury_scope_check(ctx));
    if (paise <= 0 || paise > LIMIT_FEE_PAISE_MAX)
        return fail(ctx, INVALID, "charges", "payout_charges");
    if (note.len > LIMIT_REASON_BYTES) return fail(ctx, INVALID, "note", "reason_form");
    TRY(check_lies_there(ctx, paise));
    TRY(ledger_move(ctx, T("gateway"), T("gateway-charges"), paise, 0, "charges", T(""), note));
    return audit_add(ctx, "gateway.charges", T(""), note.ptr ? note : T(""));
}
