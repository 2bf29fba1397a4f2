/* The term of a membership: renewing it, and what becomes of those who do not. */
#ifndef DOMAIN_MEMBER_TERM_H
#define DOMAIN_MEMBER_TERM_H

#include "domain/due.h"
#include "domain/member.h"
#include "domain/membership_kind.h"

/* In a state that money for a renewal extends: whoever once was a member and has not left. */
bool member_term_goes_on(const Member *member);
/* May be renewed now: it has a term, and the days before its end have come or it is over. What a
 * page asks before it takes money; money that was proved is never refused for being early. */
bool member_term_may_renew(const Ctx *ctx, const Member *member, const MembershipKind *kind);
/* The end that a renewal now would give. */
int64_t member_term_next_end(const Ctx *ctx, const Member *member, const MembershipKind *kind);
/* Another term of its kind, from its end or from now, whichever is later; an expired one becomes
 * confirmed and counts again, as one that is provisional for the renewal becomes confirmed. A new
 * issue of the card; a dated event ("renew", or "restore" after expiry). To be called once the
 * money is proved. A write. CONFLICT: renew_for_life when the kind or the membership has no end,
 * member_state_refused for an applied, rejected or ended one. A suspended one stays suspended. */
MUST_USE Status member_term_renew(Ctx *ctx, Member *member);
/* An expired one whose renewal is claimed is provisional until that is known, with a card. A write;
 * in any other state nothing changes. */
MUST_USE Status member_term_claimed(Ctx *ctx, Member *member);
/* The claim of a renewal was not true: expired again, unless another claim is open. A write;
 * nothing changes unless the membership is provisional and its term is over. */
MUST_USE Status member_term_not_paid(Ctx *ctx, Member *member, Text reason);
/* Expires memberships whose term and grace are over. Suspended ones wait until that is decided,
 * claimed ones (of a renewal, or of the first fee) until the claim is. */
extern const Due member_term_over;

#endif
