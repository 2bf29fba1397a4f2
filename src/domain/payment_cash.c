/* Proving the fees of an order by cash. */
#include "domain/payment_cash.h"

#include "domain/audit.h"
#include "domain/enroller.h"
#include "domain/fee_gather.h"
#include "domain/pay_way.h"
#include "store/query.h"

static Status take_for(Ctx *ctx, FeeOrder *o, int i) {
    Member member;
    Text receipt;
    bool due;
    TRY(member_by_serial(ctx, o->serials[i], &member));
    TRY(fee_order_is_due(ctx, o, i, &member, &due));
    if (!due) return OK;
    if (!o->renews[i]) return member_confirm_fee(ctx, &member, FEE_CASH, o->fees[i], &receipt);
    TRY(fee_order_renew(ctx, o, i, &member));
    return receipt_record(ctx, member.serial, member.unit_id, FEE_CASH, o->fees[i], ctx->now_s,
                          &receipt);
}

Status payment_cash_find(Ctx *ctx, Text target, FeeOrder *ret) {
    bool reaches;
    bool may = ctx->actor.kind == ACTOR_OPERATOR ||
               (ctx->actor.kind == ACTOR_TOKEN && (ctx->actor.can & CAN_ENROL));
    if (!may) return fail(ctx, DENIED, NULL, "unit_not_yours");
    TRY(fee_order_by_target(ctx, target, ret));
    TRY(fee_gather_reaches(ctx, ret, &reaches));
    return reaches ? OK : fail(ctx, NOT_FOUND, "order", "payment_target");
}

static bool is_paid_in_cash(const FeeOrder *o) {
    return o->state == FEE_ORDER_PAID && text_eq(o->way, T("cash"));
}

/* The receipt that came with the order's cash. */
static Status look_for_receipt(Ctx *ctx, const PaymentCash *p, int i) {
    ReceiptIssued *receipt = &p->receipts[i];
    Status status = receipt_issued_of_member(ctx, &p->members[i], -1, receipt);
    if (status != OK && status != NOT_FOUND) return status;
    if (status == OK && receipt->at == p->order.ended_at) return OK;
    ctx_forget_errors(ctx);
    *receipt = (ReceiptIssued){.at = 0};
    return OK;
}

static Status read_person(Ctx *ctx, const PaymentCash *p, int i) {
    TRY(member_by_serial(ctx, p->order.serials[i], &p->members[i]));
    TRY(unit_by_id(ctx, p->members[i].unit_id, &p->units[i]));
    return is_paid_in_cash(&p->order) ? look_for_receipt(ctx, p, i) : OK;
}

Status payment_cash_read(Ctx *ctx, Text reference, PaymentCash *ret) {
    TRY(fee_gather_look(ctx, reference, &ret->order));
    TRY(fee_order_standing(ctx, &ret->order, &ret->standing));
    int people = ret->order.people;
    ret->members = ARENA_ARRAY(ctx->arena, Member, people);
    ret->units = ARENA_ARRAY(ctx->arena, Unit, people);
    ret->receipts = ARENA_ARRAY(ctx->arena, ReceiptIssued, people);
    for (int i = 0; i < people; i++) TRY(read_person(ctx, ret, i));
    return OK;
}

Status payment_cash_look(Ctx *ctx, Text reference, PaymentCash *ret) {
    TRY(payment_cash_read(ctx, reference, ret));
    for (int i = 0; i < ret->order.people; i++) {
        Text subject = arena_printf(ctx->arena, "member:%lld", (long long)ret->order.serials[i]);
        TRY(audit_add(ctx, "member.look", subject, T("")));
    }
    return OK;
}

/* Whether the token is the one that took it: pressed twice, or an answer that was lost. At the
 * office's terminal it may have been somebody else. */
static Status was_taken(Ctx *ctx, const FeeOrder *o, bool *ret) {
    *ret = false;
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    Query *q = query_begin(ctx, Q_PAYMENT_TAKEN_AT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", o->serials[0]);
    query_int(q, "at", o->ended_at);
    query_text(q, "taken_by", audit_actor(ctx));
    TRY(query_row(q, ret));
    return query_done(q);
}

static Status check_amount(Ctx *ctx, int64_t paise, int64_t whole_paise) {
    if (!whole_paise) return fail(ctx, CONFLICT, NULL, "fee_order_nothing");
    if (paise == whole_paise) return OK;
    (void)fail(ctx, INVALID, "cash", "cash_differs");
    fail_arg_paise(ctx, "fee", whole_paise);
    return INVALID;
}

static IdempotencyKey key_of(Ctx *ctx, Text key, const FeeOrder *o, int64_t paise) {
    return idempotency_key(ctx, key, arena_printf(ctx->arena, "cash:%lld:%lld", (long long)o->id,
                                                  (long long)paise));
}

Status payment_cash_take(Ctx *ctx, Text target, int64_t paise, Text idempotency_key,
                         FeeOrder *ret) {
    FeeStanding standing;
    IdempotencyAnswer answer = {0};
    bool mine = false;
    TRY(payment_cash_find(ctx, target, ret));
    IdempotencyKey key = key_of(ctx, idempotency_key, ret, paise);
    TRY(idempotency_find(ctx, &key, &mine, &answer));
    if (!key.key.len && is_paid_in_cash(ret) && ret->amount_paise == paise)
        TRY(was_taken(ctx, ret, &mine));
    if (mine) return OK;
    if (ret->state == FEE_ORDER_PAID) return fail(ctx, CONFLICT, NULL, "order_paid");
    TRY(pay_way_check(ctx, PAY_WAY_CASH));
    TRY(fee_order_standing(ctx, ret, &standing));
    if (ret->received_paise) return fail(ctx, CONFLICT, NULL, "cash_beside");
    TRY(check_amount(ctx, paise, standing.unproved_paise));
    TRY(enroller_admit_cash(ctx, paise));
    for (int i = 0; i < ret->people; i++) TRY(take_for(ctx, ret, i));
    answer.serial = ret->serials[0];
    TRY(idempotency_remember(ctx, &key, &answer));
    return fee_order_close(ctx, ret, T("cash"));
}
