/* The words that head the columns of statements and payment reports. */
#ifndef DOMAIN_STATEMENT_WORDS_H
#define DOMAIN_STATEMENT_WORDS_H

#include "domain/statement_columns.h"

/* What a heading means and how surely (the higher, the better among several of one meaning).
 * false: nothing known, or known and not wanted: fees, the settlement's own date and number. */
bool statement_words_meaning(Arena *arena, Text heading, StatementColumn *ret_column,
                             int *ret_weight);

#endif
