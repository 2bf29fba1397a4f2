/* One-time codes of a join: hashed, bound to the phone, counted by hour and day. */
#ifndef DOMAIN_APPLICATION_CODE_H
#define DOMAIN_APPLICATION_CODE_H

#include "base/ctx.h"

/* Only the digits of what was typed, Devanagari ones as ASCII; at most six. */
Text application_code_digits(Ctx *ctx, Text typed);
/* Keyed hash of phone and code, in the arena. */
Text application_code_hash(Ctx *ctx, Text phone_hash, Text code);
/* Counts one more code sent to, or tried for, the phone, unless its limit is reached. Writes. */
MUST_USE Status application_code_count_sent(Ctx *ctx, Text phone_hash, bool *ret_allowed);
MUST_USE Status application_code_count_tried(Ctx *ctx, Text phone_hash, bool *ret_allowed);

#endif
