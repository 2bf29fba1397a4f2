/* Counting and capping; see enroller.h. */
#include "domain/enroller.h"

#include "base/clock.h"
#include "domain/ledger.h"
#include "store/query.h"

Text enroller_token(Ctx *ctx, int64_t token_id) {
    return arena_printf(ctx->arena, "token:%lld", (long long)token_id);
}

Text enroller_member(Ctx *ctx, int64_t serial) {
    return arena_printf(ctx->arena, "member:%lld", (long long)serial);
}

static Status check_cash(Ctx *ctx, const AllowanceGrant *may, int64_t paise) {
    int64_t in_hand;
    if (!paise) return OK;
    TRY(ledger_balance(ctx, ledger_cash_of(ctx, &ctx->actor), INT64_MAX, &in_hand));
    if (in_hand + paise <= may->cash_paise) return OK;
    (void)fail(ctx, LIMIT, "fee.amount_paise", "cash_cap");
    fail_arg_int(ctx, "rupees", may->cash_paise / 100);
    return LIMIT;
}

static Status count(Ctx *ctx, const AllowanceGrant *may, bool confirmed, const char *field) {
    Query *q = query_begin(ctx, Q_ENROLLER_DAY_ADD);
    query_int(q, "org", ctx->org->id);
    query_text(q, "enroller", may->enroller);
    query_int(q, "day", clock_day(ctx->now_s, ctx->org->zone_offset_s));
    query_int(q, "unconfirmed", !confirmed);
    query_int(q, "joins_day", may->joins_day);
    bool counted;
    TRY(query_run_changed(q, &counted));
    if (counted) return OK;
    (void)fail(ctx, LIMIT, field, "enroller_cap");
    fail_arg_int(ctx, "max", may->joins_day);
    return LIMIT;
}

Status enroller_admit(Ctx *ctx, const EnrollerJoin *join) {
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    AllowanceGrant may;
    TRY(allowance_of(ctx, enroller_token(ctx, ctx->actor.id), &may));
    TRY(check_cash(ctx, &may, join->cash_paise));
    TRY(count(ctx, &may, join->confirmed, NULL));
    if (join->credited < 0) return OK;
    TRY(allowance_of(ctx, enroller_member(ctx, join->credited), &may));
    return count(ctx, &may, join->confirmed, "enrolled_by");
}

Status enroller_figures(Ctx *ctx, Text enroller, int64_t first, int64_t last,
                        EnrollerFigures *ret) {
    Query *q = query_begin(ctx, Q_ENROLLER_DAY_SUM);
    query_int(q, "org", ctx->org->id);
    query_text(q, "enroller", enroller);
    query_int(q, "first", first);
    query_int(q, "last", last);
    bool found;
    TRY(query_row(q, &found));
    *ret = (EnrollerFigures){query_column_int(q, 0), query_column_int(q, 1)};
    return query_done(q);
}
