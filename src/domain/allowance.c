/* Numbers for all, and for the one enroller whose camp needs more. */
#include "domain/allowance.h"

#include "base/clock.h"
#include "base/limits.h"
#include "domain/audit.h"
#include "store/query.h"

Status allowance_read(Ctx *ctx, Allowance *ret) {
    *ret = (Allowance){ALLOWANCE_CODES_DAY, LIMIT_PHONE_MEMBERS, ALLOWANCE_JOINS_DAY,
                       ALLOWANCE_CASH_PAISE};
    Query *q = query_begin(ctx, Q_ALLOWANCE_READ);
    query_int(q, "org", ctx->org->id);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        ret->codes_day = query_column_int(q, 0);
        ret->phone_members = query_column_int(q, 1);
        ret->joins_day = query_column_int(q, 2);
        ret->cash_paise = query_column_int(q, 3);
    }
    return query_done(q);
}

static void check(Ctx *ctx, const char *field, int64_t value, int64_t most) {
    if (value >= 1 && value <= most) return;
    (void)fail(ctx, INVALID, field, "limit_form");
    fail_arg_int(ctx, "most", most);
}

static void check_enroller(Ctx *ctx, int64_t joins_day, int64_t cash_paise) {
    check(ctx, "enroller-cap", joins_day, ALLOWANCE_MAX);
    if (cash_paise < 0 || cash_paise > ALLOWANCE_CASH_PAISE_MAX)
        (void)fail(ctx, INVALID, "cash-cap", "cash_cap_form");
}

static Query *begin_all(Ctx *ctx, QueryId id, const Allowance *a) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "codes_day", a->codes_day);
    query_int(q, "phone_members", a->phone_members);
    query_int(q, "joins_day", a->joins_day);
    query_int(q, "cash_paise", a->cash_paise);
    return q;
}

Status allowance_set(Ctx *ctx, const Allowance *a) {
    check(ctx, "code-cap", a->codes_day, ALLOWANCE_MAX);
    check(ctx, "phone-members", a->phone_members, LIMIT_PHONE_MEMBERS);
    check_enroller(ctx, a->joins_day, a->cash_paise);
    if (ctx->error_count) return INVALID;
    TRY(query_run(begin_all(ctx, Q_ALLOWANCE_SET, a)));
    return audit_add(ctx, "allowance.set", T("organisation"),
                     arena_printf(ctx->arena, "codes %lld, phone %lld, joins %lld, paise %lld",
                                  (long long)a->codes_day, (long long)a->phone_members,
                                  (long long)a->joins_day, (long long)a->cash_paise));
}

Status allowance_begin(Ctx *ctx) {
    Allowance all;
    TRY(allowance_read(ctx, &all));
    return query_run(begin_all(ctx, Q_ALLOWANCE_INSERT, &all));
}

bool allowance_too_far(const Ctx *ctx, int64_t until) {
    int32_t zone = ctx->org->zone_offset_s;
    return clock_day(until, zone) > clock_day(ctx->now_s, zone) + ALLOWANCE_DAYS_MAX;
}

Status allowance_grant(Ctx *ctx, const AllowanceGrant *grant) {
    check_enroller(ctx, grant->joins_day, grant->cash_paise);
    if (grant->until <= ctx->now_s) (void)fail(ctx, INVALID, "until", "allowance_until");
    if (allowance_too_far(ctx, grant->until)) (void)fail(ctx, INVALID, "until", "allowance_far");
    if (ctx->error_count) return INVALID;
    Query *q = query_begin(ctx, Q_ENROLLER_ALLOWANCE_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "enroller", grant->enroller);
    query_int(q, "joins_day", grant->joins_day);
    query_int(q, "cash_paise", grant->cash_paise);
    query_int(q, "until", grant->until);
    query_text(q, "given_by", audit_actor(ctx));
    query_int(q, "now", ctx->now_s);
    TRY(query_run(q));
    return audit_add(ctx, "allowance.grant", grant->enroller,
                     arena_printf(ctx->arena, "joins %lld, paise %lld, until %lld",
                                  (long long)grant->joins_day, (long long)grant->cash_paise,
                                  (long long)grant->until));
}

Status allowance_of(Ctx *ctx, Text enroller, AllowanceGrant *ret) {
    Query *q = query_begin(ctx, Q_ENROLLER_ALLOWANCE_READ);
    query_int(q, "org", ctx->org->id);
    query_text(q, "enroller", enroller);
    bool found;
    TRY(query_row(q, &found));
    if (found)
        *ret = (AllowanceGrant){enroller, query_column_int(q, 0), query_column_int(q, 1),
                                query_column_int(q, 2)};
    TRY(query_done(q));
    if (found && ret->until > ctx->now_s) return OK;
    Allowance all;
    TRY(allowance_read(ctx, &all));
    *ret = (AllowanceGrant){enroller, all.joins_day, all.cash_paise, 0};
    return OK;
}
