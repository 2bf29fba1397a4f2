/* Changes to the card of a member that leave the membership as it is; the next issue is
 * member_reissue. */
#ifndef DOMAIN_MEMBER_CARD_H
#define DOMAIN_MEMBER_CARD_H

#include "domain/member.h"

/* Another address for the card page: the old one then says so, and its act sessions end. A write.
 */
MUST_USE Status member_card_new_address(Ctx *ctx, Member *member);
/* The name as printed, in both scripts, as name_check leaves them; with the next issue of the card,
 * and on the member's phone the name goes under the new key. A write. */
MUST_USE Status member_card_rename(Ctx *ctx, Member *member, Text name, Text name_alt);

#endif
