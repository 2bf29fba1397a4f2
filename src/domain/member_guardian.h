/* Who answers for a minor. */
#ifndef DOMAIN_MEMBER_GUARDIAN_H
#define DOMAIN_MEMBER_GUARDIAN_H

#include "domain/member.h"

/* Is somebody of that year of birth under age? In the year of the eighteenth birthday of_age says:
 * "no" a minor, "yes" or empty not; *ret_ask tells that it is that year. */
bool member_guardian_needed(const Ctx *ctx, int64_t birth_year, Text of_age, bool *ret_ask);
/* Empty texts for whoever has no guardian here. For the domain: no scope, no audit. In apply. */
MUST_USE Status member_guardian_read(Ctx *ctx, const Member *member, Text *ret_name,
                                     Text *ret_e164);

#endif
