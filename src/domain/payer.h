/* Who paid, as far as money says so: a UPI address, or the phone that a gateway tells. Kept as a
 * keyed hash, so that one payer for many is seen and nobody is named. */
#ifndef DOMAIN_PAYER_H
#define DOMAIN_PAYER_H

#include "domain/organisation.h"

enum { PAYER_HASH_BYTES = 16 };

/* The first UPI address ("asha.devi@okbank", in small letters) in a text such as a narration;
 * TEXT_NONE when there is none. E-mail addresses are none: behind the @ comes no dot. */
Text payer_address(Arena *arena, Text text);
/* Keeps who made the payment; the organisation's own UPI address and an empty text say nothing. A
 * write. */
MUST_USE Status payer_keep(Ctx *ctx, int64_t payment_id, Text payer);
/* TEXT_NONE when it is not known; in the arena. */
MUST_USE Status payer_hash_of(Ctx *ctx, int64_t payment_id, Text *ret);

#endif
