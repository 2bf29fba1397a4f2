/* See account_year.h. */
#include "domain/account_year.h"

#include "base/clock.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static const char *const codes[ACCOUNT_KIND_COUNT] = {
    [ACCOUNT_COLLECTORS] = "cash:token", [ACCOUNT_OFFICE] = "cash:server",
    [ACCOUNT_GATEWAY] = "gateway",       [ACCOUNT_BANK] = "bank",
    [ACCOUNT_FEES] = "fees",             [ACCOUNT_REFUNDS] = "refunds",
    [ACCOUNT_CHARGES] = "gateway-charges", [ACCOUNT_SHARES] = "shares",
    [ACCOUNT_SUSPENSE] = "suspense",     [ACCOUNT_OTHER] = "",
};

static AccountSums *sums_of(AccountYear *y, Text code) {
    int kind = 0;
    while (kind < ACCOUNT_OTHER && !text_eq(code, text_of(codes[kind]))) kind++;
    return &y->kinds[kind];
}

static Status read_openings(Ctx *ctx, AccountYear *y) {
    Query *q = query_begin(ctx, Q_ACCOUNT_BEFORE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "first", y->first);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        sums_of(y, query_column_text(q, 0))->opening += query_column_int(q, 1);
    }
    return query_done(q);
}

static int month_of(int64_t day) {
    int year, month, date;
    clock_civil(day, &year, &month, &date);
    return (month + 8) % 12;
}

static Status read_days(Ctx *ctx, AccountYear *y) {
    Query *q = query_begin(ctx, Q_ACCOUNT_DAYS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "first", y->first);
    query_int(q, "last", y->last);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        AccountSums *sums = sums_of(y, query_column_text(q, 0));
        int month = month_of(query_column_int(q, 1));
        int64_t debit = query_column_int(q, 2), credit = query_column_int(q, 3);
        sums->debit += debit;
        sums->credit += credit;
        sums->months[month].debit += debit;
        sums->months[month].credit += credit;
    }
    return query_done(q);
}

static Status read_proof(Ctx *ctx, AccountYear *y) {
    Query *q = query_begin(ctx, Q_ACCOUNT_PROOF);
    query_int(q, "org", ctx->org->id);
    bool found;
    TRY(query_row(q, &found));
    y->ledger_sum = query_column_int(q, 0);
    y->suspense = query_column_int(q, 1);
    y->left = query_column_int(q, 2);
    y->fees = query_column_int(q, 3);
    y->receipts = query_column_int(q, 4);
    return query_done(q);
}

void account_year_flow(const AccountYear *y, AccountKind kind, int64_t *ret_received,
                       int64_t *ret_paid) {
    *ret_received = y->kinds[kind].credit;
    *ret_paid = y->kinds[kind].debit;
    if (kind != ACCOUNT_SUSPENSE) return;
    int64_t more = *ret_received - *ret_paid;
    *ret_received = more > 0 ? more : 0;
    *ret_paid = more < 0 ? -more : 0;
}

/* Money moves only between its own places, or to and from what it is for. */
static void add_up(AccountYear *y) {
    int64_t all = 0;
    for (int i = 0; i < ACCOUNT_KIND_COUNT; i++) {
        AccountSums *s = &y->kinds[i];
        s->closing = s->opening + s->debit - s->credit;
        all += s->closing;
        if (i < ACCOUNT_MONEY_END) {
            y->opening += s->opening;
            y->closing += s->closing;
        } else {
            int64_t received, paid;
            account_year_flow(y, (AccountKind)i, &received, &paid);
            y->received += received;
            y->paid += paid;
        }
    }
    y->balances = all == 0 && y->opening + y->received - y->paid == y->closing &&
                  y->ledger_sum == 0 && y->suspense == y->left && y->fees == y->receipts;
}

Status account_year_read(Ctx *ctx, int64_t year, AccountYear *ret) {
    TRY(treasury_scope_check(ctx));
    if (year < ACCOUNT_YEAR_FIRST || year > ACCOUNT_YEAR_LAST)
        return fail(ctx, INVALID, "year", "account_year");
    *ret = (AccountYear){.year = year,
                         .first = clock_day_of((int)year, 4, 1),
                         .last = clock_day_of((int)year + 1, 3, 31)};
    TRY(read_openings(ctx, ret));
    TRY(read_days(ctx, ret));
    TRY(read_proof(ctx, ret));
    add_up(ret);
    return OK;
}
