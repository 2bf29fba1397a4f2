/* Headings first, then what stands below them: two columns may be headed alike, and some files
 * have no heading at all (statement_content.c). */
#include "domain/statement_columns.h"

#include "crypto/digest.h"
#include "domain/statement_content.h"
#include "domain/statement_value.h"
#include "domain/statement_words.h"

enum { HEADER_WITHIN_ROWS = 200, CONTENT_COUNTS = 40, SCRATCH_BYTES = 16 << 20 };

static const char *const names[STATEMENT_COLUMN_COUNT] = {
    "date",   "narration", "reference", "debit", "credit", "amount",
    "flag",   "balance",   "payer",     "order", "status",
};

Text statement_columns_name(StatementColumn column) { return text_of(names[column]); }

static bool is_data(const StatementRow *row) {
    for (int32_t i = 0; i < row->count; i++)
        if (statement_content_is_day(row->cells[i])) return true;
    return false;
}

/* How many meanings the row's cells have between them, if it could be the heading. */
static int header_score(Arena *arena, const StatementRow *row) {
    bool found[STATEMENT_COLUMN_COUNT] = {false};
    int score = 0;
    if (row->count < 3 || is_data(row)) return 0;
    for (int32_t i = 0; i < row->count; i++) {
        StatementColumn column;
        int weight;
        if (!row->cells[i].len || !statement_words_meaning(arena, row->cells[i], &column, &weight))
            continue;
        score += !found[column];
        found[column] = true;
    }
    bool money = found[STATEMENT_CREDIT] || found[STATEMENT_AMOUNT];
    return found[STATEMENT_DATE] && money ? score : 0;
}

static int64_t find_header(Arena *arena, const Statement *statement) {
    int64_t best = -1;
    int best_score = 2;
    for (int64_t i = 0; i < statement->rows_count && i < HEADER_WITHIN_ROWS; i++) {
        int score = header_score(arena, &statement->rows[i]);
        if (score <= best_score) continue;
        best = i;
        best_score = score;
    }
    return best;
}

/* What stands in a column can speak for it or, more, against it. */
static int content_weight(const Statement *statement, int64_t header, StatementColumn meaning,
                          int32_t column) {
    StatementContent content = statement_content_of(statement, header + 1, column);
    if (!content.filled) return -1;
    int half = (content.filled + 1) / 2;
    switch (meaning) {
    case STATEMENT_DATE: return content.days >= half ? 0 : -CONTENT_COUNTS;
    case STATEMENT_REFERENCE:
        /* The number of a settlement stands beside each of its payments: it is none's own. */
        if (content.filled >= 4 && content.repeated > half) return -CONTENT_COUNTS;
        return content.utrs >= half ? CONTENT_COUNTS / 2 : 0;
    case STATEMENT_FLAG: return content.signs >= half ? 0 : -CONTENT_COUNTS;
    case STATEMENT_DEBIT:
    case STATEMENT_CREDIT:
    case STATEMENT_AMOUNT:
    case STATEMENT_BALANCE: return content.amounts >= half ? 0 : -CONTENT_COUNTS;
    default: return 0;
    }
}

static void guess_by_heading(Arena *arena, const Statement *statement, StatementColumns *ret) {
    const StatementRow *header = &statement->rows[ret->header];
    int best[STATEMENT_COLUMN_COUNT];
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) best[i] = -CONTENT_COUNTS / 2;
    for (int32_t i = 0; i < header->count; i++) {
        StatementColumn column;
        int weight;
        if (!statement_words_meaning(arena, header->cells[i], &column, &weight)) continue;
        weight += content_weight(statement, ret->header, column, i);
        if (weight <= best[column]) continue;
        best[column] = weight;
        ret->at[column] = i;
    }
}

/* A column that says what came in and one that says all: one of them goes. Where a provider names
 * the kind of each line its "credit" is what is left after fees, so the amount it is. */
