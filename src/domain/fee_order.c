/* Orders for fees; see fee_order.h. */
#include "domain/fee_order.h"

#include "domain/audit.h"
#include "domain/claim_notice.h"
#include "domain/code_address.h"
#include "domain/member_term.h"
#include "domain/oddity_look.h"
#include "domain/payment_in.h"
#include "domain/statement_utr.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static const char *const states[FEE_ORDER_STATE_COUNT] = {
    [FEE_ORDER_OPEN] = "open",
    [FEE_ORDER_CLAIMED] = "claimed",
    [FEE_ORDER_PAID] = "paid",
};

Text fee_order_state_text(FeeOrderState state) { return text_of(states[state]); }

static Status fee_of(Ctx *ctx, int64_t serial, int64_t *ret_paise) {
    Member member;
    MembershipKind kind;
    TRY(member_by_serial(ctx, serial, &member));
    if (!member_awaits_fee(&member)) return fail(ctx, CONFLICT, NULL, "fee_order_nothing");
    TRY(membership_kind_read(ctx, member.kind, &kind));
    *ret_paise = kind.fee_paise;
    return OK;
}

Status fee_order_is_due(Ctx *ctx, const FeeOrder *o, int i, const Member *m, bool *ret) {
    *ret = false;
    if (!o->renews[i]) {
        *ret = member_awaits_fee(m);
        return OK;
    }
    if (o->renewed_at[i] || !member_term_goes_on(m) || !m->expires_at) return OK;
    MembershipKind kind;
    TRY(membership_kind_read(ctx, m->kind, &kind));
    *ret = kind.term_days > 0;
    return OK;
}

Status fee_order_renew(Ctx *ctx, FeeOrder *o, int i, Member *m) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_MEMBER_RENEWED);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", o->id);
    query_int(q, "serial", m->serial);
    query_int(q, "at", ctx->now_s);
    bool changed;
    TRY(query_run_changed(q, &changed));
    if (!changed) return fail(ctx, CONFLICT, NULL, "order_changed_meanwhile");
    o->renewed_at[i] = ctx->now_s;
    return member_term_renew(ctx, m);
}

Status fee_order_renewal_claimed(Ctx *ctx, int64_t serial, bool *ret) {
    int64_t count;
    Query *q = query_begin(ctx, Q_FEE_ORDER_CLAIMED_RENEWAL);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    TRY(query_run_int(q, &count));
    *ret = count > 0;
    return OK;
}

static bool has_double(const int64_t *serials, int count) {
    for (int i = 0; i < count; i++)
        for (int j = 0; j < i; j++)
            if (serials[i] == serials[j]) return true;
    return false;
}

static Status insert(Ctx *ctx, const FeeOrder *o) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", o->id);
    query_int(q, "amount_paise", o->amount_paise);
    query_int(q, "at", o->created_at);
    TRY(query_run(q));
    for (int i = 0; i < o->people; i++) {
        q = query_begin(ctx, Q_FEE_ORDER_MEMBER_INSERT);
        query_int(q, "org", ctx->org->id);
        query_int(q, "order", o->id);
        query_int(q, "serial", o->serials[i]);
        query_int(q, "fee_paise", o->fees[i]);
        query_text(q, "purpose", o->renews[i] ? T("renew") : T("join"));
        TRY(query_run(q));
    }
    return OK;
}

static Status number_and_insert(Ctx *ctx, FeeOrder *o) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &o->id));
    return insert(ctx, o);
}

Status fee_order_create(Ctx *ctx, const int64_t *serials, int count, FeeOrder *ret) {
    if (count < 1 || count > FEE_ORDER_PEOPLE_MAX || has_double(serials, count)) {
        (void)fail(ctx, INVALID, "people", "fee_order_people");
        fail_arg_int(ctx, "max", FEE_ORDER_PEOPLE_MAX);
        return INVALID;
    }
    *ret = (FeeOrder){.way = T(""), .utr = T(""), .gateway_order = T(""),
                      .rejected_reason = T(""), .created_at = ctx->now_s, .people = count};
    for (int i = 0; i < count; i++) {
        ret->serials[i] = serials[i];
        TRY(fee_of(ctx, serials[i], &ret->fees[i]));
        ret->amount_paise += ret->fees[i];
    }
    return number_and_insert(ctx, ret);
}

Status fee_order_make(Ctx *ctx, FeeOrder *o) {
    if (o->people < 1 || has_double(o->serials, o->people))
        return fail(ctx, INVALID, "people", "fee_order_people");
    o->way = o->utr = o->gateway_order = o->rejected_reason = T("");
    o->state = FEE_ORDER_OPEN;
    o->created_at = ctx->now_s;
    o->amount_paise = 0;
    for (int i = 0; i < o->people; i++) o->amount_paise += o->fees[i];
    return number_and_insert(ctx, o);
}

