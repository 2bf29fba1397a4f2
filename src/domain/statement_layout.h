/* How the columns of an account's statements were understood: remembered by the words of their
 * heading, for the organisation. */
#ifndef DOMAIN_STATEMENT_LAYOUT_H
#define DOMAIN_STATEMENT_LAYOUT_H

#include "domain/statement_columns.h"

/* The columns that were confirmed for a file with this heading, else *ret as it was (the guess, of
 * which the heading is taken). Remembered ones that do not fit the file any more do not count. */
MUST_USE Status statement_layout_recall(Ctx *ctx, const Statement *statement, StatementColumns *ret,
                                        bool *ret_found);
/* A write. */
MUST_USE Status statement_layout_remember(Ctx *ctx, const Statement *statement,
                                          const StatementColumns *columns);

#endif
