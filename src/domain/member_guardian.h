/* Who answers for a minor, until the minor is of age. Only the year of birth is known: from 1
 * January after the year in which somebody turns 18 they are of age for certain, and the guardian's
 * data goes. In that year itself the organisation may say that the birthday has passed. */
#ifndef DOMAIN_MEMBER_GUARDIAN_H
#define DOMAIN_MEMBER_GUARDIAN_H

#include "domain/due.h"
#include "domain/member.h"

/* Is somebody of that year of birth under age? In the year of the eighteenth birthday of_age says:
 * "no" a minor, "yes" or empty not; *ret_ask tells that it is that year. */
bool member_guardian_needed(const Ctx *ctx, int64_t birth_year, Text of_age, bool *ret_ask);

typedef struct Guardian {
    Text name, e164; /* empty: the member has none */
    Text proof;      /* of that phone, as member.phone_proof */
} Guardian;
/* For the domain: no scope, no audit. In apply. */
MUST_USE Status member_guardian_read(Ctx *ctx, const Member *member, Guardian *ret);
/* The phone whose codes allow acts in the member's name: the guardian's, else the member's own;
 * empty when there is none. In apply. */
MUST_USE Status member_guardian_phone(Ctx *ctx, const Member *member, Text *ret_e164);

/* The member is of age: the guardian's data is erased, and a phone that is the guardian's too
 * counts as unconfirmed until a code comes back from it anew. CONFLICT guardian_none, and
 * of_age_not_yet before the year of the eighteenth birthday. NOT_FOUND as member_look. A write. */
MUST_USE Status member_guardian_end(Ctx *ctx, Text number, Member *ret_member);
/* The same for those who are of age for certain. */
extern const Due member_guardian_of_age;

#endif
