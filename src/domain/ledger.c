/* Posting and reading entries; see ledger.h. */
#include "domain/ledger.h"

#include "base/clock.h"
#include "domain/audit.h"
#include "store/query.h"

static bool account_is_valid(Text account) {
    if (!account.len || account.len > LEDGER_ACCOUNT_BYTES) return false;
    for (size_t i = 0; i < account.len; i++) {
        char c = account.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (!letter && (c != ':' || i == 0 || i + 1 == account.len)) return false;
    }
    return true;
}

static Status check(Ctx *ctx, const LedgerEntry *e) {
    int64_t sum = 0;
    bool good = e->count >= 2 && e->count <= LEDGER_LINES_MAX;
    for (int i = 0; good && i < e->count; i++) {
        if (!account_is_valid(e->lines[i].account))
            return fail(ctx, INVALID, NULL, "ledger_account");
        good = e->lines[i].paise != 0 && !__builtin_add_overflow(sum, e->lines[i].paise, &sum);
    }
    return good && sum == 0 ? OK : fail(ctx, INVALID, NULL, "ledger_unbalanced");
}

static Status add_day(Ctx *ctx, int64_t day, const LedgerLine *line) {
    Query *q = query_begin(ctx, Q_LEDGER_DAY_ADD);
    query_int(q, "org", ctx->org->id);
    query_text(q, "account", line->account);
    query_int(q, "day", day);
    query_int(q, "debit", line->paise > 0 ? line->paise : 0);
    query_int(q, "credit", line->paise < 0 ? -line->paise : 0);
    return query_run(q);
}

static Status insert_lines(Ctx *ctx, const LedgerEntry *e, int64_t day, int64_t number) {
    for (int i = 0; i < e->count; i++) {
        Query *q = query_begin(ctx, Q_LEDGER_LINE_INSERT);
        query_int(q, "org", ctx->org->id);
        query_int(q, "day", day);
        query_int(q, "number", number);
        query_int(q, "line", i + 1);
        query_text(q, "account", e->lines[i].account);
        query_int(q, "paise", e->lines[i].paise);
        TRY(query_run(q));
        TRY(add_day(ctx, day, &e->lines[i]));
    }
    return OK;
}

Status ledger_post(Ctx *ctx, const LedgerEntry *e) {
    TRY(check(ctx, e));
    int64_t at = e->at ? e->at : ctx->now_s, number;
    int64_t day = clock_day(at, ctx->org->zone_offset_s);
    Query *q = query_begin(ctx, Q_LEDGER_NEXT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    TRY(query_run_int(q, &number));
    q = query_begin(ctx, Q_LEDGER_ENTRY_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    query_int(q, "number", number);
    query_int(q, "at", at);
    query_text(q, "kind", e->kind);
    query_text(q, "subject", e->subject.ptr ? e->subject : T(""));
    query_text(q, "actor", audit_actor(ctx));
    query_text(q, "note", e->note.ptr ? e->note : T(""));
    TRY(query_run(q));
    return insert_lines(ctx, e, day, number);
}

Status ledger_move(Ctx *ctx, Text from, Text to, int64_t paise, int64_t at, const char *kind,
                   Text subject, Text note) {
    LedgerEntry e = {.at = at, .kind = text_of(kind), .subject = subject, .note = note,
                     .lines = {{to, paise}, {from, -paise}}, .count = 2};
    return ledger_post(ctx, &e);
}

Status ledger_balance(Ctx *ctx, Text account, int64_t day, int64_t *ret_paise) {
    Query *q = query_begin(ctx, Q_LEDGER_BALANCE);
    query_int(q, "org", ctx->org->id);
    query_text(q, "account", account);
    query_int(q, "day", day);
    return query_run_int(q, ret_paise);
}

Status ledger_check_cash(Ctx *ctx, Text account, int64_t paise) {
    int64_t have;
    if (!text_starts_with(account, T("cash:"))) return OK;
    TRY(ledger_balance(ctx, account, INT64_MAX, &have));
    if (paise <= have) return OK;
    (void)fail(ctx, CONFLICT, NULL, "ledger_cash_short");
    fail_arg_paise(ctx, "have", have);
    return CONFLICT;
}

Status ledger_accounts(Ctx *ctx, Text prefix, int64_t first, int64_t last, int max,
                       LedgerAccount **ret, int *ret_count) {
    *ret = ARENA_ARRAY(ctx->arena, LedgerAccount, max);
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_LEDGER_ACCOUNTS);
    query_int(q, "org", ctx->org->id);
    query_text(q, "from", prefix.ptr ? prefix : T(""));
    /* No account's code has a character behind the tilde. */
    query_text(q, "until", arena_printf(ctx->arena, "%.*s~", TEXT_ARG(prefix)));
    query_int(q, "first", first);
    query_int(q, "last", last);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        (*ret)[(*ret_count)++] = (LedgerAccount){.account = query_column_text(q, 0),
                                                 .opening = query_column_int(q, 1),
                                                 .debit = query_column_int(q, 2),
                                                 .credit = query_column_int(q, 3)};
    }
    return query_done(q);
}

