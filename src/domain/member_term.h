/* The term of a membership: renewing it, and what becomes of those who do not. */
#ifndef DOMAIN_MEMBER_TERM_H
#define DOMAIN_MEMBER_TERM_H

#include "domain/member.h"
#include "domain/membership_kind.h"

enum { MEMBER_EXPIRE_CHUNK = 200 };

/* May be renewed now: it has a term, and the days before its end have come or it is over. What a
 * page asks before it takes money; money that was proved is never refused for being early. */
bool member_term_may_renew(const Ctx *ctx, const Member *member, const MembershipKind *kind);
/* The end that a renewal now would give. */
int64_t member_term_next_end(const Ctx *ctx, const Member *member, const MembershipKind *kind);
/* Another term of its kind, from its end or from now, whichever is later; an expired one becomes
 * confirmed and counts again. A new issue of the card; a dated event ("renew", or "restore" after
 * expiry). To be called once the money is proved. A write. CONFLICT: renew_for_life when the kind
 * or the membership has no end, member_state_refused for an applied, provisional or ended one.
 * A suspended one stays suspended. */
MUST_USE Status member_term_renew(Ctx *ctx, Member *member);
/* Expires up to MEMBER_EXPIRE_CHUNK memberships whose term and grace are over; *ret_more: call
 * again. Suspended ones wait until that is decided. A write. */
MUST_USE Status member_term_expire_due(Ctx *ctx, int *ret_expired, bool *ret_more);

#endif
