/* A bank's statement of payments whose truth is known, made dirty on the way: numbers mistyped or
 * spaced, too much, too little, twice, one for two, totals and page headings in between. */
#ifndef STATEMENT_DIRTY_H
#define STATEMENT_DIRTY_H

#include "base/arena.h"

enum { STATEMENT_DIRTY_FEE = 1100, STATEMENT_DIRTY_TYPED = 24 };

/* What becomes of the i-th payer; the rest types the number as it is. */
typedef enum StatementDirty {
    DIRTY_PLAIN,
    DIRTY_SPACED,       /* number typed with spaces and O for 0 */
    DIRTY_BY_REFERENCE, /* types nothing; the bank prints the order */
    DIRTY_SHORT,
    DIRTY_EXCESS,
    DIRTY_DOUBLE,
    DIRTY_WRONG_DIGIT,
    DIRTY_NEVER_PAID,
    DIRTY_NEVER_CLAIMED,
    DIRTY_FOR_TWO, /* this one's payment is also the next one's */
    DIRTY_PAID_FOR, /* by the one before */
} StatementDirty;

StatementDirty statement_dirty_fate(int i);
/* How many of the payers from … to (not included) have this fate. */
int64_t statement_dirty_count(StatementDirty fate, int from, int to);
/* Credits in a file of these payers, and what they come to. */
int64_t statement_dirty_lines(int from, int to);
int64_t statement_dirty_paise(int from, int to);
/* What the payer types for the number; empty: nothing. */
void statement_dirty_type(int i, char out[STATEMENT_DIRTY_TYPED]);

/* Files of April 2026 with these payers, whose orders have these references; in the arena. */
Text statement_dirty_csv(Arena *arena, const Text *references, int from, int to);
/* The same lines as rows for statement_zip_workbook. */
Text statement_dirty_rows(Arena *arena, const Text *references, int from, int to);

#endif
