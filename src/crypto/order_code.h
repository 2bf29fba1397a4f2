/* What names an order to the outside, derived from its id by a key, so that nobody counts through
 * orders and nothing need be stored or indexed. */
#ifndef CRYPTO_ORDER_CODE_H
#define CRYPTO_ORDER_CODE_H

#include "crypto/number.h"

enum {
    ORDER_REFERENCE_CHARS = 16,
    ORDER_REFERENCE_MAX = NUMBER_CODE_MAX + 1 + ORDER_REFERENCE_CHARS + 1, /* with NUL */
    ORDER_TOKEN_CHARS = 32,
};
#define ORDER_ID_END (INT64_C(1) << 40)

/* The reference that goes with the money: organisation code, F, 16 Crockford base32 characters
 * (a 40-bit keyed tag and the id masked by it): "GKCF7K3M…", at most 22 letters and digits (UPI
 * linking specification: tr ≤ 35). Into out; returns its length. */
size_t order_code_reference_make(const Keyring *ring, Text code, int64_t id,
                            char out[ORDER_REFERENCE_MAX]);
/* Reads one in either case, with spaces or hyphens; false when it is none of ours. */
bool order_code_reference_read(const Keyring *ring, Text code, Text typed, int64_t *ret_id);

/* The address of its page (a 120-bit tag): whoever has it may pay, and learns nothing of anybody.
 * Lower case. */
void order_code_token_make(const Keyring *ring, int64_t id, char out[ORDER_TOKEN_CHARS]);
bool order_code_token_read(const Keyring *ring, Text token, int64_t *ret_id);

#endif
