/* Telephone numbers as E.164. */
#ifndef DOMAIN_PHONE_H
#define DOMAIN_PHONE_H

#include "base/ctx.h"
#include "crypto/keyring.h"

enum { PHONE_E164_MAX = 16, PHONE_HASH_BYTES = 16 };

/* Reads what people type ("98765 43210", "098765-43210", "+971 50 123 4567", Devanagari digits).
 * Without a plus or 00 an Indian mobile number of ten digits, starting 6-9, is meant. Of other
 * countries those that there are, as long as theirs (calling_code.h). INVALID: phone_form, on
 * field. */
MUST_USE Status phone_parse(Ctx *ctx, const char *field, Text typed, Text *ret_e164);
/* The keyed hash that the register finds a phone by. */
void phone_hash(const Keyring *keys, Text e164, uint8_t out[PHONE_HASH_BYTES]);
/* The same with the organisation's keys, in the arena. */
Text phone_hash_of(Ctx *ctx, Text e164);
/* To be read: "+91 98765 43210"; others than Indian ones as they are. */
Text phone_grouped(Arena *arena, Text e164);
/* "+91 98765 43210"; masked: "+91 ••••• ••210". */
Text phone_masked(Arena *arena, Text e164);

#endif
