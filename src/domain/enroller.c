/* Counting and capping; see enroller.h. */
#include "domain/enroller.h"

#include "base/clock.h"
#include "domain/ledger.h"
#include "domain/member.h"
#include "store/query.h"

/* A number without its letters has eleven digits; no token's id ever has. */
static const int64_t MEMBER_DIGITS_FROM = 1000000000;

Text enroller_token(Ctx *ctx, int64_t token_id) {
    return arena_printf(ctx->arena, "token:%lld", (long long)token_id);
}

Text enroller_member(Ctx *ctx, int64_t serial) {
    return arena_printf(ctx->arena, "member:%lld", (long long)serial);
}

static Status check_cash(Ctx *ctx, const AllowanceGrant *may, int64_t paise, const char *field) {
    int64_t in_hand;
    if (!paise) return OK;
    TRY(ledger_balance(ctx, ledger_cash_of(ctx, &ctx->actor), INT64_MAX, &in_hand));
    if (in_hand + paise <= may->cash_paise) return OK;
    (void)fail(ctx, LIMIT, field, "cash_cap");
    fail_arg_int(ctx, "rupees", may->cash_paise / 100);
    return LIMIT;
}

static Status refuse_cap(Ctx *ctx, const AllowanceGrant *may, const char *field) {
    (void)fail(ctx, LIMIT, field, "enroller_cap");
    fail_arg_int(ctx, "max", may->joins_day);
    return LIMIT;
}

static Status count(Ctx *ctx, const AllowanceGrant *may, bool confirmed, const char *field) {
    Query *q = query_begin(ctx, Q_ENROLLER_DAY_ADD);
    query_int(q, "org", ctx->org->id);
    query_text(q, "enroller", may->enroller);
    query_int(q, "day", organisation_day(ctx));
    query_int(q, "unconfirmed", !confirmed);
    query_int(q, "joins_day", may->joins_day);
    bool counted;
    TRY(query_run_changed(q, &counted));
    return counted ? OK : refuse_cap(ctx, may, field);
}

Status enroller_admit(Ctx *ctx, const EnrollerJoin *join) {
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    AllowanceGrant may;
    TRY(allowance_of(ctx, enroller_token(ctx, ctx->actor.id), &may));
    TRY(check_cash(ctx, &may, join->cash_paise, "fee.amount_paise"));
    TRY(count(ctx, &may, join->confirmed, NULL));
    if (join->credited < 0) return OK;
    TRY(allowance_of(ctx, enroller_member(ctx, join->credited), &may));
    return count(ctx, &may, join->confirmed, "enrolled_by");
}

Status enroller_may(Ctx *ctx, const EnrollerJoin *join) {
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    AllowanceGrant may;
    EnrollerFigures today;
    int64_t day = organisation_day(ctx);
    Text enroller = enroller_token(ctx, ctx->actor.id);
    TRY(allowance_of(ctx, enroller, &may));
    TRY(check_cash(ctx, &may, join->cash_paise, "fee.amount_paise"));
    TRY(enroller_figures(ctx, enroller, day, day, &today));
    return today.joins < may.joins_day ? OK : refuse_cap(ctx, &may, NULL);
}

