/* Secrets that people and programs carry. The store keeps hashes of them, or nothing at all. */
#include "crypto/secret_token.h"

#include "crypto/base32.h"
#include "crypto/number.h"

enum { TOKEN_BYTES = 20, CARD_TAG_BYTES = 14, CARD_SERIAL_BYTES = TOKEN_BYTES - CARD_TAG_BYTES };

static void write_token(const uint8_t bytes[TOKEN_BYTES], char *out) {
    size_t len = base32_encode(bytes, TOKEN_BYTES, out);
    for (size_t i = 0; i < len; i++)
        if (out[i] >= 'A') out[i] = (char)(out[i] + 32);
}

void secret_token_make(char out[SECRET_TOKEN_CHARS]) {
    uint8_t bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof bytes);
    write_token(bytes, out);
    secret_wipe(bytes, sizeof bytes);
}

void secret_token_hash(const Keyring *ring, Text purpose, Text token,
                       uint8_t out[SECRET_HASH_BYTES]) {
    const Text parts[] = {purpose, token};
    keyring_hash(ring, KEY_SECRET_HASH, parts, 2, out, SECRET_HASH_BYTES);
}

void one_time_code_make(char out[ONE_TIME_CODE_DIGITS]) {
    uint32_t value = random_below(1000000);
    for (int i = ONE_TIME_CODE_DIGITS - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

static void card_tag(const Keyring *ring, int64_t serial, int64_t generation,
                     uint8_t out[CARD_TAG_BYTES]) {
    uint8_t serial_bytes[8], generation_bytes[8];
    const Text parts[] = {T("tag"), keyring_part_int(serial, serial_bytes),
                          keyring_part_int(generation, generation_bytes)};
    keyring_hash(ring, KEY_CARD_TOKEN, parts, 3, out, CARD_TAG_BYTES);
}

/* Masks or unmasks, in place, the serial that follows its tag. */
static void card_mask(const Keyring *ring, uint8_t bytes[TOKEN_BYTES]) {
    uint8_t mask[CARD_SERIAL_BYTES];
    const Text parts[] = {T("mask"), text_bytes(bytes, CARD_TAG_BYTES)};
    keyring_hash(ring, KEY_CARD_TOKEN, parts, 2, mask, sizeof mask);
    for (int i = 0; i < CARD_SERIAL_BYTES; i++) bytes[CARD_TAG_BYTES + i] ^= mask[i];
}

void card_token_make(const Keyring *ring, int64_t serial, int64_t generation,
                     char out[CARD_TOKEN_CHARS]) {
    uint8_t bytes[TOKEN_BYTES], serial_bytes[8];
    card_tag(ring, serial, generation, bytes);
    (void)keyring_part_int(serial, serial_bytes);
    memcpy(bytes + CARD_TAG_BYTES, serial_bytes, CARD_SERIAL_BYTES);
    card_mask(ring, bytes);
    write_token(bytes, out);
}

static bool card_token_open(const Keyring *ring, Text token, uint8_t bytes[TOKEN_BYTES],
                            int64_t *ret_serial) {
    int64_t serial = 0;
    if (!base32_decode(token, bytes, TOKEN_BYTES)) return false;
    card_mask(ring, bytes);
    for (int i = TOKEN_BYTES - 1; i >= CARD_TAG_BYTES; i--) serial = serial << 8 | bytes[i];
    if (serial >= NUMBER_SERIAL_END) return false;
    *ret_serial = serial;
    return true;
}

bool card_token_serial(const Keyring *ring, Text token, int64_t *ret_serial) {
    uint8_t bytes[TOKEN_BYTES];
    return card_token_open(ring, token, bytes, ret_serial);
}

bool card_token_verify(const Keyring *ring, Text token, int64_t serial, int64_t generation) {
    uint8_t bytes[TOKEN_BYTES], right[CARD_TAG_BYTES];
    int64_t claimed;
    if (!card_token_open(ring, token, bytes, &claimed) || claimed != serial) return false;
    card_tag(ring, serial, generation, right);
    return secret_eq(bytes, right, sizeof right);
}
