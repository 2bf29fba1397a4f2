/* The signed code of a card's back, which a stranger's telephone verifies without any network. */
#include "crypto/signed_code.h"

#include <sodium.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "crypto/base45.h"
#include "crypto/cose.h"

/* A window of 4 KB covers all there can be; small tables, because clearing them is most of what
 * starting over costs. */
enum { DEFLATE_LEVEL = 6, DEFLATE_WINDOW_BITS = 12, DEFLATE_MEMORY = 4 };
_Static_assert(LIMIT_INFLATED_BYTES <= 1 << DEFLATE_WINDOW_BITS, "window");

struct SignedCodeMaker {
    z_stream deflater;
};

SignedCodeMaker *signed_code_maker_new(void) {
    SignedCodeMaker *maker = calloc(1, sizeof *maker);
    if (!maker || deflateInit2(&maker->deflater, DEFLATE_LEVEL, Z_DEFLATED, DEFLATE_WINDOW_BITS,
                               DEFLATE_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        abort(); /* out of memory */
    return maker;
}

void signed_code_maker_delete(SignedCodeMaker *maker) {
    if (!maker) return;
    (void)deflateEnd(&maker->deflater);
    free(maker);
}

static Text compress_with(SignedCodeMaker *maker, Arena *arena, Text bytes) {
    z_stream *z = &maker->deflater;
    (void)deflateReset(z);
    size_t room = deflateBound(z, bytes.len);
    uint8_t *out = arena_alloc(arena, room);
    z->next_in = (const Bytef *)bytes.ptr;
    z->avail_in = (uInt)bytes.len;
    z->next_out = out;
    z->avail_out = (uInt)room;
    return deflate(z, Z_FINISH) == Z_STREAM_END ? text_bytes(out, z->total_out) : TEXT_NONE;
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
    z_stream z = {.next_in = (const Bytef *)bytes.ptr, .avail_in = (uInt)bytes.len};
    if (inflateInit(&z) != Z_OK) abort(); /* out of memory */
    z.next_out = arena_alloc(arena, LIMIT_INFLATED_BYTES);
    z.avail_out = LIMIT_INFLATED_BYTES;
    *ret = (Text){(const char *)z.next_out, 0};
    bool good = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0;
    ret->len = z.total_out;
    (void)inflateEnd(&z);
    return good;
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
