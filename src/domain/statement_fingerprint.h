/* By what a credit is known again in another file. */
#ifndef DOMAIN_STATEMENT_FINGERPRINT_H
#define DOMAIN_STATEMENT_FINGERPRINT_H

#include "domain/statement_credits.h"

/* Gives every credit its fingerprint. scratch is cleared. false: more than the arena holds. Files are taken to have
 * whole days or, where a day is cut, its lines in the order of the account: then the k-th of some
 * same lines is the k-th in both. */
bool statement_fingerprint_all(Arena *arena, Arena *scratch, StatementCredits *credits);

#endif
