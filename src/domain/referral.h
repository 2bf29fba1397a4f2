/* "Join too": the short code of a member in the link that they share. It says nothing of the number
 * and needs no row: a keyed tag of the serial, and the serial masked by a keyed hash of the tag. */
#ifndef DOMAIN_REFERRAL_H
#define DOMAIN_REFERRAL_H

#include "domain/member.h"

enum { REFERRAL_CHARS = 16 };

/* "/join?by=…" in the arena. */
Text referral_path(Ctx *ctx, const Member *m);
/* The member of a code, who must have a card; *ret_found false for anything else. In apply. */
MUST_USE Status referral_find(Ctx *ctx, Text code, Member *ret, bool *ret_found);
/* What the invited may know of who invited: the first word of the name. */
Text referral_given_name(const Member *m);

#endif