static Status read_people(Ctx *ctx, FeeOrder *o) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_MEMBERS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", o->id);
    while (o->people < FEE_ORDER_PEOPLE_MAX) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        o->serials[o->people] = query_column_int(q, 0);
        o->fees[o->people] = query_column_int(q, 1);
        o->renews[o->people] = text_eq(query_column_text(q, 2), T("renew"));
        o->renewed_at[o->people++] = query_column_int(q, 3);
    }
    return query_done(q);
}

Status fee_order_read(Ctx *ctx, int64_t id, FeeOrder *ret) {
    *ret = (FeeOrder){.id = id};
    Query *q = query_begin(ctx, Q_FEE_ORDER_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", id);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        Text state = query_column_text(q, 1);
        for (int i = 0; i < FEE_ORDER_STATE_COUNT; i++)
            if (text_eq(state, text_of(states[i]))) ret->state = (FeeOrderState)i;
        ret->amount_paise = query_column_int(q, 2);
        ret->way = query_column_text(q, 3);
        ret->utr = query_column_text(q, 4);
        ret->gateway_order = query_column_text(q, 5);
        ret->created_at = query_column_int(q, 6);
        ret->claimed_at = query_column_int(q, 7);
        ret->ended_at = query_column_int(q, 8);
        ret->rejected_reason = query_column_text(q, 9);
        ret->rejected_at = query_column_int(q, 10);
        ret->joined_into = query_column_int(q, 11);
    }
    TRY(query_done(q));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "order_not_found");
    TRY(read_people(ctx, ret));
    return payment_in_left_for(ctx, id, &ret->received_paise);
}

Status fee_order_by_reference(Ctx *ctx, Text typed, FeeOrder *ret) {
    int64_t id;
    if (!order_code_reference_read(&ctx->org->keys, ctx->org->code, typed, &id))
        return fail(ctx, NOT_FOUND, "reference", "order_not_found");
    return fee_order_read(ctx, id, ret);
}

Status fee_order_by_token(Ctx *ctx, Text token, FeeOrder *ret) {
    int64_t id;
    if (!order_code_token_read(&ctx->org->keys, token, &id))
        return fail(ctx, NOT_FOUND, NULL, "order_not_found");
    return fee_order_read(ctx, id, ret);
}

Status fee_order_of_member(Ctx *ctx, int64_t serial, FeeOrder *ret, bool *ret_found) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_OF_SERIAL);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    int64_t id = 0;
    TRY(query_row(q, ret_found));
    if (*ret_found) id = query_column_int(q, 0);
    TRY(query_done(q));
    return *ret_found ? fee_order_read(ctx, id, ret) : OK;
}

/* Of the orders gathered into this one, that for the member alone. */
static Status read_own(Ctx *ctx, int64_t serial, FeeOrder *o) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_GATHERED);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_int(q, "into", o->id);
    int64_t id = 0;
    bool found;
    TRY(query_row(q, &found));
    if (found) id = query_column_int(q, 0);
    TRY(query_done(q));
    return found ? fee_order_read(ctx, id, o) : OK;
}

Status fee_order_for_member(Ctx *ctx, int64_t serial, FeeOrder *ret) {
    bool found;
    TRY(fee_order_of_member(ctx, serial, ret, &found));
    if (found && ret->state == FEE_ORDER_OPEN && ret->people > 1)
        return read_own(ctx, serial, ret);
    if (found && ret->state != FEE_ORDER_PAID) return OK;
    Member member;
    TRY(member_by_serial(ctx, serial, &member));
    bool renews = member_term_goes_on(&member) && !member_awaits_fee(&member);
    if (renews) return fee_order_for_renewal(ctx, &member, ret);
    return fee_order_create(ctx, &serial, 1, ret);
}

static bool is_this_renewal(const FeeOrder *o, int64_t paise) {
    return o->state != FEE_ORDER_PAID && o->people == 1 && o->renews[0] && !o->renewed_at[0] &&
           (o->amount_paise == paise || o->state == FEE_ORDER_CLAIMED || o->received_paise);
}

Status fee_order_for_renewal(Ctx *ctx, const Member *m, FeeOrder *ret) {
    MembershipKind kind;
    bool found;
    TRY(membership_kind_read(ctx, m->kind, &kind));
    if (!member_term_may_renew(ctx, m, &kind)) return fail(ctx, CONFLICT, NULL, "renew_not_now");
    if (!kind.fee_paise) return fail(ctx, CONFLICT, NULL, "renew_free");
    TRY(fee_order_of_member(ctx, m->serial, ret, &found));
    if (found && is_this_renewal(ret, kind.fee_paise)) return OK;
    *ret = (FeeOrder){.way = T(""), .utr = T(""), .gateway_order = T(""),
                      .rejected_reason = T(""), .created_at = ctx->now_s, .people = 1,
                      .amount_paise = kind.fee_paise};
    ret->serials[0] = m->serial;
    ret->fees[0] = kind.fee_paise;
    ret->renews[0] = true;
    return number_and_insert(ctx, ret);
}