static LedgerEntry read_entry(Query *q) {
    return (LedgerEntry){.day = query_column_int(q, 0),
                         .number = query_column_int(q, 1),
                         .at = query_column_int(q, 2),
                         .kind = query_column_text(q, 3),
                         .subject = query_column_text(q, 4),
                         .actor = query_column_text(q, 5),
                         .note = query_column_text(q, 6)};
}

Status ledger_day_book(Ctx *ctx, int64_t day, int64_t after, int max, LedgerEntry **ret,
                       int *ret_count) {
    *ret = ARENA_ARRAY(ctx->arena, LedgerEntry, max);
    int count = 0;
    Query *q = query_begin(ctx, Q_LEDGER_DAY_BOOK);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    query_int(q, "number", after);
    query_int(q, "line", LEDGER_LINES_MAX);
    query_int(q, "max", (int64_t)max * LEDGER_LINES_MAX);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        bool same = count && (*ret)[count - 1].number == query_column_int(q, 1);
        if (!same && count == max) break;
        if (!same) (*ret)[count++] = read_entry(q);
        LedgerEntry *e = &(*ret)[count - 1];
        if (e->count < LEDGER_LINES_MAX)
            e->lines[e->count++] =
                (LedgerLine){.account = query_column_text(q, 8), .paise = query_column_int(q, 9)};
    }
    *ret_count = count;
    return query_done(q);
}

Status ledger_day_count(Ctx *ctx, int64_t day, int64_t *ret) {
    Query *q = query_begin(ctx, Q_LEDGER_DAY_COUNT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    return query_run_int(q, ret);
}

Status ledger_day_sum(Ctx *ctx, int64_t day, int64_t *ret_debit, int64_t *ret_credit) {
    bool found;
    Query *q = query_begin(ctx, Q_LEDGER_DAY_SUM);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    TRY(query_row(q, &found));
    *ret_debit = query_column_int(q, 0);
    *ret_credit = query_column_int(q, 1);
    return query_done(q);
}

static Status find_day(Ctx *ctx, QueryId id, int64_t day, int64_t *ret) {
    bool found;
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "day", day);
    TRY(query_row(q, &found));
    *ret = found ? query_column_int(q, 0) : INT64_MIN;
    return query_done(q);
}

Status ledger_days_beside(Ctx *ctx, int64_t first, int64_t last, int64_t *ret_before,
                          int64_t *ret_after) {
    TRY(find_day(ctx, Q_LEDGER_DAY_BEFORE, first, ret_before));
    return find_day(ctx, Q_LEDGER_DAY_AFTER, last, ret_after);
}

Status ledger_owed_since(Ctx *ctx, Text account, int64_t *ret_day) {
    int64_t owed;
    *ret_day = INT64_MIN;
    TRY(ledger_balance(ctx, account, INT64_MAX, &owed));
    Query *q = query_begin(ctx, Q_LEDGER_DAYS_BACK);
    query_int(q, "org", ctx->org->id);
    query_text(q, "account", account);
    /* Deposits pay for the oldest first, so what is owed is the newest that came in. */
    while (owed > 0) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        int64_t came = query_column_int(q, 1);
        if (!came) continue;
        *ret_day = query_column_int(q, 0);
        owed -= came;
    }
    return query_done(q);
}

Text ledger_cash_of(Ctx *ctx, const Actor *actor) {
    if (actor->kind != ACTOR_TOKEN) return T("cash:server");
    return arena_printf(ctx->arena, "cash:token:%lld", (long long)actor->id);
}
