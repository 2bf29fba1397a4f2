/* Issuing, voiding, handing in; see receipt_book.h. */
#include "domain/receipt_book.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/reason.h"
#include "domain/token.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static Status find_or_begin(Ctx *ctx, ReceiptBook *b) {
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_OF_HOLDER);
    query_int(q, "org", ctx->org->id);
    query_text(q, "holder", b->holder);
    query_int(q, "financial_year", b->financial_year);
    Status status = query_run_int(q, &b->book);
    if (status != NOT_FOUND) return status;
    const ReceiptBookFor what = {.label = b->label};
    return receipt_begin_book(ctx, b->holder, &what, 1, b->financial_year, &b->book);
}

Status receipt_book_issue(Ctx *ctx, int64_t token_id, Text unit_code, int64_t until, Text label,
                          ReceiptBook *ret) {
    TRY(treasury_scope_check(ctx));
    if (until && until <= ctx->now_s) return fail(ctx, INVALID, "until", "book_until");
    TRY(token_known(ctx, token_id));
    *ret = (ReceiptBook){
        .holder = arena_printf(ctx->arena, "token:%lld", (long long)token_id),
        .financial_year = receipt_financial_year(ctx->now_s, ctx->org->zone_offset_s),
        .label = label.ptr ? label : T(""), .issued_at = ctx->now_s, .until = until};
    if (unit_code.len) {
        Unit unit;
        TRY(unit_by_code(ctx, unit_code, &unit));
        ret->unit_id = unit.id;
    }
    TRY(find_or_begin(ctx, ret));
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_ISSUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", ret->book);
    query_int_or_null(q, "unit", ret->unit_id);
    query_int(q, "at", ctx->now_s);
    query_int_or_null(q, "until", until);
    query_text(q, "label", ret->label);
    TRY(query_run(q));
    Text subject = arena_printf(ctx->arena, "book:%lld", (long long)ret->book);
    return audit_add(ctx, "book.issue", subject, ret->holder);
}

Status receipt_book_list(Ctx *ctx, int64_t after, int max, ReceiptBook **ret, int *ret_count) {
    *ret = ARENA_ARRAY(ctx->arena, ReceiptBook, max);
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "after", after);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        int64_t voided = query_column_int(q, 7);
        (*ret)[(*ret_count)++] = (ReceiptBook){.book = query_column_int(q, 0),
                                               .financial_year = query_column_int(q, 1),
                                               .holder = query_column_text(q, 2),
                                               .used = query_column_int(q, 3) - 1 - voided,
                                               .voided = voided,
                                               .issued_at = query_column_int(q, 4),
                                               .until = query_column_int(q, 5),
                                               .label = query_column_text(q, 6),
                                               .unit_id = query_column_int(q, 8),
                                               .unit_code = query_column_text(q, 9),
                                               .unit_en = query_column_text(q, 10),
                                               .unit_hi = query_column_text(q, 11)};
    }
    return query_done(q);
}

Status receipt_book_count(Ctx *ctx, int64_t *ret) {
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_COUNT);
    query_int(q, "org", ctx->org->id);
    return query_run_int(q, ret);
}

Status receipt_book_void(Ctx *ctx, int64_t book, Text reason, Receipt *ret) {
    TRY(treasury_scope_check(ctx));
    TRY(reason_check(ctx, &reason));
    *ret = (Receipt){.book = book};
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_YEAR);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", book);
    Status status = query_run_int(q, &ret->financial_year);
    if (status == NOT_FOUND) return fail(ctx, NOT_FOUND, NULL, "book_not_found");
    TRY(status);
    q = query_begin(ctx, Q_RECEIPT_BOOK_SKIP);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", book);
    TRY(query_run_int(q, &ret->number));
    q = query_begin(ctx, Q_RECEIPT_VOID_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", book);
    query_int(q, "number", ret->number);
    query_int(q, "at", ctx->now_s);
    query_text(q, "actor", audit_actor(ctx));
    query_text(q, "reason", text_trim(reason));
    TRY(query_run(q));
    Text subject = arena_printf(ctx->arena, "book:%lld", (long long)book);
    return audit_add(ctx, "book.void", subject, receipt_text(ctx, ret));
}

Status receipt_book_deposit(Ctx *ctx, int64_t token_id, int64_t paise, Text to, Text note) {
    Text from = arena_printf(ctx->arena, "cash:token:%lld", (long long)token_id);
    int64_t have;
    TRY(treasury_scope_check(ctx));
    if (paise <= 0) return fail(ctx, INVALID, "amount", "payment_amount");
    TRY(ledger_balance(ctx, from, INT64_MAX, &have));
    if (paise > have) {
        (void)fail(ctx, CONFLICT, "amount", "deposit_too_much");
        fail_arg_paise(ctx, "have", have);
        return CONFLICT;
    }
    Text subject = arena_printf(ctx->arena, "token:%lld", (long long)token_id);
    TRY(ledger_move(ctx, from, to, paise, 0, "deposit", subject, note));
    return audit_add(ctx, "book.deposit", subject, to);
}

static Status read_label(Ctx *ctx, ReceiptOwed *owed) {
    size_t prefix = T("cash:token:").len;
    int64_t token;
    owed->label = T("");
    if (!text_to_int(text_slice(owed->account, prefix, owed->account.len), &token)) return OK;
    return token_label(ctx, token, &owed->label);
}

Status receipt_book_owed(Ctx *ctx, int max, ReceiptOwed **ret, int *ret_count) {
    LedgerAccount *accounts;
    int count;
    TRY(ledger_accounts(ctx, T("cash:"), INT64_MIN, INT64_MAX, max, &accounts, &count));
    *ret = ARENA_ARRAY(ctx->arena, ReceiptOwed, count + 1);
    *ret_count = 0;
    for (int i = 0; i < count; i++) {
        ReceiptOwed *owed = &(*ret)[*ret_count];
        *owed = (ReceiptOwed){.account = accounts[i].account,
                              .paise = accounts[i].debit - accounts[i].credit};
        if (!owed->paise) continue;
        TRY(ledger_owed_since(ctx, owed->account, &owed->since));
        TRY(read_label(ctx, owed));
        ++*ret_count;
    }
    return OK;
}
