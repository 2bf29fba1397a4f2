/* Order references inside what banks print around them. */
#ifndef DOMAIN_STATEMENT_REFERENCE_H
#define DOMAIN_STATEMENT_REFERENCE_H

#include "domain/statement_credits.h"

/* Adds the references in the text to list, which has count; answers the new count. One begins
 * with a prefix where a word begins, and goes on over letters and digits, up to
 * STATEMENT_REFERENCE_BYTES_MAX; longer runs are none. */
int statement_reference_find(Arena *arena, Text text, const Text *prefixes, int prefix_count,
                             Text list[STATEMENT_REFERENCES_MAX], int count);
/* The text with spaces where the references were: they look like other numbers. */
Text statement_reference_blank(Arena *arena, Text text, const Text *list, int count);

#endif
