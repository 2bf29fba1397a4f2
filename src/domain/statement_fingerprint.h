/* By what a credit is known again in another file. */
#ifndef DOMAIN_STATEMENT_FINGERPRINT_H
#define DOMAIN_STATEMENT_FINGERPRINT_H

#include "domain/statement_credits.h"

/* Gives every credit its fingerprint. scratch is cleared. false: more than the arena holds. Of
 * lines that are the same in all that is hashed the k-th is taken to be the k-th in every file. */
bool statement_fingerprint_all(Arena *arena, Arena *scratch, StatementCredits *credits);

#endif
