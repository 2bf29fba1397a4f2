/* The wish for news, apart from the membership: given when joining or later, withdrawn at any time.
 * Each change is a row of its own (consent, purpose "messages"); the newest counts. Messages about
 * one's own membership (codes, its end) do not ask for it. */
#ifndef DOMAIN_MEMBER_WISH_H
#define DOMAIN_MEMBER_WISH_H

#include "domain/member.h"

typedef struct MemberWish {
    bool given;
    int64_t at; /* when that was said; 0: never asked for */
} MemberWish;

/* In apply. */
MUST_USE Status member_wish_read(Ctx *ctx, int64_t serial, MemberWish *ret);
/* The same again changes nothing; a minor's guardian answers for it. channel as in consent:
 * "card". A write. */
MUST_USE Status member_wish_set(Ctx *ctx, const Member *m, bool given, Text channel);

#endif
