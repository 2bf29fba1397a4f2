/* See payment_decision.h. */
#include "domain/payment_decision.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/reason.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static const char *const lists[PAYMENT_LIST_COUNT] = {"open", "kept", "returning", "refunded",
                                                     "seen"};

Text payment_decision_list_name(PaymentList list) { return text_of(lists[list]); }

static Query *begin_tally(Ctx *ctx, int list) {
    bool seen = list == PAYMENT_LIST_SEEN;
    Query *q = query_begin(ctx, seen ? Q_PAYMENT_IN_TALLY_SEEN : Q_PAYMENT_IN_TALLY);
    query_int(q, "org", ctx->org->id);
    if (!seen) query_text(q, "state", text_of(lists[list]));
    return q;
}

Status payment_decision_tally(Ctx *ctx, PaymentTally ret[PAYMENT_LIST_COUNT]) {
    TRY(treasury_scope_check(ctx));
    for (int i = 0; i < PAYMENT_LIST_COUNT; i++) {
        bool found;
        Query *q = begin_tally(ctx, i);
        TRY(query_row(q, &found));
        ret[i] = (PaymentTally){query_column_int(q, 0),
                                query_column_int(q, i == PAYMENT_LIST_REFUNDED ? 2 : 1)};
        TRY(query_done(q));
    }
    return OK;
}

Status payment_decision_count(Ctx *ctx, Text state, Text problem, int64_t *ret) {
    TRY(treasury_scope_check(ctx));
    Query *q = query_begin(ctx, Q_PAYMENT_IN_COUNT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "state", state);
    query_text(q, "problem", problem.len ? problem : T(""));
    return query_run_int(q, ret);
}

Status payment_decision_list(Ctx *ctx, Text state, Text problem, int64_t after, int max,
                             PaymentIn **ret, int *ret_count) {
    TRY(treasury_scope_check(ctx));
    if (text_eq(state, text_of(lists[PAYMENT_LIST_SEEN])))
        return payment_in_list(ctx, state, after, max, ret, ret_count);
    int64_t *ids = ARENA_ARRAY(ctx->arena, int64_t, max);
    *ret = ARENA_ARRAY(ctx->arena, PaymentIn, max);
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_PAYMENT_IN_LIST_PROBLEM);
    query_int(q, "org", ctx->org->id);
    query_text(q, "state", state);
    query_text(q, "problem", problem.len ? problem : T(""));
    query_int(q, "after", after);
    query_int(q, "max", max);
    TRY(query_run_ints(q, ids, max, ret_count));
    for (int i = 0; i < *ret_count; i++) TRY(payment_in_read(ctx, ids[i], &(*ret)[i]));
    return OK;
}

Status payment_decision_claims(Ctx *ctx, ClaimCursor after, int max, FeeOrder *ret,
                               int *ret_count) {
    TRY(treasury_scope_check(ctx));
    int64_t *ids = ARENA_ARRAY(ctx->arena, int64_t, max);
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIMED_PAGE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "claimed_at", after.claimed_at);
    query_int(q, "order", after.order_id);
    query_int(q, "max", max);
    TRY(query_run_ints(q, ids, max, ret_count));
    for (int i = 0; i < *ret_count; i++) TRY(fee_order_read(ctx, ids[i], &ret[i]));
    return OK;
}

Status payment_decision_claim_count(Ctx *ctx, int64_t *ret) {
    TRY(treasury_scope_check(ctx));
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIMED_COUNT);
    query_int(q, "org", ctx->org->id);
    return query_run_int(q, ret);
}

Status payment_decision_by_utr(Ctx *ctx, Text utr, int64_t ret_ids[2], int *ret_count) {
    *ret_count = 0;
    TRY(treasury_scope_check(ctx));
    if (!utr.len) return OK;
    Query *q = query_begin(ctx, Q_FEE_ORDER_BY_UTR);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", utr);
    return query_run_ints(q, ret_ids, 2, ret_count);
}

static Status record(Ctx *ctx, const char *action, const PaymentIn *p) {
    Text subject = arena_printf(ctx->arena, "payment:%lld", (long long)p->id);
    return audit_add(ctx, action, subject, p->reason);
}

static Status decide(Ctx *ctx, int64_t id, Text state, Text reason, const char *action,
                     PaymentIn *ret) {
    TRY(payment_in_to_decide(ctx, id, reason, ret));
    ret->state = state;
    TRY(payment_in_set(ctx, ret));
    return record(ctx, action, ret);
}

Status payment_decision_keep(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret) {
    return decide(ctx, id, T("kept"), reason, "payment.keep", ret);
}

Status payment_decision_return(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret) {
    return decide(ctx, id, T("returning"), reason, "payment.return", ret);
}

Status payment_decision_returned(Ctx *ctx, int64_t id, Text reference, PaymentIn *ret) {
    TRY(treasury_scope_check(ctx));
    reference = text_trim(reference);
    if (!reference.len || reference.len > PAYMENT_RETURNED_BY_BYTES)
        return fail(ctx, INVALID, "returned_by", "returned_by_form");
    TRY(payment_in_read(ctx, id, ret));
    if (!text_eq(ret->state, T("returning")))
        return fail(ctx, CONFLICT, NULL, "payment_not_returning");
    TRY(payment_in_refund(ctx, id, ret->reason, ret));
    ret->returned_by = reference;
    return payment_in_set(ctx, ret);
}

/* One transfer is one payment, whoever claims it. What is left of it is settled, not seen again. */
static Status check_unseen(Ctx *ctx, Text utr) {
    int64_t count;
    Query *q = query_begin(ctx, Q_PAYMENT_IN_COUNT_UTR);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", utr);
    TRY(query_run_int(q, &count));
    return count ? fail(ctx, CONFLICT, NULL, "payment_seen_already") : OK;
}

Status payment_decision_see(Ctx *ctx, FeeOrder *order, Text utr, int64_t paise, Text reason,
                            PaymentIn *ret) {
    bool is_new;
    TRY(treasury_scope_check(ctx));
    TRY(reason_check(ctx, &reason));
    if (order->state != FEE_ORDER_CLAIMED) return fail(ctx, CONFLICT, NULL, "order_not_claimed");
    TRY(check_unseen(ctx, utr));
    *ret = (PaymentIn){.source = T("bank"), .at = ctx->now_s, .amount_paise = paise, .utr = utr,
                       .external_id = arena_printf(ctx->arena, "seen:%lld:%.*s",
                                                   (long long)order->id, TEXT_ARG(utr)),
                       .reference = fee_order_reference(ctx, order->id)};
    TRY(payment_in_receive(ctx, ret, &is_new));
    ret->reason = text_trim(reason);
    ret->decided_at = ctx->now_s;
    TRY(payment_in_set(ctx, ret));
    return record(ctx, "payment.see", ret);
}
