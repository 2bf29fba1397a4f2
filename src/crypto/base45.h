/* Base45 (RFC 9285): bytes in the alphabet of a QR code's alphanumeric mode. */
#ifndef CRYPTO_BASE45_H
#define CRYPTO_BASE45_H

#include "base/text.h"

/* Room for len bytes as Base45. */
#define BASE45_CHARS(len) ((len) / 2 * 3 + (len) % 2 * 2)

/* Returns the number of characters, BASE45_CHARS(len); no NUL. */
size_t base45_encode(const uint8_t *bytes, size_t len, char *out);
/* out has room for t.len / 3 * 2 + 1 bytes. false: another letter (lower case too), a group above
 * 65535 (of two: 255), or one letter left over. */
bool base45_decode(Text t, uint8_t *out, size_t *ret_len);

#endif
