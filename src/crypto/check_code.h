/* The check code of a card's front: <CODE><11 digits>-<8 Crockford base32>, the last a 40-bit
 * keyed BLAKE2b tag of organisation code, digits, issue. */
#ifndef CRYPTO_CHECK_CODE_H
#define CRYPTO_CHECK_CODE_H

#include "crypto/number.h"

enum {
    CHECK_TAG_CHARS = 8,
    CHECK_CODE_MAX = NUMBER_CODE_MAX + NUMBER_DIGITS + 1 + CHECK_TAG_CHARS + 1, /* with NUL */
};

/* "GKC20477190350-7K3M9QWX" into out[CHECK_CODE_MAX]; returns its length. */
size_t check_code_make(const Keyring *ring, const Number *number, int64_t issue, char *out);
/* Reads it (case, spaces, I L O as Crockford allows): number and tag (normalised, upper case).
 * false when it has not that form; a number alone is not one. */
bool check_code_parse(Text typed, Number *ret_number, char ret_tag[CHECK_TAG_CHARS + 1]);
/* Constant-time: is tag that of this number and issue? */
bool check_code_verify(const Keyring *ring, const Number *number, int64_t issue,
                       const char tag[CHECK_TAG_CHARS + 1]);

#endif
