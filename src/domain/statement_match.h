/* Whose money it was: credits of a statement against claims. By the transfer's number that the
 * payer typed and by the order's reference in the narration; never by amount alone, as everybody
 * pays the same. Pure; the same input gives the same answer. O((n + m) log (n + m)). */
#ifndef DOMAIN_STATEMENT_MATCH_H
#define DOMAIN_STATEMENT_MATCH_H

#include "domain/statement_credits.h"

enum { STATEMENT_MATCH_DAYS_APART_MAX = 60 }; /* of payment and claim, when a number alone ties */

/* A payment that somebody says was made, or an order that somebody may have paid. Those settled
 * lately belong here too: so a double payment is seen. */
typedef struct StatementClaim {
    int64_t id;         /* the caller's */
    Text reference;     /* of the order; may be empty */
    Text utr;           /* as the payer typed it, with spaces and slips; may be empty */
    int64_t due_paise;  /* for all people together */
    int64_t paid_paise; /* received before this statement */
    int32_t people;
    int64_t day; /* claimed on; 0: not known */
} StatementClaim;

typedef enum StatementVerdict {
    STATEMENT_MATCHED,
    STATEMENT_SHORT,     /* whose is known, less than due */
    STATEMENT_EXCESS,    /* whose is known, more than due */
    STATEMENT_DOUBLE,    /* whose is known, and it was paid already */
    STATEMENT_AMBIGUOUS, /* somebody must decide */
    STATEMENT_UNMATCHED,
    STATEMENT_VERDICT_COUNT,
} StatementVerdict;

typedef struct StatementCreditMatch {
    StatementVerdict verdict;
    int64_t claim;            /* index of the (first) claim, or -1; of an ambiguous one a hint */
    int64_t claim_count;      /* claims that this credit settles: those whose .credit it is */
    int64_t difference_paise; /* what was paid, with all credits of the claim, less what was due */
    const char *reason, *todo; /* message keys */
} StatementCreditMatch;

typedef struct StatementClaimMatch {
    StatementVerdict verdict; /* DOUBLE: settled, and there is money over */
    int64_t credit;           /* index of the (first) credit, or -1; of an ambiguous one a hint */
    int64_t received_paise;   /* of this statement, where whose it is is known */
    const char *reason, *todo;
} StatementClaimMatch;

typedef struct StatementMatch {
    StatementCreditMatch *credits; /* one for each, in their order */
    StatementClaimMatch *claims;
    int64_t credit_counts[STATEMENT_VERDICT_COUNT]; /* by verdict */
    int64_t claim_counts[STATEMENT_VERDICT_COUNT];
    int64_t people; /* covered by matched claims */
} StatementMatch;

/* arena: the statement's. false: more than it holds. Only MATCHED may be booked without somebody
 * looking. */
bool statement_match_run(Arena *arena, const StatementCredits *credits,
                         const StatementClaim *claims, int64_t claim_count, StatementMatch *ret);

#endif