Status enroller_admit_cash(Ctx *ctx, int64_t paise) {
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    AllowanceGrant may;
    TRY(allowance_of(ctx, enroller_token(ctx, ctx->actor.id), &may));
    return check_cash(ctx, &may, paise, NULL);
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

static Status count_denials(Ctx *ctx, QueryId query, int64_t id, int64_t *ret) {
    Query *q = query_begin(ctx, query);
    query_int(q, "org", ctx->org->id);
    query_int(q, "id", id);
    bool found;
    TRY(query_row(q, &found));
    *ret = query_column_int(q, 0);
    return query_done(q);
}

static Status add_figures(Ctx *ctx, EnrollerRow *e) {
    int64_t day = organisation_day(ctx);
    TRY(enroller_figures(ctx, e->enroller, day, day, &e->today));
    TRY(enroller_figures(ctx, e->enroller, day - ENROLLER_MONTH_DAYS + 1, day, &e->month));
    return allowance_of(ctx, e->enroller, &e->may);
}

static EnrollerRow read_token(Ctx *ctx, Query *q) {
    int64_t id = query_column_int(q, 0);
    return (EnrollerRow){
        .enroller = enroller_token(ctx, id),
        .token_id = id,
        .label = query_column_text(q, 1),
        .number = T(""),
        .unit_id = query_column_int(q, 2),
        .unit_code = query_column_text(q, 3),
        .good = query_column_int(q, 4) > ctx->now_s && query_column_is_null(q, 5),
    };
}

static Status add_token_figures(Ctx *ctx, EnrollerRow *e) {
    Actor token = {.kind = ACTOR_TOKEN, .id = e->token_id};
    TRY(add_figures(ctx, e));
    TRY(count_denials(ctx, Q_ODDITY_DENIALS_OF_TOKEN, e->token_id, &e->denials));
    return ledger_balance(ctx, ledger_cash_of(ctx, &token), INT64_MAX, &e->cash_paise);
}

Status enroller_list(Ctx *ctx, int64_t before, EnrollerRow *ret, int max, int *ret_count) {
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_ENROLLER_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "before", before ? before : INT64_MAX);
    query_text(q, "unit", arena_printf(ctx->arena, "%lld", (long long)ctx->actor.unit_id));
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = read_token(ctx, q);
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++) TRY(add_token_figures(ctx, &ret[i]));
    return OK;
}

static Status find_token(Ctx *ctx, int64_t id, EnrollerRow *ret, bool *ret_found) {
    Query *q = query_begin(ctx, Q_ENROLLER_TOKEN);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", id);
    TRY(query_row(q, ret_found));
    if (*ret_found) *ret = read_token(ctx, q);
    TRY(query_done(q));
    return *ret_found ? add_token_figures(ctx, ret) : OK;
}

static Status find_member(Ctx *ctx, Text who, EnrollerRow *ret, bool *ret_found) {
    Member m;
    Unit unit;
    Status status = member_by_number(ctx, who, &m);
    *ret_found = status == OK;
    if (status == NOT_FOUND || status == INVALID) {
        ctx_forget_errors(ctx);
        return OK;
    }
    TRY(status);
    TRY(unit_by_id(ctx, m.unit_id, &unit));
    *ret = (EnrollerRow){.enroller = enroller_member(ctx, m.serial),
                         .label = T(""),
                         .number = number_text_in(ctx->arena, &m.number),
                         .unit_id = unit.id,
                         .unit_code = unit.code,
                         .good = m.state == MEMBER_CONFIRMED};
    TRY(add_figures(ctx, ret));
    return count_denials(ctx, Q_ODDITY_DENIALS_OF_MEMBER, m.serial, &ret->denials);
}

Status enroller_find(Ctx *ctx, Text who, EnrollerRow *ret) {
    int64_t id;
    bool found;
    bool token = text_to_int(who, &id) && id < MEMBER_DIGITS_FROM;
    TRY(token ? find_token(ctx, id, ret, &found)
              : find_member(ctx, who, ret, &found));
    Unit unit;
    if (found) TRY(unit_by_id(ctx, ret->unit_id, &unit));
    if (found && unit_is_within(&unit, ctx->actor.unit_id)) return OK;
    return fail(ctx, NOT_FOUND, "who", "enroller_not_found");
}

Status enroller_allow(Ctx *ctx, Text who, int64_t joins_day, int64_t cash_paise, int64_t until,
                      EnrollerRow *ret) {
    TRY(enroller_find(ctx, who, ret));
    if (ctx->actor.kind == ACTOR_TOKEN && ret->token_id == ctx->actor.id)
        return fail(ctx, DENIED, NULL, "enroller_self");
    ret->may = (AllowanceGrant){ret->enroller, joins_day, cash_paise, until};
    return allowance_grant(ctx, &ret->may);
}
