/* libsodium's HMAC with keys of any length. */
#include "crypto/hmac.h"

#include <sodium.h>

static void mac_of(Text secret, Text body, uint8_t out[crypto_auth_hmacsha256_BYTES]) {
    crypto_auth_hmacsha256_state state;
    (void)crypto_auth_hmacsha256_init(&state, (const uint8_t *)secret.ptr, secret.len);
    (void)crypto_auth_hmacsha256_update(&state, (const uint8_t *)body.ptr, body.len);
    (void)crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

void hmac_sha256_hex(Text secret, Text body, char out[HMAC_HEX_CHARS]) {
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    mac_of(secret, body, mac);
    text_hex(mac, sizeof mac, out);
}

bool hmac_sha256_is(Text secret, Text body, Text hex) {
    uint8_t mac[crypto_auth_hmacsha256_BYTES], given[crypto_auth_hmacsha256_BYTES];
    if (!secret.len || !text_unhex(hex, given, sizeof given)) return false;
    mac_of(secret, body, mac);
    return sodium_memcmp(mac, given, sizeof mac) == 0;
}
