/* Rows of a statement while they are read, by whichever reader: cleans cells, keeps to the
 * limits. Between the statement's own files only. */
#ifndef DOMAIN_STATEMENT_ROWS_H
#define DOMAIN_STATEMENT_ROWS_H

#include "domain/statement.h"

enum { STATEMENT_ROW_BYTES_MAX = 1 << 16 };

typedef struct StatementRows {
    Ctx *ctx;
    Statement *into;
    int64_t room;
    Text cells[STATEMENT_COLUMNS_MAX];
    int32_t count; /* columns of the row so far, up to the last that is not empty */
    char *bytes;   /* of these cells */
    size_t used;
    const char *refused; /* message, once a limit was passed; then all else is ignored */
    int32_t line;        /* of the row that passed it */
} StatementRows;

void statement_rows_begin(StatementRows *rows, Ctx *ctx, Statement *into);
/* Gives the present row a cell; columns from 0, in any order but each once. */
void statement_rows_cell(StatementRows *rows, int32_t column, Text value);
/* Ends the row; an empty one leaves nothing. false: refused. */
bool statement_rows_end(StatementRows *rows, int32_t line);
/* OK, or the refusal as an error. */
MUST_USE Status statement_rows_status(StatementRows *rows);
/* fail with {file}. */
Status statement_rows_fail(Ctx *ctx, Text file, const char *message);

#endif
