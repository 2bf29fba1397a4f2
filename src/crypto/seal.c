/* Personal data at rest. Destroying one wrapped key makes all that its member ever gave
 * unreadable, in backups too. */
#include "crypto/seal.h"

#include <sodium.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
_Static_assert(SEAL_OVERHEAD == NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES, "seal");
_Static_assert((int)KEY_BYTES == (int)crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");

/* out: value.len + SEAL_OVERHEAD bytes. Random nonces: 192 bits never meet. */
static void encrypt(const uint8_t *key, Text place, Text value, uint8_t *out) {
    randombytes_buf(out, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + NONCE, NULL, (const uint8_t *)value.ptr, value.len, (const uint8_t *)place.ptr,
        place.len, NULL, out, key);
}

/* out: sealed.len - SEAL_OVERHEAD bytes, which sealed has at least. */
static bool decrypt(const uint8_t *key, Text place, Text sealed, uint8_t *out) {
    const uint8_t *bytes = (const uint8_t *)sealed.ptr;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, bytes + NONCE,
                                                      sealed.len - NONCE,
                                                      (const uint8_t *)place.ptr, place.len, bytes,
                                                      key) == 0;
}

void seal_new_key(const Keyring *ring, Text row, MemberKey *ret_key,
                  uint8_t ret_wrapped[SEAL_WRAPPED_BYTES]) {
    randombytes_buf(ret_key->bytes, KEY_BYTES);
    encrypt(ring->use[KEY_WRAP], row, text_bytes(ret_key->bytes, KEY_BYTES), ret_wrapped);
}

bool seal_unwrap(const Keyring *ring, Text row, Text wrapped, MemberKey *ret_key) {
    MemberKey key;
    if (wrapped.len != SEAL_WRAPPED_BYTES) return false;
    bool good = decrypt(ring->use[KEY_WRAP], row, wrapped, key.bytes);
    if (good) *ret_key = key;
    sodium_memzero(&key, sizeof key);
    return good;
}

Text seal_value(Arena *arena, const MemberKey *key, Text place, Text value) {
    uint8_t *out = arena_alloc(arena, value.len + SEAL_OVERHEAD);
    encrypt(key->bytes, place, value, out);
    return text_bytes(out, value.len + SEAL_OVERHEAD);
}

bool seal_open(Arena *arena, const MemberKey *key, Text place, Text sealed, Text *ret_value) {
    if (sealed.len < SEAL_OVERHEAD) return false;
    size_t len = sealed.len - SEAL_OVERHEAD;
    uint8_t *out = arena_alloc(arena, len + 1);
    if (!decrypt(key->bytes, place, sealed, out)) return false;
    *ret_value = text_bytes(out, len);
    return true;
}

Text seal_row(Arena *arena, const Keyring *ring, Text row, Text value, Text *ret_wrapped) {
    MemberKey key;
    uint8_t *wrapped = arena_alloc(arena, SEAL_WRAPPED_BYTES);
    seal_new_key(ring, row, &key, wrapped);
    Text sealed = seal_value(arena, &key, row, value);
    sodium_memzero(&key, sizeof key);
    *ret_wrapped = text_bytes(wrapped, SEAL_WRAPPED_BYTES);
    return sealed;
}

bool seal_row_open(Arena *arena, const Keyring *ring, Text row, Text wrapped, Text sealed,
                   Text *ret_value) {
    MemberKey key;
    bool good = seal_unwrap(ring, row, wrapped, &key) &&
                seal_open(arena, &key, row, sealed, ret_value);
    sodium_memzero(&key, sizeof key);
    return good;
}
