/* Which column of a statement means what: guessed by its heading (English, Hindi) and by what
 * stands below it, shown to somebody, corrected, and remembered for the next file of the same
 * account by the heading's signature. */
#ifndef DOMAIN_STATEMENT_COLUMNS_H
#define DOMAIN_STATEMENT_COLUMNS_H

#include "domain/statement.h"

typedef enum StatementColumn {
    STATEMENT_DATE,
    STATEMENT_NARRATION, /* description, particulars, remarks */
    STATEMENT_REFERENCE, /* UTR, RRN, cheque or transaction number */
    STATEMENT_DEBIT,
    STATEMENT_CREDIT,
    STATEMENT_AMOUNT, /* where one column has both; then … */
    STATEMENT_FLAG,   /* … this says Dr/Cr, or payment/refund; without it all came in, but what
                         has a minus or a Dr of its own */
    STATEMENT_BALANCE,
    STATEMENT_PAYER,  /* name or VPA */
    STATEMENT_ORDER,  /* the order reference that a payment provider hands on */
    STATEMENT_STATUS, /* success, failed */
    STATEMENT_COLUMN_COUNT,
} StatementColumn;

typedef struct StatementColumns {
    int32_t at[STATEMENT_COLUMN_COUNT]; /* column from 0, or -1 */
    bool month_first;                   /* dates as 04/30/2026 */
    int64_t header;                     /* index of the heading's row, or -1: there is none */
} StatementColumns;

/* The words used in the text form, and by pages: "date", "narration", … */
Text statement_columns_name(StatementColumn column);

/* The best guess; statement_columns_check says whether it is enough. */
void statement_columns_guess(const Statement *statement, StatementColumns *ret);
/* Enough to find credits: a date and either a credit or an amount, no column twice. INVALID
 * statement_columns_date, statement_columns_amount, statement_columns_twice. */
MUST_USE Status statement_columns_check(Ctx *ctx, const StatementColumns *columns);

/* "date=1,narration=3,credit=6,dates=mdy", columns from 1: to remember and to be typed. The header
 * is the file's, so it is not in it. */
Text statement_columns_text(Arena *arena, const StatementColumns *columns);
/* Reads it; header stays as it is in *ret. INVALID statement_columns_text. Does not check. */
MUST_USE Status statement_columns_parse(Ctx *ctx, Text text, StatementColumns *ret);
/* What to remember a mapping by: 32 hexadecimal characters over the heading's words (or, without
 * a heading, over the number of columns). */
Text statement_columns_signature(Arena *arena, const Statement *statement,
                                 const StatementColumns *columns);

#endif
