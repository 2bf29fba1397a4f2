/* What somebody decides about money that came in, besides settling it (payment_in.h): to leave it
 * for later, to give it back, or that the money of a claim is on the account already. All only by
 * who administers the whole; all with a reason, recorded. */
#ifndef DOMAIN_PAYMENT_DECISION_H
#define DOMAIN_PAYMENT_DECISION_H

#include "domain/payment_in.h"

enum { PAYMENT_RETURNED_BY_BYTES = 60 };

/* Lists that somebody works through. */
typedef enum PaymentList {
    PAYMENT_LIST_OPEN,
    PAYMENT_LIST_KEPT,
    PAYMENT_LIST_RETURNING,
    PAYMENT_LIST_REFUNDED,
    PAYMENT_LIST_SEEN, /* payment_in_is_seen, whatever their state */
    PAYMENT_LIST_COUNT
} PaymentList;

/* "open", "kept", …: as in PaymentIn.state, or "seen". */
Text payment_decision_list_name(PaymentList list);
typedef struct PaymentTally {
    int64_t count, paise; /* paise: of what is left; of refunded and seen ones the whole */
} PaymentTally;
MUST_USE Status payment_decision_tally(Ctx *ctx, PaymentTally ret[PAYMENT_LIST_COUNT]);
/* How many in this state have this problem ("": any); the seen are counted by the tally alone. */
MUST_USE Status payment_decision_count(Ctx *ctx, Text state, Text problem, int64_t *ret);
/* By state and problem ("": any; of the seen always), the oldest first, behind an id, at most
 * max. */
MUST_USE Status payment_decision_list(Ctx *ctx, Text state, Text problem, int64_t after, int max,
                                      PaymentIn **ret, int *ret_count);

/* Claims whose money is awaited, the longest first, behind a cursor that starts zeroed. */
typedef struct ClaimCursor {
    int64_t claimed_at, order_id;
} ClaimCursor;
MUST_USE Status payment_decision_claims(Ctx *ctx, ClaimCursor after, int max, FeeOrder *ret,
                                        int *ret_count);
MUST_USE Status payment_decision_claim_count(Ctx *ctx, int64_t *ret);
/* Orders, claimed or not, under this UTR; at most two are told. */
MUST_USE Status payment_decision_by_utr(Ctx *ctx, Text utr, int64_t ret_ids[2], int *ret_count);

/* It stays where it is, and leaves the list of what is to be settled until somebody decides anew.
 * Where it came for an order that more money makes up, it is counted for that. A write. */
MUST_USE Status payment_decision_keep(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret);
/* What is left is to be paid back. A write. */
MUST_USE Status payment_decision_return(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret);
/* It was paid back, by the transfer of this reference. INVALID returned_by_form; CONFLICT
 * payment_not_returning. A write. */
MUST_USE Status payment_decision_returned(Ctx *ctx, int64_t id, Text reference, PaymentIn *ret);
/* The claim is true: so much is on the account, under this UTR. Counted now; the line of a
 * statement with this UTR and amount is then taken for the same. CONFLICT order_not_claimed;
 * payment_seen_already when money of that UTR is in the books, for whichever order. A write. */
MUST_USE Status payment_decision_see(Ctx *ctx, FeeOrder *order, Text utr, int64_t paise,
                                     Text reason, PaymentIn *ret);

#endif