static void choose_money(StatementColumns *columns) {
    int32_t *at = columns->at;
    if (at[STATEMENT_AMOUNT] >= 0 && at[STATEMENT_CREDIT] >= 0) {
        if (at[STATEMENT_FLAG] >= 0) at[STATEMENT_CREDIT] = at[STATEMENT_DEBIT] = -1;
        else at[STATEMENT_AMOUNT] = -1;
    }
    if (at[STATEMENT_AMOUNT] < 0) at[STATEMENT_FLAG] = -1;
}

void statement_columns_guess(const Statement *statement, StatementColumns *ret) {
    Arena *arena = arena_new(SCRATCH_BYTES);
    *ret = (StatementColumns){.header = find_header(arena, statement)};
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) ret->at[i] = -1;
    if (ret->header >= 0) guess_by_heading(arena, statement, ret);
    else statement_content_guess(statement, ret);
    arena_delete(arena);
    choose_money(ret);
    ret->month_first =
        statement_content_month_first(statement, ret->header + 1, ret->at[STATEMENT_DATE]);
}

Status statement_columns_check(Ctx *ctx, const StatementColumns *columns) {
    const int32_t *at = columns->at;
    if (at[STATEMENT_DATE] < 0) return fail(ctx, INVALID, "date", "statement_columns_date");
    if (at[STATEMENT_CREDIT] < 0 && at[STATEMENT_AMOUNT] < 0)
        return fail(ctx, INVALID, "credit", "statement_columns_amount");
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++)
        for (int j = 0; j < i; j++)
            if (at[i] >= 0 && at[i] == at[j])
                return fail(ctx, INVALID, names[i], "statement_columns_twice");
    return OK;
}

Text statement_columns_text(Arena *arena, const StatementColumns *columns) {
    Text text = T("");
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++)
        if (columns->at[i] >= 0)
            text = arena_printf(arena, "%.*s%s%s=%d", TEXT_ARG(text), text.len ? "," : "",
                                names[i], columns->at[i] + 1);
    if (columns->month_first)
        text = arena_printf(arena, "%.*s,dates=mdy", TEXT_ARG(text));
    return text;
}

static bool parse_part(Text part, StatementColumns *columns) {
    size_t equals = text_find_byte(part, '=');
    Text name = text_trim(text_slice(part, 0, equals));
    Text value = text_trim(text_slice(part, equals + 1, part.len));
    int64_t column;
    if (text_eq(name, T("dates"))) {
        columns->month_first = text_eq(value, T("mdy"));
        return columns->month_first || text_eq(value, T("dmy"));
    }
    if (!text_to_int(value, &column) || column < 1 || column > STATEMENT_COLUMNS_MAX) return false;
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) {
        if (!text_eq(name, text_of(names[i]))) continue;
        columns->at[i] = (int32_t)column - 1;
        return true;
    }
    return false;
}

Status statement_columns_parse(Ctx *ctx, Text text, StatementColumns *ret) {
    StatementColumns columns = {.header = ret->header};
    Text rest = text, part;
    for (int i = 0; i < STATEMENT_COLUMN_COUNT; i++) columns.at[i] = -1;
    while (text_split(&rest, ',', &part))
        if (text_trim(part).len && !parse_part(part, &columns))
            return fail(ctx, INVALID, "columns", "statement_columns_text");
    *ret = columns;
    return OK;
}

Text statement_columns_signature(Arena *arena, const Statement *statement,
                                 const StatementColumns *columns) {
    Text parts[STATEMENT_COLUMNS_MAX + 1];
    int count = 0;
    uint8_t digest[DIGEST_BYTES];
    char *hex = arena_alloc(arena, DIGEST_BYTES * 2);
    if (columns->header >= 0) {
        const StatementRow *row = &statement->rows[columns->header];
        parts[count++] = T("statement-heading");
        for (int32_t i = 0; i < row->count; i++)
            parts[count++] = statement_value_words(arena, row->cells[i]);
    } else {
        parts[count++] = T("statement-without-heading");
        int width = statement_content_width(statement, 0);
        parts[count++] = arena_printf(arena, "%d", width);
    }
    digest_of(parts, count, digest);
    text_hex(digest, sizeof digest, hex);
    return (Text){hex, DIGEST_BYTES * 2};
}
