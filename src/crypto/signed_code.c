/* The signed code of a card's back, which a stranger's telephone verifies without any network. */
#include "crypto/signed_code.h"

#include <libdeflate.h>
#include <sodium.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "crypto/base45.h"
#include "crypto/cose.h"

/* Lower ones make the code longer, higher ones no shorter. */
enum { DEFLATE_LEVEL = 6 };

struct SignedCodeMaker {
    struct libdeflate_compressor *deflater;
};

SignedCodeMaker *signed_code_maker_new(void) {
    SignedCodeMaker *maker = calloc(1, sizeof *maker);
    if (maker) maker->deflater = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (!maker || !maker->deflater) abort(); /* out of memory */
    return maker;
}

void signed_code_maker_delete(SignedCodeMaker *maker) {
    if (!maker) return;
    libdeflate_free_compressor(maker->deflater);
    free(maker);
}

static Text compress_with(SignedCodeMaker *maker, Arena *arena, Text bytes) {
    size_t room = libdeflate_zlib_compress_bound(maker->deflater, bytes.len);
    uint8_t *out = arena_alloc(arena, room);
    return text_bytes(out, libdeflate_zlib_compress(maker->deflater, bytes.ptr, bytes.len, out,
                                                    room));
}

static bool claims_bytes(Arena *arena, const CardClaims *claims, Text *ret) {
    Buffer b = buffer_in(arena, LIMIT_INFLATED_BYTES);
    card_claims_write(&b, claims);
    *ret = buffer_text(&b);
    return !b.overflowed;
}

Text signed_code_covered(Arena *arena, const Keyring *ring, const CardClaims *claims) {
    Text payload;
    if (!ring->signing_count || !claims_bytes(arena, claims, &payload)) return TEXT_NONE;
    return cose_signed_bytes(arena, cose_header(arena, &ring->signing[0], TEXT_NONE), payload);
}

Text signed_code_make(SignedCodeMaker *maker, Arena *arena, const Keyring *ring,
                      const CardClaims *claims) {
    Text payload;
    if (!ring->signing_count || !claims_bytes(arena, claims, &payload)) return TEXT_NONE;
    Text cose = cose_make(arena, &ring->signing[0], TEXT_NONE, payload);
    if (cose.len > LIMIT_INFLATED_BYTES) return TEXT_NONE;
    SignedCodeMaker *own = maker ? NULL : signed_code_maker_new();
    Text small = compress_with(maker ? maker : own, arena, cose);
    signed_code_maker_delete(own);
    size_t len = BASE45_CHARS(small.len);
    if (!small.len || len > LIMIT_CODE_BYTES) return TEXT_NONE;
    char *out = arena_alloc(arena, len);
    return (Text){out, base45_encode((const uint8_t *)small.ptr, small.len, out)};
}

/* All of bytes is one zlib stream of at most LIMIT_INFLATED_BYTES. */
static bool inflate_all(Arena *arena, Text bytes, Text *ret) {
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    if (!inflater) abort(); /* out of memory */
    uint8_t *out = arena_alloc(arena, LIMIT_INFLATED_BYTES);
    size_t read = 0, made = 0;
    bool good = libdeflate_zlib_decompress_ex(inflater, bytes.ptr, bytes.len, out,
                                              LIMIT_INFLATED_BYTES, &read,
                                              &made) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(inflater);
    *ret = text_bytes(out, made);
    return good && read == bytes.len;
}

SignedCodeResult signed_code_read_cose(Arena *arena, const Keyring *ring, Text cose,
                                       CardClaims *ret) {
    CoseSign1 message;
    if (cose.len > LIMIT_INFLATED_BYTES) return SIGNED_CODE_NOT_ONE;
    if (!cose_read(cose, &message) || message.type.len) return SIGNED_CODE_NOT_ONE;
    const SigningKey *key = keyring_find(ring, (const uint8_t *)message.key_id.ptr);
    if (!key) return SIGNED_CODE_UNKNOWN_KEY;
    if (!cose_verify(arena, &message, key->public_key)) return SIGNED_CODE_FORGED;
    return card_claims_read(message.payload, ret) ? SIGNED_CODE_GOOD : SIGNED_CODE_NOT_ONE;
}

SignedCodeResult signed_code_read(Arena *arena, const Keyring *ring, Text code, CardClaims *ret) {
    Text cose;
    size_t len;
    if (code.len > LIMIT_CODE_BYTES) return SIGNED_CODE_NOT_ONE;
    uint8_t *small = arena_alloc(arena, code.len + 1);
    if (!base45_decode(code, small, &len) || !inflate_all(arena, text_bytes(small, len), &cose))
        return SIGNED_CODE_NOT_ONE;
    return signed_code_read_cose(arena, ring, cose, ret);
}

Text signed_code_jwks(Arena *arena, const Keyring *ring) {
    enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING, KEY_JSON_MAX = 256 };
    char id[sodium_base64_ENCODED_LEN(KEY_ID_BYTES, VARIANT)];
    char public_key[sodium_base64_ENCODED_LEN(KEY_BYTES, VARIANT)];
    Buffer b = buffer_in(arena, KEYRING_SIGNING_MAX * KEY_JSON_MAX);
    buffer_add(&b, T("{\"keys\":["));
    for (int i = 0; i < ring->signing_count; i++) {
        const SigningKey *key = &ring->signing[i];
        (void)sodium_bin2base64(id, sizeof id, key->id, KEY_ID_BYTES, VARIANT);
        (void)sodium_bin2base64(public_key, sizeof public_key, key->public_key, KEY_BYTES, VARIANT);
        if (i) buffer_byte(&b, ',');
        buffer_printf(&b,
                      "{\"alg\":\"EdDSA\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"kty\":\"OKP\","
                      "\"use\":\"sig\",\"x\":\"%s\"}",
                      id, public_key);
    }
    buffer_add(&b, T("]}"));
    return buffer_text(&b);
}
