/* Cash for a fee that is open already: of a join that waits for it, or of a renewal. Cash with the
 * enrolment itself is member_enrol's. */
#ifndef DOMAIN_PAYMENT_CASH_H
#define DOMAIN_PAYMENT_CASH_H

#include "domain/fee_order.h"

/* The fees of all people of the order that target means (fee_order_by_target) were taken by the
 * actor, against receipts of their book: they are proved. CONFLICT order_paid; cash_beside when
 * other money for it is here already (it is settled first); INVALID cash_differs {fee} on "cash"
 * unless it is the whole. DENIED as treasury_scope_check. A write. */
MUST_USE Status payment_cash_take(Ctx *ctx, Text target, int64_t paise, FeeOrder *ret);

#endif
