/* Money that came in by a gateway or a bank: each payment once, counted for the order it belongs
 * to, and otherwise kept in suspense until somebody settles it or gives it back. Nothing that came
 * is ever dropped: what is left of all payments is what the account "suspense" holds. */
#ifndef DOMAIN_PAYMENT_IN_H
#define DOMAIN_PAYMENT_IN_H

#include "domain/fee_order.h"

typedef struct PaymentIn {
    int64_t id;
    Text source;        /* demo | razorpay | bank */
    Text external_id;   /* unique in its source */
    int64_t at, amount_paise, left_paise;
    Text utr;           /* or empty */
    Text gateway_order; /* or empty */
    Text reference;     /* of the order, as it came, or empty */
    int64_t order_id;   /* 0: none */
    Text state;         /* open | kept | returning | settled | refunded */
    Text problem;       /* unknown short excess double late ambiguous, or empty */
    Text reason;
    int64_t decided_at; /* 0: nobody had to */
    Text returned_by;   /* reference of the transfer back, or empty */
    Text payer;         /* when it comes (payer.h), or empty; only a hash is kept */
    Text narration;     /* when it comes, or empty; kept sealed (payment_narration.h) while left */
} PaymentIn;

/* Money has come: source to reference are given (problem "ambiguous": nobody's for now). Recorded
 * and posted once; the same payment again is not new (*ret_new false), and changes nothing unless
 * it was nobody's and says now whose it is; nor is the line of a statement that somebody saw before
 * (payment_decision_see). What is enough for an order (together with what came for it before)
 * proves the fees of its people; the rest stays open with its problem. What somebody decided to
 * keep counts along, and last, but is not opened again by it. A write. */
MUST_USE Status payment_in_receive(Ctx *ctx, PaymentIn *payment, bool *ret_new);
/* Looks for money that came before the order was claimed or known to the gateway. A write. */
MUST_USE Status payment_in_match_order(Ctx *ctx, FeeOrder *order);
/* What is here for an order and not yet for anybody's fee. */
MUST_USE Status payment_in_left_for(Ctx *ctx, int64_t order_id, int64_t *ret_paise);

/* NOT_FOUND payment_not_found. */
MUST_USE Status payment_in_read(Ctx *ctx, int64_t id, PaymentIn *ret);
/* Somebody saw it on the account (payment_decision_see), and no statement has its line yet. */
bool payment_in_is_seen(const PaymentIn *payment);
/* By state ("open": to be settled) after an id, at most max; "seen": payment_in_is_seen. */
MUST_USE Status payment_in_list(Ctx *ctx, Text state, int64_t after, int max, PaymentIn **ret,
                                int *ret_count);
/* payment_in_is_seen, seen between two times, the oldest first, behind an id. */
MUST_USE Status payment_in_list_seen(Ctx *ctx, int64_t from, int64_t to, int64_t after, int max,
                                     PaymentIn **ret, int *ret_count);
/* Counts what is left of a payment for an order, typed as its reference or as the number of a
 * member, with a reason. NOT_FOUND payment_target on field "order"; CONFLICT payment_settled when
 * nothing is left of it, fee_order_nothing when the member owes nothing. A write. */
MUST_USE Status payment_in_settle(Ctx *ctx, int64_t id, Text reference, Text reason,
                                  PaymentIn *ret);
/* What is left went back to whoever paid, outside this program; this writes it down. A write. */
MUST_USE Status payment_in_refund(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret);

/* For payment_decision: writes state, what is left and why. */
MUST_USE Status payment_in_set(Ctx *ctx, const PaymentIn *payment);
/* Reads a payment that somebody decides about, with their reason and the time set. DENIED as
 * treasury_scope_check, before 404 says which payments there are; INVALID reason_form; CONFLICT
 * payment_settled. */
MUST_USE Status payment_in_to_decide(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret);

#endif