Status fee_order_by_target(Ctx *ctx, Text typed, FeeOrder *ret) {
    Member member;
    int64_t id;
    Text token = code_address_read(typed, "/pay/");
    if (order_code_reference_read(&ctx->org->keys, ctx->org->code, typed, &id) ||
        order_code_token_read(&ctx->org->keys, text_slice(token, 0, ORDER_TOKEN_CHARS), &id)) {
        Status status = fee_order_read(ctx, id, ret);
        if (status != NOT_FOUND) return status;
    } else {
        bool reaches = true;
        Status status = member_by_number(ctx, typed, &member);
        if (status == OK) status = member_in_reach(ctx, &member, &reaches);
        if (status == OK && reaches) return fee_order_for_member(ctx, member.serial, ret);
        if (!reaches) status = NOT_FOUND;
        if (status != NOT_FOUND && status != INVALID) return status;
    }
    ctx_forget_errors(ctx);
    return fail(ctx, NOT_FOUND, "order", "payment_target");
}

Text fee_order_reference(Ctx *ctx, int64_t id) {
    char *out = ARENA_ARRAY(ctx->arena, char, ORDER_REFERENCE_MAX);
    size_t len = order_code_reference_make(&ctx->org->keys, ctx->org->code, id, out);
    return (Text){out, len};
}

Text fee_order_token(Ctx *ctx, int64_t id) {
    char *out = ARENA_ARRAY(ctx->arena, char, ORDER_TOKEN_CHARS);
    order_code_token_make(&ctx->org->keys, id, out);
    return (Text){out, ORDER_TOKEN_CHARS};
}

static bool is_utr(Text utr, bool bank) {
    if (bank && statement_utr_is_bank(utr)) return true;
    if (utr.len != FEE_ORDER_UTR_DIGITS) return false;
    for (size_t i = 0; i < utr.len; i++)
        if (utr.ptr[i] < '0' || utr.ptr[i] > '9') return false;
    return true;
}

Status fee_order_utr(Ctx *ctx, const char *field, Text typed, bool bank, Text *ret) {
    char *utr = ARENA_ARRAY(ctx->arena, char, STATEMENT_UTR_BYTES_MAX), c;
    size_t len = 0;
    for (size_t at = 0; (c = number_next_symbol(typed, &at)) != 0; len++) {
        if (len == STATEMENT_UTR_BYTES_MAX) break;
        utr[len] = c;
    }
    *ret = (Text){utr, len};
    if (!c && is_utr(*ret, bank)) return OK;
    return fail(ctx, INVALID, field, bank ? "utr_bank" : "utr_digits");
}

static Status set(Ctx *ctx, const FeeOrder *o, FeeOrderState was) {
    Query *q = query_begin(ctx, Q_FEE_ORDER_SET);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", o->id);
    query_text(q, "state", text_of(states[o->state]));
    query_text(q, "was", text_of(states[was]));
    query_text(q, "way", o->way);
    query_text(q, "utr", o->utr);
    query_text(q, "gateway_order", o->gateway_order);
    query_int_or_null(q, "claimed_at", o->claimed_at);
    query_int_or_null(q, "ended_at", o->ended_at);
    query_text(q, "rejected_reason", o->rejected_reason);
    query_int_or_null(q, "rejected_at", o->rejected_at);
    query_int_or_null(q, "joined_into", o->joined_into);
    bool changed;
    TRY(query_run_changed(q, &changed));
    return changed ? OK : fail(ctx, CONFLICT, NULL, "order_changed_meanwhile");
}

static Status log_order(Ctx *ctx, const FeeOrder *o, const char *action, Text detail) {
    Text subject = arena_printf(ctx->arena, "order:%lld", (long long)o->id);
    return audit_add(ctx, action, subject, detail);
}

/* Those whose fee is due by the order and who are in one state go into another: who joins by from
 * and to, who renews as member_term.h says. */
static Status change_people(Ctx *ctx, const FeeOrder *o, MemberState from, MemberState to,
                            Text reason) {
    for (int i = 0; i < o->people; i++) {
        Member member;
        bool due;
        TRY(member_by_serial(ctx, o->serials[i], &member));
        TRY(fee_order_is_due(ctx, o, i, &member, &due));
        if (!due) continue;
        if (o->renews[i] && to == MEMBER_REJECTED)
            TRY(member_term_not_paid(ctx, &member, reason));
        else if (o->renews[i] && o->state == FEE_ORDER_CLAIMED)
            TRY(member_term_claimed(ctx, &member));
        else if (!o->renews[i] && member.state == from)
            TRY(member_change_state(ctx, &member, to, reason));
    }
    return OK;
}

