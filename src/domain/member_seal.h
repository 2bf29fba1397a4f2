/* Personal values of a member beside the row itself: sealed under the member's own key, bound to
 * the member and the name of the value ("photo"), so that none opens elsewhere. */
#ifndef DOMAIN_MEMBER_SEAL_H
#define DOMAIN_MEMBER_SEAL_H

#include "domain/member.h"

/* Empty stays TEXT_NONE. IO store_damaged when the member's key does not open. */
MUST_USE Status member_seal(Ctx *ctx, const Member *m, const char *name, Text value, Text *ret);
MUST_USE Status member_seal_open(Ctx *ctx, const Member *m, const char *name, Text sealed,
                                 Text *ret);

#endif
