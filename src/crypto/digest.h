/* A hash without a key, to tell same things from others; nothing secret is safe behind it. */
#ifndef CRYPTO_DIGEST_H
#define CRYPTO_DIGEST_H

#include "base/text.h"

enum { DIGEST_BYTES = 16 };

/* BLAKE2b (RFC 7693) of 16 bytes over the parts, each after its length as 8 bytes little-endian,
 * so that ("ab", "c") differs from ("a", "bc"). The same for ever: it is stored. */
void digest_of(const Text *parts, int part_count, uint8_t out[DIGEST_BYTES]);

#endif
