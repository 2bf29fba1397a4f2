/* What the provider of the organisation's telephone numbers says came in: an SMS, a missed call.
 * Providers differ in the names of things, so these are settings (domain/phone_way.h). */
#ifndef WEB_INCOMING_H
#define WEB_INCOMING_H

#include "domain/phone_wait.h"
#include "domain/phone_way.h"

/* Reads one event out of a JSON object (its members texts or whole numbers) or a form. No field of
 * the text's name: a call. Times: seconds or milliseconds of the epoch, or ISO 8601, without a
 * zone in the organisation's. INVALID incoming_form. */
MUST_USE Status incoming_read(Ctx *ctx, const PhoneWays *ways, Text body, Incoming *ret);

/* Whether the sender knows the secret: either it came as it is, or signature is the hex of
 * the body's HMAC-SHA256 under it. Constant-time; never without a secret. */
bool incoming_is_signed(Text secret, Text body, Text given, Text signature);

#endif
