/* Cash for a fee that is open already: of a join that waits for it, or of a renewal. Cash with the
 * enrolment itself is member_enrol's. The office takes it for anybody, a collector (a token that
 * may enrol) for members of the own unit, into the own receipt book and cash in hand. */
#ifndef DOMAIN_PAYMENT_CASH_H
#define DOMAIN_PAYMENT_CASH_H

#include "domain/fee_order.h"
#include "domain/receipt_issued.h"

/* An order as who takes cash must see it. */
typedef struct PaymentCash {
    FeeOrder order;
    FeeStanding standing;
    Member *members; /* order.people of each */
    Unit *units;
    ReceiptIssued *receipts; /* what each got by this order's cash; at 0: none */
} PaymentCash;

/* The order that target means (fee_order_by_target). Outside of the actor's unit as if it were not
 * there: NOT_FOUND payment_target on "order". A write. */
MUST_USE Status payment_cash_find(Ctx *ctx, Text target, FeeOrder *ret);
/* An order with its people, by its reference, with the scope of fee_gather_look. */
MUST_USE Status payment_cash_read(Ctx *ctx, Text reference, PaymentCash *ret);
/* The same; that they were looked at is recorded. A write. */
MUST_USE Status payment_cash_look(Ctx *ctx, Text reference, PaymentCash *ret);
/* The fees of all people of the order were taken by the actor, against receipts of their book: they
 * are proved. CONFLICT order_paid; cash_beside when other money for it is here already (it is
 * settled first); INVALID cash_differs {fee} on "cash" unless it is the whole; CONFLICT pay_way_off
 * when the organisation takes no cash; as enroller_admit_cash and receipt_record. The same token
 * again finds it done, and nothing is taken twice; where it says an idempotency key (empty: none),
 * only with the same one (idempotency_find). A write. */
MUST_USE Status payment_cash_take(Ctx *ctx, Text target, int64_t paise, Text idempotency_key,
                                  FeeOrder *ret);

#endif
