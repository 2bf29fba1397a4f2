/* What a member may add to the card, and nobody asks for: a parent's or spouse's name on the front,
 * blood group and whom to call on the back. In neither code; sealed under the member's key. */
#ifndef DOMAIN_MEMBER_OPTIONAL_H
#define DOMAIN_MEMBER_OPTIONAL_H

#include "domain/member.h"

typedef struct MemberOptional {
    Text relative;    /* a name */
    Text blood_group; /* "A+" … "O-" */
    Text emergency;   /* E.164 */
} MemberOptional;

/* Normalises what was typed; empty ones stay empty. INVALID on relative (as name_check),
 * blood_group (blood_group_form), emergency (phone_form); all are looked at. */
MUST_USE Status member_optional_check(Ctx *ctx, MemberOptional *optional);
MUST_USE Status member_optional_read(Ctx *ctx, const Member *m, MemberOptional *ret);
/* All three anew; empty ones are forgotten. A write. */
MUST_USE Status member_optional_put(Ctx *ctx, const Member *m, const MemberOptional *optional);

#endif
