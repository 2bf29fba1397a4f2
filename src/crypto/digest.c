/* The lengths go in too, so that parts cannot be moved into each other. */
#include "crypto/digest.h"

#include <sodium.h>

void digest_of(const Text *parts, int part_count, uint8_t out[DIGEST_BYTES]) {
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    for (int i = 0; i < part_count; i++) {
        uint8_t len[8];
        for (int byte = 0; byte < 8; byte++) len[byte] = (uint8_t)(parts[i].len >> (8 * byte));
        (void)crypto_generichash_update(&state, len, sizeof len);
        if (parts[i].len)
            (void)crypto_generichash_update(&state, (const uint8_t *)parts[i].ptr, parts[i].len);
    }
    (void)crypto_generichash_final(&state, out, DIGEST_BYTES);
}
