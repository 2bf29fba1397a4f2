/* Account statements and payment reports as files: the table inside them, as rows of cells,
 * whatever they are written in. What the columns mean is statement_columns.h, what came in
 * statement_credits.h, whose it was statement_match.h:
 *
 *   TRY(statement_read(ctx, T("april.csv"), bytes, &statement));
 *   statement_columns_guess(&statement, &columns);     shown, corrected, remembered
 *   TRY(statement_credits_find(ctx, &statement, &columns, prefixes, 1, &credits));
 *   statement_match_run(statement.arena, &credits, claims, claims_count, &match);
 *
 * All of it is pure: no store, no clock. A statement has an arena of its own, so that a request's
 * need not be large; it goes with the ctx's, and credits and matches belong in it too. */
#ifndef DOMAIN_STATEMENT_H
#define DOMAIN_STATEMENT_H

#include "base/ctx.h"

enum {
    STATEMENT_FILE_BYTES_MAX = 64 << 20,
    STATEMENT_ROWS_MAX = 1000000,
    STATEMENT_COLUMNS_MAX = 128,
    STATEMENT_CELL_BYTES_MAX = 8192,
    STATEMENT_ARENA_BYTES = 512 << 20,
};

typedef struct StatementRow {
    const Text *cells; /* valid UTF-8, trimmed, without the signs by which spreadsheets keep
                          numbers as text ('…, ="…") */
    int32_t count;     /* up to the last cell that is not empty; at least 1 */
    int32_t line;      /* of the file (CSV) or sheet, from 1; a row over several has its first */
} StatementRow;

typedef struct Statement {
    Arena *arena;
    Text file;          /* name for messages */
    StatementRow *rows; /* those that are not empty, in the order of the file */
    int64_t rows_count; /* at least 1 */
    char separator;     /* of a CSV file; 0: XLSX, HTML */
} Statement;

/* Reads a file by what is in it, never by its name:
 * - text with comma, semicolon, tab or vertical bar between its cells, quoted or not, lines ended
 *   by CR, LF or both, in UTF-8, UTF-16 (with or without BOM) or Windows-1252;
 * - simple tables in HTML, in these encodings (several banks name that .xls);
 * - XLSX (ECMA-376): the first sheet that has rows.
 * INVALID with {file}: statement_empty, _pdf, _save_again (no table that can be read: old Excel,
 * HTML that is not simple, a password), _xlsx (damaged), _large {max}, _rows {max}, _columns
 * {line} {max}, _cell {line} {max}. */
MUST_USE Status statement_read(Ctx *ctx, Text file, Text bytes, Statement *ret);

/* The cell, or an empty one where the row has no such column (also for -1). */
static inline Text statement_cell(const StatementRow *row, int32_t column) {
    return column >= 0 && column < row->count ? row->cells[column] : TEXT_NONE;
}

#endif
