/* Nothing that might be money is dropped in silence: a line is a credit, a debit, failed, no
 * payment at all, or it is told by its number. */
#include "domain/statement_credits.h"

#include "domain/statement_fingerprint.h"
#include "domain/statement_reference.h"
#include "domain/statement_rows.h"
#include "domain/statement_utr.h"
#include "domain/statement_value.h"

enum { SCRATCH_BYTES = 4 << 20, GATEWAY_ID_BYTES = 40 };

typedef enum LineKind {
    LINE_CREDIT,
    LINE_DEBIT,
    LINE_FAILED,
    LINE_OTHER,
    LINE_UNREAD,
} LineKind;

typedef struct Finder {
    Ctx *ctx;
    const Statement *statement;
    const int32_t *at;
    bool month_first;
    const Text *prefixes;
    int prefix_count;
    StatementCredits *ret;
    Arena *arena;   /* the statement's */
    Arena *scratch; /* of one row */
    bool full;
} Finder;

/* What stays of a row. */
static Text keep(Finder *finder, Text t) {
    char *copy = arena_try(finder->arena, t.len);
    if (!copy) {
        finder->full = true;
        return TEXT_NONE;
    }
    if (t.len) memcpy(copy, t.ptr, t.len);
    return (Text){copy, t.len};
}

static Text cell(const Finder *finder, const StatementRow *row, StatementColumn column) {
    return statement_cell(row, finder->at[column]);
}

static bool is_one_of(Text word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_eq(word, text_of(words[i]))) return true;
    return false;
}

