/* The members an oddity is about, as they are now. */
#ifndef DOMAIN_ODDITY_MEMBERS_H
#define DOMAIN_ODDITY_MEMBERS_H

#include "domain/member.h"
#include "domain/oddity.h"

enum { ODDITY_MEMBERS_MAX = 200 };

/* Their serials in order, after a serial (-1: from the first), at most max. Of a unit's or an
 * enroller's joins those of the time of the oddity; of unconfirmed phones those that still are. No
 * scope, no audit: for the domain. */
MUST_USE Status oddity_members_serials(Ctx *ctx, const Oddity *oddity, int64_t after, int max,
                                       int64_t *ret, int *ret_count);

typedef struct OddityMember {
    Member member;
    Text unit_code;
} OddityMember;
typedef struct OddityMembers {
    OddityMember *list;
    int count;
    int hidden;    /* of this page: in units that are not the actor's */
    int64_t after; /* the cursor of the next page; -1: this was the last */
} OddityMembers;
/* A page of at most max (ODDITY_MEMBERS_MAX) with scope; each look is recorded. A write. */
MUST_USE Status oddity_members(Ctx *ctx, const Oddity *oddity, int64_t after, int max,
                               OddityMembers *ret);

/* Suspends those of the actor's who are provisional or confirmed, at most ODDITY_MEMBERS_MAX of
 * them, with a reason, and says that something was done about the oddity, with the reason as its
 * note. *ret_more: there are others; do it again. INVALID reason_form; scope and CONFLICT as
 * oddity_decide. A write. */
MUST_USE Status oddity_members_suspend(Ctx *ctx, int64_t id, Text reason, int *ret_count,
                                       bool *ret_more);

#endif
