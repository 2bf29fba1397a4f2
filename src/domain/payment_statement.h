/* A bank's statement as money that came in: what is somebody's fee is counted, once, however often
 * the same or an overlapping file comes. */
#ifndef DOMAIN_PAYMENT_STATEMENT_H
#define DOMAIN_PAYMENT_STATEMENT_H

#include "domain/payment_in.h"
#include "domain/statement_match.h"

typedef struct PaymentStatement {
    StatementCredits credits;
    StatementClaim *claims; /* id: the order's */
    int64_t claim_count;
    StatementMatch match;
    Text *references; /* of the claims */
} PaymentStatement;

/* Orders that the statement may pay, into the statement's arena. In the apply of a read. */
MUST_USE Status payment_statement_claims(Ctx *ctx, Arena *arena, PaymentStatement *ret);
/* Counts the credits from … (at most max) that are somebody's, or (all) every one: the others are
 * then to be settled. *ret_new: how many were not known before. A write. */
MUST_USE Status payment_statement_count(Ctx *ctx, const PaymentStatement *statement, int64_t from,
                                        int64_t max, bool all, int64_t *ret_new);

#endif
