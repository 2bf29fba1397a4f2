/* HMAC-SHA256 (RFC 2104), by which payment gateways sign what they send. */
#ifndef CRYPTO_HMAC_H
#define CRYPTO_HMAC_H

#include "base/text.h"

enum { HMAC_HEX_CHARS = 64 };

/* Lower-case hex over the body, under a secret of any length. */
void hmac_sha256_hex(Text secret, Text body, char out[HMAC_HEX_CHARS]);
/* Constant-time; false for anything but 64 hex characters of either case. */
bool hmac_sha256_is(Text secret, Text body, Text hex);

#endif
