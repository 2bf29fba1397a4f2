/* What a member may add to the card, and nobody asks for: a parent's or spouse's name and the date
 * of birth on the front, blood group and whom to call on the back. Of these the date of birth alone
 * is in the signed code; all is sealed under the member's key. */
#ifndef DOMAIN_MEMBER_OPTIONAL_H
#define DOMAIN_MEMBER_OPTIONAL_H

#include "domain/member.h"

typedef struct MemberOptional {
    Text relative;    /* a name */
    Text blood_group; /* "A+" … "O-" */
    Text emergency;   /* E.164 */
    Text birth_date;  /* "YYYY-MM-DD" */
} MemberOptional;

/* Normalises what was typed; empty ones stay empty. INVALID on relative (as name_check),
 * blood_group (blood_group_form), emergency (phone_form); all are looked at. */
MUST_USE Status member_optional_check(Ctx *ctx, MemberOptional *optional);
MUST_USE Status member_optional_read(Ctx *ctx, const Member *m, MemberOptional *ret);
/* The date of birth of its three parts as typed: INVALID birth_date_form on birth_day unless it is
 * a day that has come. */
MUST_USE Status member_optional_birth_date(Ctx *ctx, int64_t day, int64_t month, int64_t year,
                                           Text *ret);
/* All anew; empty ones are forgotten. INVALID birth_date_year {year} on birth_year when the date is
 * not of the year that the member joined with. A write. */
MUST_USE Status member_optional_put(Ctx *ctx, const Member *m, const MemberOptional *optional);

#endif
