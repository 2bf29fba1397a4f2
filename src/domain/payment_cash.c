/* Proving the fees of an order by cash. */
#include "domain/payment_cash.h"

#include "domain/pay_way.h"
#include "domain/receipt.h"
#include "domain/treasury_scope.h"

static Status take_for(Ctx *ctx, FeeOrder *o, int i) {
    Member member;
    Text receipt;
    bool due;
    TRY(member_by_serial(ctx, o->serials[i], &member));
    TRY(fee_order_is_due(ctx, o, i, &member, &due));
    if (!due) return OK;
    if (!o->renews[i]) return member_confirm_fee(ctx, &member, FEE_CASH, o->fees[i], &receipt);
    TRY(fee_order_renew(ctx, o, i, &member));
    return receipt_record(ctx, member.serial, member.unit_id, FEE_CASH, o->fees[i],
                          ctx->now_s, &receipt);
}

Status payment_cash_take(Ctx *ctx, Text target, int64_t paise, FeeOrder *ret) {
    FeeStanding standing;
    TRY(treasury_scope_check(ctx));
    TRY(pay_way_check(ctx, PAY_WAY_CASH));
    TRY(fee_order_by_target(ctx, target, ret));
    if (ret->state == FEE_ORDER_PAID) return fail(ctx, CONFLICT, NULL, "order_paid");
    TRY(fee_order_standing(ctx, ret, &standing));
    if (ret->received_paise) return fail(ctx, CONFLICT, NULL, "cash_beside");
    if (!standing.unproved_paise) return fail(ctx, CONFLICT, NULL, "fee_order_nothing");
    if (paise != standing.unproved_paise) {
        (void)fail(ctx, INVALID, "cash", "cash_differs");
        fail_arg(ctx, "fee",
                 arena_printf(ctx->arena, "%lld.%02lld", (long long)standing.unproved_paise / 100,
                              (long long)standing.unproved_paise % 100));
        return INVALID;
    }
    for (int i = 0; i < ret->people; i++) TRY(take_for(ctx, ret, i));
    return fee_order_close(ctx, ret, T("cash"));
}
