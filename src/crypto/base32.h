/* Crockford base32 (https://www.crockford.com/base32.html), without check symbol. */
#ifndef CRYPTO_BASE32_H
#define CRYPTO_BASE32_H

#include "base/text.h"

/* len bytes → ceil(8*len/5) characters, upper case, most significant bits first; no NUL. */
size_t base32_encode(const uint8_t *bytes, size_t len, char *out);
/* Exactly len bytes from ceil(8*len/5) characters; either case; o=0, i=l=1; false otherwise or
 * when padding bits are not zero. */
bool base32_decode(Text t, uint8_t *out, size_t len);

#endif