/* Of a provider's report. A word that is not known is for somebody to read. */
static LineKind kind_by_status(Text status) {
    static const char *const paid[] = {"success",  "successful", "captured", "settled",
                                       "completed", "complete",  "paid",     "processed",
                                       "credited", "received",   "txn success", "सफल"};
    static const char *const not_paid[] = {
        "failed",   "failure",  "fail",     "declined", "pending",   "refunded",    "cancelled",
        "canceled", "expired",  "created",  "authorized", "initiated", "processing", "dropped",
        "rejected", "reversed", "timed out", "txn failure", "txn failed", "txn pending", "असफल"};
    char bytes[32];
    size_t len = 0;
    if (!status.len) return LINE_CREDIT;
    for (size_t i = 0; i < status.len && len < sizeof bytes; i++) {
        char c = status.ptr[i];
        bytes[len++] = c == '_' ? ' ' : (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    Text word = {bytes, len};
    if (is_one_of(word, paid, sizeof paid / sizeof *paid)) return LINE_CREDIT;
    return is_one_of(word, not_paid, sizeof not_paid / sizeof *not_paid) ? LINE_FAILED
                                                                         : LINE_UNREAD;
}

/* An empty cell is no amount; "0.00" and "-" are how the other column is left empty. */
static bool is_nothing(Text value) {
    int64_t paise;
    StatementSign sign;
    if (!value.len || text_eq(value, T("-"))) return true;
    return statement_value_paise(value, &paise, &sign) && paise == 0;
}

static LineKind kind_of_amount(const Finder *finder, const StatementRow *row, int64_t *ret_paise) {
    StatementSign sign, flag = statement_value_sign(cell(finder, row, STATEMENT_FLAG));
    Text amount = cell(finder, row, STATEMENT_AMOUNT);
    if (is_nothing(amount)) return LINE_OTHER;
    if (!statement_value_paise(amount, ret_paise, &sign)) return LINE_UNREAD;
    if (sign == STATEMENT_SIGN_NONE) sign = flag;
    if (*ret_paise < 0 || sign == STATEMENT_SIGN_DEBIT) return LINE_DEBIT;
    if (sign == STATEMENT_SIGN_NONE && finder->at[STATEMENT_FLAG] >= 0) return LINE_UNREAD;
    return LINE_CREDIT;
}

static LineKind kind_of_credit(const Finder *finder, const StatementRow *row, int64_t *ret_paise) {
    StatementSign sign;
    Text credit = cell(finder, row, STATEMENT_CREDIT);
    if (is_nothing(credit))
        return is_nothing(cell(finder, row, STATEMENT_DEBIT)) ? LINE_OTHER : LINE_DEBIT;
    if (!statement_value_paise(credit, ret_paise, &sign)) return LINE_UNREAD;
    return *ret_paise < 0 || sign == STATEMENT_SIGN_DEBIT ? LINE_DEBIT : LINE_CREDIT;
}

/* Totals and opening balances have no date, or words or a sum where it would be; a date that
 * cannot be read is another thing. */
static bool could_be_date(Text date) {
    int64_t paise;
    StatementSign sign;
    if (statement_value_paise(date, &paise, &sign)) return false;
    for (size_t i = 0; i < date.len; i++)
        if (date.ptr[i] >= '0' && date.ptr[i] <= '9') return true;
    return false;
}

static LineKind read_line(const Finder *finder, const StatementRow *row, StatementCredit *ret) {
    Text date = cell(finder, row, STATEMENT_DATE);
    bool dated = statement_value_day(date, finder->month_first, &ret->day);
    if (!dated && !could_be_date(date)) return LINE_OTHER;
    LineKind kind = finder->at[STATEMENT_AMOUNT] >= 0 ? kind_of_amount(finder, row, &ret->paise)
                                                      : kind_of_credit(finder, row, &ret->paise);
    if (dated && kind == LINE_CREDIT) kind = kind_by_status(cell(finder, row, STATEMENT_STATUS));
    if (dated) return kind;
    /* A footer may have anything in these columns; only a clear amount makes it money. */
    return kind == LINE_CREDIT ? LINE_UNREAD : LINE_OTHER;
}

/* One line, blanks closed up, cut between characters. */
static Text tidy(Arena *arena, Text t, size_t max) {
    char *out = arena_alloc(arena, t.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        bool space = c == ' ' || (c >= 0 && c < 0x20) || c == 0x7F;
        if (space && (!len || out[len - 1] == ' ')) continue;
        out[len++] = space ? ' ' : c;
    }
    if (len > max) {
        len = max;
        while (len && ((unsigned char)out[len] & 0xC0) == 0x80) len--;
    }
    return text_trim((Text){out, len});
}

static void find_utr(Finder *finder, StatementCredit *credit, Text reference) {
    char utr[STATEMENT_UTR_BYTES_MAX];
    Text places[] = {reference, credit->narration};
    for (size_t i = 0; i < 2 && !credit->utr.len; i++) {
        Text place = statement_reference_blank(finder->scratch, places[i], credit->references,
                                               credit->reference_count);
        credit->utr = keep(finder, (Text){utr, statement_utr_find(place, utr)});
    }
}

static void find_references(Finder *finder, StatementCredit *credit, Text place) {
    int before = credit->reference_count;
    credit->reference_count =
        statement_reference_find(finder->scratch, place, finder->prefixes, finder->prefix_count,
                                 credit->references, before);
    for (int i = before; i < credit->reference_count; i++)
        credit->references[i] = keep(finder, credit->references[i]);
}

/* Ids of payments stand alone in their cell, whatever it is headed. */
static Text gateway_id_of(const StatementRow *row) {
    for (int32_t i = 0; i < row->count; i++) {
        Text cell = row->cells[i];
        size_t at = 4;
        if (!text_starts_with(cell, T("pay_")) || cell.len > GATEWAY_ID_BYTES) continue;
        while (at < cell.len && ((cell.ptr[at] >= '0' && cell.ptr[at] <= '9') ||
                                 ((cell.ptr[at] | 0x20) >= 'a' && (cell.ptr[at] | 0x20) <= 'z')))
            at++;
        if (at == cell.len && at > 4) return cell;
    }
    return TEXT_NONE;
}

static void fill(Finder *finder, const StatementRow *row, StatementCredit *credit) {
    Arena *scratch = finder->scratch;
    StatementSign sign;
    Text reference = cell(finder, row, STATEMENT_REFERENCE);
    credit->line = row->line;
    credit->narration = keep(finder, tidy(scratch, cell(finder, row, STATEMENT_NARRATION),
                                          STATEMENT_NARRATION_BYTES_MAX));
    credit->payer = keep(finder, tidy(scratch, cell(finder, row, STATEMENT_PAYER), 200));
    credit->gateway_id = keep(finder, gateway_id_of(row));
    credit->has_balance = statement_value_paise(cell(finder, row, STATEMENT_BALANCE),
                                                &credit->balance, &sign);
    if (credit->has_balance && sign == STATEMENT_SIGN_DEBIT) credit->balance = -credit->balance;
    if (!credit->has_balance) credit->balance = 0;
    find_references(finder, credit, cell(finder, row, STATEMENT_ORDER));
    find_references(finder, credit, reference);
    find_references(finder, credit, credit->narration);
    find_utr(finder, credit, reference);
}

static void count_credit(StatementCredits *credits, const StatementCredit *credit) {
    if (!credits->count || credit->day < credits->first_day) credits->first_day = credit->day;
    if (!credits->count || credit->day > credits->last_day) credits->last_day = credit->day;
    credits->sum_paise += credit->paise;
    credits->count++;
}

/* Long narrations go on in the line below, alone in their column. */
static bool continues(const Finder *finder, const StatementRow *row, const StatementRow *above) {
    int32_t column = finder->at[STATEMENT_NARRATION];
    if (column < 0 || row->count != column + 1 || row->line != above->line + 1) return false;
    for (int32_t i = 0; i < column; i++)
        if (row->cells[i].len) return false;
    return true;
}

static void take_continuation(Finder *finder, const StatementRow *row, StatementCredit *credit) {
    Text whole = arena_printf(finder->scratch, "%.*s %.*s", TEXT_ARG(credit->narration),
                              TEXT_ARG(cell(finder, row, STATEMENT_NARRATION)));
    whole = tidy(finder->scratch, whole, STATEMENT_NARRATION_BYTES_MAX);
    credit->narration = keep(finder, whole);
    find_references(finder, credit, whole);
    if (!credit->utr.len) find_utr(finder, credit, TEXT_NONE);
}

static void take_row(Finder *finder, const StatementRow *row, bool *after_credit) {
    StatementCredits *ret = finder->ret;
    StatementCredit credit = {0};
    if (*after_credit && continues(finder, row, row - 1)) {
        take_continuation(finder, row, &ret->list[ret->count - 1]);
        return;
    }
    LineKind kind = read_line(finder, row, &credit);
    *after_credit = kind == LINE_CREDIT;
    if (kind == LINE_CREDIT) {
        fill(finder, row, &credit);
        ret->list[ret->count] = credit;
        count_credit(ret, &credit);
        return;
    }
    ret->debits += kind == LINE_DEBIT;
    ret->failed += kind == LINE_FAILED;
    ret->other += kind == LINE_OTHER;
    if (kind == LINE_UNREAD) {
        if (ret->unread < STATEMENT_UNREAD_MAX) ret->unread_lines[ret->unread] = row->line;
        ret->unread++;
    }
}

static Status large(Ctx *ctx, const Statement *statement) {
    statement_rows_fail(ctx, statement->file, "statement_large");
    fail_arg_int(ctx, "max", STATEMENT_FILE_BYTES_MAX >> 20);
    return INVALID;
}

static void drop_arena(void *arena) { arena_delete(arena); }

static int64_t credits_among(const Finder *finder, int64_t from) {
    int64_t count = 0;
    StatementCredit credit;
    for (int64_t i = from; i < finder->statement->rows_count; i++)
        count += read_line(finder, &finder->statement->rows[i], &credit) == LINE_CREDIT;
    return count;
}

Status statement_credits_find(Ctx *ctx, const Statement *statement,
                              const StatementColumns *columns, const Text *prefixes,
                              int prefix_count, StatementCredits *ret) {
    TRY(statement_columns_check(ctx, columns));
    Finder finder = {.ctx = ctx, .statement = statement, .at = columns->at,
                     .month_first = columns->month_first, .prefixes = prefixes,
                     .prefix_count = prefix_count, .ret = ret, .arena = statement->arena,
                     .scratch = arena_new(SCRATCH_BYTES)};
    int64_t from = columns->header + 1, count = credits_among(&finder, from);
    bool after_credit = false;
    arena_defer(ctx->arena, drop_arena, finder.scratch);
    *ret = (StatementCredits){0};
    if (!count) return statement_rows_fail(ctx, statement->file, "statement_no_credits");
    ret->list = arena_try(statement->arena, sizeof *ret->list * (size_t)count);
    if (!ret->list) return large(ctx, statement);
    for (int64_t i = from; i < statement->rows_count && !finder.full; i++) {
        take_row(&finder, &statement->rows[i], &after_credit);
        arena_clear(finder.scratch);
    }
    if (finder.full || !statement_fingerprint_all(statement->arena, finder.scratch, ret))
        return large(ctx, statement);
    return OK;
}
