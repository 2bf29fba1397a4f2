/* An organisation's keys. Everything secret derives from the root, but for the signing keys, which
 * are replaced from time to time. */
#include "crypto/keyring.h"

#include <sodium.h>

static const char derivation[crypto_kdf_CONTEXTBYTES + 1] = "sangathn";

bool crypto_start(void) { return sodium_init() >= 0; }

static void derive(Keyring *ring) {
    for (int use = KEY_NUMBER; use < KEY_USE_END; use++)
        (void)crypto_kdf_derive_from_key(ring->use[use], KEY_BYTES, (uint64_t)use, derivation,
                                         ring->root);
}

static void signing_of_seed(SigningKey *key, const uint8_t seed[crypto_sign_SEEDBYTES]) {
    uint8_t digest[crypto_hash_sha256_BYTES];
    (void)crypto_sign_seed_keypair(key->public_key, key->secret, seed);
    (void)crypto_hash_sha256(digest, key->public_key, sizeof key->public_key);
    memcpy(key->id, digest, sizeof key->id);
}

void keyring_generate(Keyring *ret) {
    uint8_t seed[crypto_sign_SEEDBYTES];
    *ret = (Keyring){.signing_count = 1};
    randombytes_buf(ret->root, sizeof ret->root);
    randombytes_buf(seed, sizeof seed);
    derive(ret);
    signing_of_seed(&ret->signing[0], seed);
    sodium_memzero(seed, sizeof seed);
}

size_t keyring_write(const Keyring *ring, char *out, size_t out_size) {
    char hex[2 * KEY_BYTES + 1];
    size_t len = 0;
    text_hex(ring->root, KEY_BYTES, hex);
    hex[2 * KEY_BYTES] = 0;
    len += (size_t)snprintf(out, out_size, "sangathan-keys 1\nroot %s\n", hex);
    for (int i = 0; i < ring->signing_count && len < out_size; i++) {
        text_hex(ring->signing[i].secret, crypto_sign_SEEDBYTES, hex);
        len += (size_t)snprintf(out + len, out_size - len, "sign %s %lld\n", hex,
                                (long long)ring->signing[i].retired_at);
    }
    sodium_memzero(hex, sizeof hex);
    return len < out_size ? len : 0;
}

static bool read_signing(Text line, SigningKey *ret) {
    enum { HEX_AT = 5, HEX_LEN = 2 * crypto_sign_SEEDBYTES };
    uint8_t seed[crypto_sign_SEEDBYTES];
    if (!text_starts_with(line, T("sign ")) || line.len < HEX_AT + HEX_LEN + 2 ||
        line.ptr[HEX_AT + HEX_LEN] != ' ')
        return false;
    bool good = text_unhex(text_slice(line, HEX_AT, HEX_LEN), seed, sizeof seed) &&
                text_to_int(text_slice(line, HEX_AT + HEX_LEN + 1, line.len), &ret->retired_at) &&
                ret->retired_at >= 0;
    if (good) signing_of_seed(ret, seed);
    sodium_memzero(seed, sizeof seed);
    return good;
}

static bool read_lines(Text text, Keyring *ring) {
    Text line;
    if (!text_ends_with(text, T("\n"))) return false;
    text.len--;
    if (!text_split(&text, '\n', &line) || !text_eq(line, T("sangathan-keys 1"))) return false;
    if (!text_split(&text, '\n', &line) || !text_starts_with(line, T("root ")) ||
        !text_unhex(text_slice(line, 5, line.len), ring->root, KEY_BYTES))
        return false;
    while (text_split(&text, '\n', &line)) {
        if (ring->signing_count == KEYRING_SIGNING_MAX) return false;
        if (!read_signing(line, &ring->signing[ring->signing_count++])) return false;
    }
    return ring->signing_count > 0;
}

bool keyring_read(Text text, Keyring *ret) {
    Keyring ring = {.signing_count = 0};
    bool good = read_lines(text, &ring);
    if (good) {
        derive(&ring);
        *ret = ring;
    }
    keyring_wipe(&ring);
    return good;
}

void keyring_wipe(Keyring *ring) { sodium_memzero(ring, sizeof *ring); }

const SigningKey *keyring_find(const Keyring *ring, const uint8_t id[KEY_ID_BYTES]) {
    for (int i = 0; i < ring->signing_count; i++)
        if (memcmp(ring->signing[i].id, id, KEY_ID_BYTES) == 0) return &ring->signing[i];
    return NULL;
}

Text keyring_part_int(int64_t value, uint8_t out[8]) {
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)((uint64_t)value >> (8 * i));
    return text_bytes(out, 8);
}

void keyring_hash(const Keyring *ring, KeyUse use, const Text *parts, int part_count, uint8_t *out,
                  size_t out_len) {
    crypto_generichash_state state;
    uint8_t digest[crypto_generichash_BYTES_MAX], len[8];
    /* The library promises nothing below its minimum: shorter tags are cut from that. */
    size_t digest_len = out_len > crypto_generichash_BYTES_MIN ? out_len
                                                               : crypto_generichash_BYTES_MIN;
    (void)crypto_generichash_init(&state, ring->use[use], KEY_BYTES, digest_len);
    for (int i = 0; i < part_count; i++) {
        (void)keyring_part_int((int64_t)parts[i].len, len);
        (void)crypto_generichash_update(&state, len, sizeof len);
        if (parts[i].len)
            (void)crypto_generichash_update(&state, (const uint8_t *)parts[i].ptr, parts[i].len);
    }
    (void)crypto_generichash_final(&state, digest, digest_len);
    memcpy(out, digest, out_len);
    sodium_memzero(digest, sizeof digest);
    sodium_memzero(&state, sizeof state);
}

void keyring_mark(const Keyring *ring, uint8_t out[KEY_MARK_BYTES]) {
    Text what = T("keys of this register");
    keyring_hash(ring, KEY_MARK, &what, 1, out, KEY_MARK_BYTES);
}

void random_bytes(void *out, size_t len) { randombytes_buf(out, len); }

uint32_t random_below(uint32_t upper) { return randombytes_uniform(upper); }

bool secret_eq(const void *a, const void *b, size_t len) { return sodium_memcmp(a, b, len) == 0; }

void secret_wipe(void *ptr, size_t len) { sodium_memzero(ptr, len); }
