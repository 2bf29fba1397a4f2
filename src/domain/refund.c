/* See refund.h. */
#include "domain/refund.h"

#include "base/limits.h"
#include "domain/ledger.h"
#include "domain/reason.h"
#include "store/query.h"

static Query *about(Ctx *ctx, QueryId id, const Member *m) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return q;
}

static Status check_account(Ctx *ctx, Text from) {
    bool good = text_eq(from, T("bank")) || text_eq(from, T("gateway")) ||
                text_eq(from, T("cash:server"));
    return good ? OK : fail(ctx, INVALID, "from", "refund_account");
}

/* Every payment of the member goes back. */
static Status pay_back(Ctx *ctx, const Member *m, Text from, int64_t paise, Text reason) {
    TRY(ledger_check_cash(ctx, from, paise));
    Query *q = about(ctx, Q_PAYMENT_REFUND_INSERT, m);
    query_int(q, "at", ctx->now_s);
    TRY(query_run(q));
    TRY(query_run(about(ctx, Q_PAYMENT_SET_REFUNDED, m)));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return ledger_move(ctx, from, T("refunds"), paise, 0, "refund", subject, reason);
}

Status refund_member(Ctx *ctx, Member *m, Text from, Text reason, int64_t *ret_paise) {
    TRY(reason_check(ctx, &reason));
    TRY(check_account(ctx, from));
    if (!member_may_become(m->state, MEMBER_REFUNDED))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TRY(query_run_int(about(ctx, Q_PAYMENT_RECEIVED_SUM, m), ret_paise));
    if (!*ret_paise) return fail(ctx, CONFLICT, NULL, "refund_nothing");
    TRY(pay_back(ctx, m, from, *ret_paise, reason));
    return member_change_state(ctx, m, MEMBER_REFUNDED, text_trim(reason));
}

Status refund_due_add(Ctx *ctx, const Member *m, Text reason) {
    int64_t paise;
    TRY(query_run_int(about(ctx, Q_PAYMENT_RECEIVED_SUM, m), &paise));
    if (!paise) return OK;
    Query *q = about(ctx, Q_REFUND_DUE_PUT, m);
    query_int(q, "paise", paise);
    query_text(q, "reason", reason);
    query_int(q, "now", ctx->now_s);
    return query_run(q);
}

Status refund_due_list(Ctx *ctx, const RefundDue *after, RefundDue *ret, int max,
                       int *ret_count) {
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_REFUND_DUE_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "since", after ? after->since : INT64_MIN);
    query_int(q, "serial", after ? after->serial : -1);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        RefundDue *due = &ret[(*ret_count)++];
        *due = (RefundDue){.serial = query_column_int(q, 0), .paise = query_column_int(q, 1),
                           .reason = query_column_text(q, 2), .since = query_column_int(q, 3)};
        Number n = number_of_serial(&ctx->org->keys, ctx->org->code, due->serial);
        due->number = number_text_in(ctx->arena, &n);
    }
    return query_done(q);
}

/* Its proof is gone; an ended membership counts the same with and without. */
static Status forget_proof(Ctx *ctx, const Member *m) {
    Query *q = about(ctx, Q_MEMBER_SET_STATE, m);
    query_text(q, "state", member_state_text(m->state));
    query_text(q, "was", member_state_text(m->state));
    query_int_or_null(q, "confirmed_at", m->confirmed_at);
    query_int_or_null(q, "ended_at", m->ended_at);
    query_text(q, "fee_proof", T("refunded"));
    return query_run(q);
}

Status refund_due_settle(Ctx *ctx, int64_t serial, Text from, int64_t *ret_paise) {
    Member m;
    TRY(check_account(ctx, from));
    TRY(member_by_serial(ctx, serial, &m));
    Status status = query_run_int(about(ctx, Q_REFUND_DUE_READ, &m), ret_paise);
    if (status == NOT_FOUND) return fail(ctx, NOT_FOUND, NULL, "refund_not_due");
    TRY(status);
    if (member_state_has_card(m.state)) return fail(ctx, CONFLICT, NULL, "member_state_refused");
    Query *q = about(ctx, Q_REFUND_DUE_SETTLE, &m);
    query_int(q, "now", ctx->now_s);
    query_text(q, "from", from);
    TRY(query_run(q));
    TRY(forget_proof(ctx, &m));
    return pay_back(ctx, &m, from, *ret_paise, T("never joined"));
}
