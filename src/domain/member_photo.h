/* The photograph of a member: small JPEGs made by media/photo.h, sealed under the member's key. */
#ifndef DOMAIN_MEMBER_PHOTO_H
#define DOMAIN_MEMBER_PHOTO_H

#include "domain/member.h"

enum { MEMBER_PHOTO_TOLD_DAYS = 30 };

/* Empty when there is none. */
MUST_USE Status member_photo_read(Ctx *ctx, const Member *m, Text *ret_jpeg);
/* What was uploaded and waits for the member's choice (the edge's own form), or empty. */
MUST_USE Status member_photo_draft(Ctx *ctx, const Member *m, Text *ret_draft);
/* The draft waits beside the present photo. A write. */
MUST_USE Status member_photo_put_draft(Ctx *ctx, const Member *m, Text draft);
/* This is the photo from now on; the draft is forgotten. A write. */
MUST_USE Status member_photo_put(Ctx *ctx, const Member *m, Text jpeg);
/* Neither photo nor draft any more. A write. */
MUST_USE Status member_photo_remove(Ctx *ctx, const Member *m);
/* The organisation takes an unfit photo off the card of a number as typed; the card page says why
 * until there is another photo, 30 days at most. NOT_FOUND as member_look, photo_none. A write. */
MUST_USE Status member_photo_take_off(Ctx *ctx, Text number, Text reason, Member *ret_member);
/* Why, for as long as the member is to be told; else empty. */
MUST_USE Status member_photo_off_reason(Ctx *ctx, const Member *m, Text *ret_reason);

#endif
