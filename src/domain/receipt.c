/* Numbering receipts without one hot counter: a book a holder and year. */
#include "domain/receipt.h"

#include "base/clock.h"
#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/token.h"
#include "store/query.h"

int64_t receipt_financial_year(int64_t at, int64_t zone_offset_s) {
    int year, month, day;
    clock_civil(clock_day(at, zone_offset_s), &year, &month, &day);
    return month >= 4 ? year : year - 1;
}

Status receipt_begin_book(Ctx *ctx, Text holder, const ReceiptBookFor *what, int64_t next,
                          int64_t financial_year, int64_t *ret_book) {
    Query *q = query_begin(ctx, Q_ORGANISATION_NEXT_BOOK);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, ret_book));
    q = query_begin(ctx, Q_RECEIPT_BOOK_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "book", *ret_book);
    query_int(q, "financial_year", financial_year);
    query_text(q, "holder", holder);
    query_int(q, "next", next);
    query_int_or_null(q, "unit", what->unit_id);
    query_int_or_null(q, "until", what->until);
    query_text(q, "label", what->label);
    return query_run(q);
}

/* A collector's right to take money does not grow with the new year: the book goes on as the last
 * one was issued. Whose first it is takes money where and as long as the token is good. */
static Status book_goes_on(Ctx *ctx, Text holder, ReceiptBookFor *ret) {
    bool found;
    *ret = (ReceiptBookFor){.label = T("")};
    Query *q = query_begin(ctx, Q_RECEIPT_BOOK_LAST);
    query_int(q, "org", ctx->org->id);
    query_text(q, "holder", holder);
    TRY(query_row(q, &found));
    if (found) {
        ret->unit_id = query_column_int(q, 0);
        ret->until = query_column_int(q, 1);
        ret->label = query_column_text(q, 2);
    }
    TRY(query_done(q));
    bool own = ctx->actor.kind == ACTOR_TOKEN && text_eq(holder, audit_actor(ctx));
    if (found || !own) return OK;
    if (ctx->actor.unit_id != ctx->org->root_unit_id) ret->unit_id = ctx->actor.unit_id;
    return token_label_and_end(ctx, ctx->actor.id, &ret->label, &ret->until);
}

/* A statement about the holder's book of the receipt's year. */
static Query *begin_in_book(Ctx *ctx, QueryId id, Text holder, const Receipt *receipt) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_text(q, "holder", holder);
    query_int(q, "financial_year", receipt->financial_year);
    return q;
}

/* The holder's first of the year. */
static Status first_of_book(Ctx *ctx, Text holder, int64_t at, Receipt *ret,
                            int64_t *ret_unit_id) {
    ReceiptBookFor what;
    TRY(book_goes_on(ctx, holder, &what));
    if (what.until && what.until <= at) return fail(ctx, CONFLICT, NULL, "book_over");
    *ret_unit_id = what.unit_id;
    ret->number = 1;
    return receipt_begin_book(ctx, holder, &what, 2, ret->financial_year, &ret->book);
}

Status receipt_next(Ctx *ctx, Text holder, int64_t at, Receipt *ret, int64_t *ret_unit_id) {
    ret->financial_year = receipt_financial_year(at, ctx->org->zone_offset_s);
    bool found;
    Query *q = begin_in_book(ctx, Q_RECEIPT_TAKE, holder, ret);
    query_int(q, "at", at);
    TRY(query_run_changed(q, &found));
    bool taken = found;
    q = begin_in_book(ctx, Q_RECEIPT_TAKEN, holder, ret);
    TRY(query_row(q, &found));
    if (found) {
        ret->book = query_column_int(q, 0);
        ret->number = query_column_int(q, 1);
        *ret_unit_id = query_column_int(q, 2);
    }
    TRY(query_done(q));
    if (found && !taken) return fail(ctx, CONFLICT, NULL, "book_over");
    return found ? OK : first_of_book(ctx, holder, at, ret, ret_unit_id);
}

/* Cash is taken only where the book was issued for. */
static Status check_where(Ctx *ctx, int64_t book_unit_id, int64_t member_unit_id) {
    Unit member_unit, book_unit;
    if (!book_unit_id) return OK;
    TRY(unit_by_id(ctx, member_unit_id, &member_unit));
    if (unit_is_within(&member_unit, book_unit_id)) return OK;
    TRY(unit_by_id(ctx, book_unit_id, &book_unit));
    (void)fail(ctx, DENIED, NULL, "book_elsewhere");
    fail_arg(ctx, "unit", unit_name(&book_unit, ctx->lang));
    return DENIED;
}

Text receipt_text(Ctx *ctx, const Receipt *receipt) {
    return arena_printf(ctx->arena, "%.*s/%02d-%02d/B%03lld/%04lld", TEXT_ARG(ctx->org->code),
                        (int)(receipt->financial_year % 100),
                        (int)((receipt->financial_year + 1) % 100), (long long)receipt->book,
                        (long long)receipt->number);
}

static Status next_sequence(Ctx *ctx, int64_t serial, int64_t *ret) {
    Query *q = query_begin(ctx, Q_PAYMENT_NEXT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    return query_run_int(q, ret);
}

/* account NULL: the actor's cash. */
static const struct {
    const char *name, *account;
} methods[FEE_METHOD_COUNT] = {
    [FEE_NONE] = {"none", "suspense"},         [FEE_PENDING] = {"none", "suspense"},
    [FEE_CASH] = {"cash", NULL},               [FEE_DEMO] = {"demo", "gateway"},
    [FEE_DEMO_ORDER] = {"demo", "suspense"},   [FEE_GATEWAY] = {"gateway", "suspense"},
    [FEE_UPI] = {"upi", "suspense"},           [FEE_BANK] = {"bank", "suspense"},
};

Text receipt_method(FeeMethod method) { return text_of(methods[method].name); }

static Status post_fee(Ctx *ctx, int64_t serial, FeeMethod method, int64_t paise, int64_t at,
                       Text receipt) {
    const char *known = methods[method].account;
    Text account = known ? text_of(known) : ledger_cash_of(ctx, &ctx->actor);
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)serial);
    return ledger_move(ctx, T("fees"), account, paise, at, "fee", subject, receipt);
}

Status receipt_record(Ctx *ctx, int64_t serial, int64_t unit_id, FeeMethod method, int64_t paise,
                      int64_t at, Text *ret_receipt) {
    bool collects = method == FEE_CASH && ctx->actor.kind == ACTOR_TOKEN;
    Text actor = audit_actor(ctx), holder = collects ? actor : T("server");
    Receipt receipt;
    int64_t sequence, book_unit_id = 0;
    TRY(receipt_next(ctx, holder, at, &receipt, &book_unit_id));
    if (method == FEE_CASH) TRY(check_where(ctx, book_unit_id, unit_id));
    TRY(next_sequence(ctx, serial, &sequence));
    Query *q = query_begin(ctx, Q_PAYMENT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_int(q, "sequence", sequence);
    query_int(q, "at", at);
    query_int(q, "amount_paise", paise);
    query_text(q, "method", receipt_method(method));
    query_int(q, "book", receipt.book);
    query_int(q, "receipt", receipt.number);
    query_text(q, "taken_by", actor);
    TRY(query_run(q));
    *ret_receipt = receipt_text(ctx, &receipt);
    return post_fee(ctx, serial, method, paise, at, *ret_receipt);
}
