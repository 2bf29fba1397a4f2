/* A bank's statement as money that came in: what is somebody's fee is counted, once, however often
 * the same or an overlapping file comes. */
#ifndef DOMAIN_PAYMENT_STATEMENT_H
#define DOMAIN_PAYMENT_STATEMENT_H

#include "domain/payment_in.h"
#include "domain/statement_match.h"

enum { PAYMENT_STATEMENT_SEEN_MAX = 500 }; /* looked at in the days of one statement */

/* What the books say about a credit. */
typedef struct PaymentStatementBook {
    int64_t payment_id; /* 0: nothing, it is fresh */
    int64_t left_paise;
    Text problem;
    bool seen; /* somebody said before that it is on the account: payment_in_see */
    int64_t fresh; /* its index among the fresh ones, or -1 */
} PaymentStatementBook;

/* What becomes or became of a credit. */
typedef enum PaymentStatementFate {
    PAYMENT_STATEMENT_BOOKED,    /* in the books, for a fee or given back */
    PAYMENT_STATEMENT_WAITING,   /* in the books, to be settled */
    PAYMENT_STATEMENT_MATCHED,   /* fresh, and plainly somebody's fee */
    PAYMENT_STATEMENT_OPEN,      /* fresh; once counted somebody must settle it */
    PAYMENT_STATEMENT_PAYOUT,    /* fresh; what a gateway hands on: no fee (gateway_payout.h) */
    PAYMENT_STATEMENT_STRANGE,   /* fresh, and nobody's; only counted when every one is */
    PAYMENT_STATEMENT_FATE_COUNT,
} PaymentStatementFate;

typedef struct PaymentStatement {
    StatementCredits credits;
    PaymentStatementBook *books; /* one for each credit */
    StatementCredits fresh;      /* list and count of those that are not in the books … */
    StatementCredit *fresh_list; /* … and the room for them */
    StatementClaim *claims;      /* orders that these may pay, and all that are claimed */
    int64_t claim_count;
    StatementMatch match; /* of the fresh ones */
    int64_t fates[PAYMENT_STATEMENT_FATE_COUNT]; /* how many of each */
    int64_t seen; /* how many are what somebody saw before: confirmed once they are counted */
} PaymentStatement;

/* Finds what came in, by the prefix of the organisation's references. As statement_credits_find. */
MUST_USE Status payment_statement_credits(Ctx *ctx, const Statement *statement,
                                          const StatementColumns *columns, PaymentStatement *ret);
/* What the books say, and orders that the rest may pay, into the statement's arena. In the apply of
 * a read. */
MUST_USE Status payment_statement_compare(Ctx *ctx, Arena *arena, PaymentStatement *s);
/* Whose the fresh ones are; after payment_statement_compare, without the store. INVALID
 * statement_large. */
MUST_USE Status payment_statement_match(Ctx *ctx, Arena *arena, PaymentStatement *s);

/* What was seen on the account on a day between the statement's first and last line, and is not in
 * it (at most max): none of a gateway's report, and none that it confirms when it is counted. After
 * payment_statement_compare; in the apply of a read. */
MUST_USE Status payment_statement_missing(Ctx *ctx, const PaymentStatement *s, int max,
                                          PaymentIn *ret, int *ret_count);

PaymentStatementFate payment_statement_fate(const PaymentStatement *s, int64_t credit);
/* Of a fresh one, else NULL. */
const StatementCreditMatch *payment_statement_match_of(const PaymentStatement *s, int64_t credit);

/* Counts the credits from … (at most max) that are somebody's, or (every) all of them: the others
 * are then to be settled. *ret_new: how many were not known before. A write. */
MUST_USE Status payment_statement_count(Ctx *ctx, const PaymentStatement *s, int64_t from,
                                        int64_t max, bool every, int64_t *ret_new);

#endif
