/* The whole way of a scanned code: Base45, zlib, COSE, claims. */
#include "base/limits.h"
#include "crypto/base45.h"
#include "crypto/signed_code.h"
#include "fuzz.h"

static void base45_is_canonical(Text code) {
    static uint8_t bytes[1 << 20];
    static char again[1 << 20];
    size_t len;
    if (code.len > sizeof bytes || !base45_decode(code, bytes, &len)) return;
    assert(text_eq((Text){again, base45_encode(bytes, len, again)}, code));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    static Keyring ring;
    CardClaims claims;
    if (!arena) {
        arena = arena_new(1 << 20);
        if (!crypto_start() || !keyring_read(T(FUZZ_KEYS), &ring)) abort();
    }
    Text code = text_bytes(data, size);
    base45_is_canonical(code);
    if (signed_code_read(arena, &ring, code, &claims) == SIGNED_CODE_GOOD)
        assert(code.len <= LIMIT_CODE_BYTES && claims.number.len && claims.name.len);
    arena_clear(arena);
    return 0;
}
