/* Personal data at rest: XChaCha20-Poly1305 under a key of the member's own, which is wrapped by
 * the register's. Associated data names table, row and column, so that no sealed value can be
 * moved elsewhere. */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "base/arena.h"
#include "crypto/keyring.h"

enum { SEAL_OVERHEAD = 24 + 16, SEAL_WRAPPED_BYTES = KEY_BYTES + SEAL_OVERHEAD };

typedef struct MemberKey {
    uint8_t bytes[KEY_BYTES];
} MemberKey;

/* A fresh key and its wrapped form, bound to the row ("member/<serial>"). */
void seal_new_key(const Keyring *ring, Text row, MemberKey *ret_key,
                  uint8_t ret_wrapped[SEAL_WRAPPED_BYTES]);
/* false: damaged or of another row. */
bool seal_unwrap(const Keyring *ring, Text row, Text wrapped, MemberKey *ret_key);
/* nonce ‖ ciphertext ‖ tag in the arena. place: "member/<serial>/phone". */
Text seal_value(Arena *arena, const MemberKey *key, Text place, Text value);
bool seal_open(Arena *arena, const MemberKey *key, Text place, Text sealed, Text *ret_value);

/* Rows with one sealed value, under a key of its own and at the place of the row: the value sealed,
 * and the wrapped key beside it; false: damaged or of another row. */
Text seal_row(Arena *arena, const Keyring *ring, Text row, Text value, Text *ret_wrapped);
bool seal_row_open(Arena *arena, const Keyring *ring, Text row, Text wrapped, Text sealed,
                   Text *ret_value);

#endif
