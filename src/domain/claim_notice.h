/* An SMS to those whose claim of payment was rejected, where the organisation has words for that:
 * a phone that several share is told once. It says no reason; their card page does. */
#ifndef DOMAIN_CLAIM_NOTICE_H
#define DOMAIN_CLAIM_NOTICE_H

#include "domain/fee_order.h"

/* For those of the order's people who are concerned, one flag each; *ret_told phones are told.
 * Nothing of it keeps the rejection from being done. A write. */
MUST_USE Status claim_notice_rejected(Ctx *ctx, const FeeOrder *order, const bool *concerned,
                                      int *ret_told);

#endif
