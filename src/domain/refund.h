/* A fee given back: the membership is refunded. */
#ifndef DOMAIN_REFUND_H
#define DOMAIN_REFUND_H

#include "domain/member.h"

/* Writes down that everything this member paid went back out of an account ("bank", "gateway",
 * "cash:server"), with a reason; the money itself moves outside this program. INVALID reason_form,
 * refund_account; CONFLICT refund_nothing, member_state_refused. A write. */
MUST_USE Status refund_member(Ctx *ctx, Member *member, Text from, Text reason,
                              int64_t *ret_paise);

#endif
