/* What the columns of a statement look like below their headings. */
#ifndef DOMAIN_STATEMENT_CONTENT_H
#define DOMAIN_STATEMENT_CONTENT_H

#include "domain/statement_columns.h"

enum { STATEMENT_CONTENT_ROWS = 300 }; /* looked at */

typedef struct StatementContent {
    int filled;   /* cells that are not empty; of these … */
    int days;     /* … are a date */
    int amounts;  /* … an amount */
    int money;    /* … an amount that can be nothing else: with decimals, ₹, Cr */
    int utrs;     /* … have a UTR in them */
    int signs;    /* … say Dr or Cr and no more */
    int repeated; /* … are the same as the one before */
    int letters;  /* bytes of cells that are none of these */
} StatementContent;

bool statement_content_is_day(Text cell);
/* The column over the first rows from `from`. Lines of asterisks and the like do not count. */
StatementContent statement_content_of(const Statement *statement, int64_t from, int32_t column);
/* Columns of the widest row among the first from `from`. */
int32_t statement_content_width(const Statement *statement, int64_t from);
/* Whether dates have the month first, as far as a day above 12 tells. */
bool statement_content_month_first(const Statement *statement, int64_t from, int32_t column);
/* Guesses columns of a table without heading; ret->at all -1 before. Which of two amounts came in
 * is told by the balance. */
void statement_content_guess(const Statement *statement, StatementColumns *ret);

#endif
