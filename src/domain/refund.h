/* A fee given back: the membership is refunded. */
#ifndef DOMAIN_REFUND_H
#define DOMAIN_REFUND_H

#include "domain/member.h"

/* Writes down that everything this member paid went back out of an account ("bank", "gateway",
 * "cash:server"), with a reason; the money itself moves outside this program. INVALID reason_form,
 * refund_account; CONFLICT refund_nothing, member_state_refused, ledger_cash_short. A write. */
MUST_USE Status refund_member(Ctx *ctx, Member *member, Text from, Text reason,
                              int64_t *ret_paise);

/* What this member paid is to go back because of reason ("denial 12"); nothing when nothing was
 * paid, or when it is on the list. A write. */
MUST_USE Status refund_due_add(Ctx *ctx, const Member *member, Text reason);

typedef struct RefundDue {
    int64_t serial, paise, since;
    Text number, reason;
} RefundDue;
/* Oldest first, behind one (NULL: from the oldest), at most max. */
MUST_USE Status refund_due_list(Ctx *ctx, const RefundDue *after, RefundDue *ret, int max,
                                int *ret_count);
/* Writes down that it went back out of an account, as refund_member; the membership stays what it
 * is. NOT_FOUND refund_not_due; INVALID refund_account. A write. */
MUST_USE Status refund_due_settle(Ctx *ctx, int64_t serial, Text from, int64_t *ret_paise);

#endif
