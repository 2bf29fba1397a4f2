/* Straight to the COSE message and its claims, where letters and compression only stand in the
 * way. The first byte chooses: a message as it comes, or claims that are signed properly first. */
#include "base/limits.h"
#include "crypto/cose.h"
#include "crypto/signed_code.h"
#include "fuzz.h"

static Arena *arena;
static Keyring ring;

static void claims_survive_writing(Text cbor) {
    CardClaims claims, again;
    if (!card_claims_read(cbor, &claims)) return;
    Buffer b = buffer_in(arena, cbor.len + 64);
    card_claims_write(&b, &claims);
    assert(!b.overflowed && card_claims_read(buffer_text(&b), &again));
    assert(text_eq(claims.name, again.name) && text_eq(claims.number, again.number));
    assert(claims.expires_at == again.expires_at && claims.status_index == again.status_index);
}

static void signed_claims(Text cbor) {
    CardClaims claims;
    Text cose = cose_make(arena, &ring.signing[0], TEXT_NONE, cbor);
    SignedCodeResult result = signed_code_read_cose(arena, &ring, cose, &claims);
    assert(result == SIGNED_CODE_GOOD || result == SIGNED_CODE_NOT_ONE);
    bool fits = cose.len && cose.len <= LIMIT_INFLATED_BYTES;
    assert(!fits || (result == SIGNED_CODE_GOOD) == card_claims_read(cbor, &claims));
    claims_survive_writing(cbor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CardClaims claims;
    if (!arena) {
        arena = arena_new(4 << 20);
        if (!crypto_start() || !keyring_read(T(FUZZ_KEYS), &ring)) abort();
    }
    Text bytes = text_slice(text_bytes(data, size), 1, size);
    if (size && data[0] == 'c')
        signed_claims(bytes);
    else
        (void)signed_code_read_cose(arena, &ring, bytes, &claims);
    arena_clear(arena);
    return 0;
}
