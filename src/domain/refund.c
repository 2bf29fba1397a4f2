/* See refund.h. */
#include "domain/refund.h"

#include "base/limits.h"
#include "domain/ledger.h"
#include "store/query.h"

static Query *about(Ctx *ctx, QueryId id, const Member *m) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return q;
}

Status refund_member(Ctx *ctx, Member *m, Text from, Text reason, int64_t *ret_paise) {
    if (!text_trim(reason).len || reason.len > LIMIT_REASON_BYTES)
        return fail(ctx, INVALID, "reason", "reason_form");
    if (!text_eq(from, T("bank")) && !text_eq(from, T("gateway")) &&
        !text_eq(from, T("cash:server")))
        return fail(ctx, INVALID, "from", "refund_account");
    if (!member_may_become(m->state, MEMBER_REFUNDED))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TRY(query_run_int(about(ctx, Q_PAYMENT_RECEIVED_SUM, m), ret_paise));
    if (!*ret_paise) return fail(ctx, CONFLICT, NULL, "refund_nothing");
    TRY(query_run(about(ctx, Q_PAYMENT_SET_REFUNDED, m)));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    TRY(ledger_move(ctx, from, T("refunds"), *ret_paise, 0, "refund", subject,
                    text_trim(reason)));
    return member_change_state(ctx, m, MEMBER_REFUNDED, text_trim(reason));
}