Status fee_order_claim(Ctx *ctx, FeeOrder *o, Text way, Text utr) {
    if (o->state == FEE_ORDER_PAID) return fail(ctx, CONFLICT, NULL, "order_paid");
    FeeOrderState was = o->state;
    o->state = FEE_ORDER_CLAIMED;
    o->way = way;
    o->utr = utr;
    o->claimed_at = ctx->now_s;
    TRY(set(ctx, o, was));
    TRY(change_people(ctx, o, MEMBER_APPLIED, MEMBER_PROVISIONAL, T("")));
    TRY(log_order(ctx, o, "order.claim", way));
    TRY(oddity_look_claim(ctx, utr));
    return payment_in_match_order(ctx, o);
}

/* Who still owes the fee that was claimed. */
static Status find_due(Ctx *ctx, const FeeOrder *o, bool *ret) {
    for (int i = 0; i < o->people; i++) {
        Member member;
        TRY(member_by_serial(ctx, o->serials[i], &member));
        TRY(fee_order_is_due(ctx, o, i, &member, &ret[i]));
    }
    return OK;
}

Status fee_order_reject(Ctx *ctx, FeeOrder *o, Text reason) {
    bool due[FEE_ORDER_PEOPLE_MAX];
    TRY(treasury_scope_check(ctx));
    if (o->state != FEE_ORDER_CLAIMED) return fail(ctx, CONFLICT, NULL, "order_not_claimed");
    if (text_is_empty(text_trim(reason)) || reason.len > FEE_ORDER_WHY_BYTES)
        return fail(ctx, INVALID, "reason", "reason_form");
    o->state = FEE_ORDER_OPEN;
    o->utr = T("");
    o->claimed_at = 0;
    o->rejected_reason = reason;
    o->rejected_at = ctx->now_s;
    TRY(set(ctx, o, FEE_ORDER_CLAIMED));
    TRY(find_due(ctx, o, due));
    TRY(change_people(ctx, o, MEMBER_PROVISIONAL, MEMBER_REJECTED, reason));
    TRY(claim_notice_rejected(ctx, o, due, &o->told));
    return log_order(ctx, o, "order.reject", reason);
}

static Status settle_appeal(Ctx *ctx, const FeeOrder *o) {
    Query *q = query_begin(ctx, Q_APPEAL_SETTLE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", o->id);
    query_int(q, "at", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    return query_run(q);
}

Status fee_order_restore(Ctx *ctx, FeeOrder *o, Text reason) {
    FeeOrderState was = o->state;
    TRY(treasury_scope_check(ctx));
    if (was == FEE_ORDER_OPEN) {
        o->state = FEE_ORDER_CLAIMED;
        o->claimed_at = ctx->now_s;
    }
    TRY(set(ctx, o, was));
    TRY(change_people(ctx, o, MEMBER_REJECTED, MEMBER_PROVISIONAL, reason));
    TRY(settle_appeal(ctx, o));
    return log_order(ctx, o, "order.restore", reason);
}

Status fee_order_standing(Ctx *ctx, const FeeOrder *o, FeeStanding *ret) {
    *ret = (FeeStanding){0};
    for (int i = 0; i < o->people; i++) {
        Member member;
        TRY(member_by_serial(ctx, o->serials[i], &member));
        bool due;
        TRY(fee_order_is_due(ctx, o, i, &member, &due));
        if (due) ret->unproved_paise += o->fees[i];
        if (due && o->renews[i]) {
            ret->renewing++;
            continue;
        }
        switch (member.state) {
        case MEMBER_APPLIED: ret->applied++; break;
        case MEMBER_PROVISIONAL:
            if (due) ret->provisional++;
            else ret->confirmed++; /* by this order; for a renewal it is provisional */
            break;
        case MEMBER_REJECTED: ret->rejected++; break;
        case MEMBER_CONFIRMED: ret->confirmed++; break;
        default: ret->over++;
        }
    }
    if (ret->unproved_paise > o->received_paise)
        ret->due_paise = ret->unproved_paise - o->received_paise;
    return OK;
}

Status fee_order_join(Ctx *ctx, FeeOrder *o, int64_t into) {
    o->joined_into = into;
    return set(ctx, o, o->state);
}

Status fee_order_close(Ctx *ctx, FeeOrder *o, Text way) {
    FeeOrderState was = o->state;
    o->state = FEE_ORDER_PAID;
    o->way = way;
    o->ended_at = ctx->now_s;
    TRY(set(ctx, o, was));
    TRY(settle_appeal(ctx, o));
    return log_order(ctx, o, "order.paid", way);
}
