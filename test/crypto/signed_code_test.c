/* Signed codes: byte for byte as published, refused when touched, read strictly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include <sodium.h>
#include <zlib.h>

#include "base/limits.h"
#include "crypto/base45.h"
#include "crypto/cbor.h"
#include "crypto/cose.h"
#include "crypto/signed_code.h"

static Keyring ring;
static Arena *arena;

static const CardClaims full = {
    .issuer = {"gkc.example", 11}, .expires_at = 1900000000, .not_before = 1790000000,
    .issued_at = 1790000001, .status_index = 812345,
    .status_uri = {"https://gkc.example/status/3", 28}, .number = {"GKC-204-7719-0350", 17},
    .language = {"eng", 3}, .name = {"Gyaneshwar Shrivastava", 22}, .birth_date = {"19470815", 8},
    .name_second = {"ज्ञानेश्वर", 30}, .language_second = {"hin", 3}, .location = {"UP-174", 6},
};

static int clear(void **state) {
    (void)state;
    arena_clear(arena);
    return 0;
}

/* Inflated COSE bytes of a code, by zlib's own one-call function. */
static Text opened(Text code) {
    uint8_t *small = arena_alloc(arena, code.len + 1), *out = arena_alloc(arena, 8192);
    size_t len;
    uLongf out_len = 8192;
    assert_true(base45_decode(code, small, &len));
    assert_int_equal(uncompress(out, &out_len, small, len), Z_OK);
    return text_bytes(out, out_len);
}

static Text closed(Text cose) {
    uLongf len = compressBound(cose.len);
    uint8_t *out = arena_alloc(arena, len);
    assert_int_equal(compress(out, &len, (const Bytef *)cose.ptr, cose.len), Z_OK);
    char *chars = arena_alloc(arena, BASE45_CHARS(len) + 1);
    return (Text){chars, base45_encode(out, len, chars)};
}

static void assert_claims(const CardClaims *a, const CardClaims *b) {
    assert_int_equal(a->expires_at, b->expires_at);
    assert_int_equal(a->not_before, b->not_before);
    assert_int_equal(a->issued_at, b->issued_at);
    assert_int_equal(a->status_index, b->status_index);
    assert_true(text_eq(a->issuer, b->issuer) && text_eq(a->status_uri, b->status_uri));
    assert_true(text_eq(a->number, b->number) && text_eq(a->language, b->language));
    assert_true(text_eq(a->name, b->name) && text_eq(a->birth_date, b->birth_date));
    assert_true(text_eq(a->name_second, b->name_second));
    assert_true(text_eq(a->language_second, b->language_second));
    assert_true(text_eq(a->location, b->location));
}

static void reads_what_it_makes(void **state) {
    (void)state;
    CardClaims few = full, ret;
    few.expires_at = 0;
    few.birth_date = few.name_second = few.language_second = few.location = TEXT_NONE;
    SignedCodeMaker *maker = signed_code_maker_new();
    for (int i = 0; i < 3; i++) { /* the kept state changes nothing */
        Text code = signed_code_make(maker, arena, &ring, &full);
        assert_true(text_eq(code, signed_code_make(NULL, arena, &ring, &full)));
        assert_int_equal(signed_code_read(arena, &ring, code, &ret), SIGNED_CODE_GOOD);
        assert_claims(&ret, &full);
        code = signed_code_make(maker, arena, &ring, &few);
        assert_int_equal(signed_code_read(arena, &ring, code, &ret), SIGNED_CODE_GOOD);
        assert_claims(&ret, &few);
    }
    signed_code_maker_delete(maker);
}

/* Every byte, spelt out from RFC 9052, RFC 8392 and the Claim 169 table, not by our writer. */
static void is_as_published(void **state) {
    (void)state;
    Text cose = opened(signed_code_make(NULL, arena, &ring, &full));
    Buffer b = buffer_in(arena, 4096), covered = buffer_in(arena, 4096);
    Text payload = T("\xA6"
                     "\x01\x6B" "gkc.example"
                     "\x04\x1A\x71\x3F\xB3\x00"
                     "\x05\x1A\x6A\xB1\x3B\x80"
                     "\x06\x1A\x6A\xB1\x3B\x81"
                     "\x18\xA9\xA8"
                     "\x01\x71" "GKC-204-7719-0350"
                     "\x02\x65" "1.0.0"
                     "\x03\x63" "eng"
                     "\x04\x76" "Gyaneshwar Shrivastava"
                     "\x08\x68" "19470815"
                     "\x13\x78\x1E" "ज्ञानेश्वर"
                     "\x14\x63" "hin"
                     "\x15\x66" "UP-174"
                     "\x19\xFF\xFF\xA1\x6B" "status_list" "\xA2"
                     "\x63" "idx" "\x1A\x00\x0C\x65\x39"
                     "\x63" "uri" "\x78\x1C" "https://gkc.example/status/3");
    uint8_t digest[32];
    crypto_hash_sha256(digest, ring.signing[0].public_key, 32);
    buffer_add(&b, T("\xD2\x84\x4D\xA2\x01\x27\x04\x48"));
    buffer_add(&b, text_bytes(digest, 8));
    buffer_add(&b, T("\xA0\x58"));
    buffer_byte(&b, (char)payload.len);
    buffer_add(&b, payload);
    buffer_add(&b, T("\x58\x40"));
    assert_int_equal(cose.len, b.len + 64);
    assert_memory_equal(cose.ptr, b.ptr, b.len);
    buffer_add(&covered, T("\x84\x6A" "Signature1" "\x4D\xA2\x01\x27\x04\x48"));
    buffer_add(&covered, text_bytes(digest, 8));
    buffer_add(&covered, T("\x40\x58"));
    buffer_byte(&covered, (char)payload.len);
    buffer_add(&covered, payload);
    assert_true(text_eq(signed_code_covered(arena, &ring, &full), buffer_text(&covered)));
    const uint8_t *signature = (const uint8_t *)cose.ptr + cose.len - 64;
    assert_int_equal(crypto_sign_verify_detached(signature, (const uint8_t *)covered.ptr,
                                                 covered.len, ring.signing[0].public_key), 0);
}

static void touched_bytes_are_refused(void **state) {
    (void)state;
    Text cose = opened(signed_code_make(NULL, arena, &ring, &full));
    char *bytes = arena_cstr(arena, cose);
    Arena *own = arena_new(1 << 20);
    CardClaims ret;
    for (size_t i = 0; i < cose.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] ^= (char)(1 << bit);
            assert_int_not_equal(signed_code_read_cose(own, &ring, (Text){bytes, cose.len}, &ret),
                                 SIGNED_CODE_GOOD);
            bytes[i] ^= (char)(1 << bit);
            arena_clear(own);
        }
        assert_int_equal(signed_code_read_cose(own, &ring, (Text){bytes, i}, &ret),
                         SIGNED_CODE_NOT_ONE);
    }
    arena_delete(own);
}

/* zlib has some bits that mean nothing (its level, padding): a letter may then change, and yet
 * the very same signed message comes out. Nothing else may. */
static void touched_letters_change_nothing(void **state) {
    (void)state;
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:a\n";
    Text code = signed_code_make(NULL, arena, &ring, &full);
    char *chars = arena_cstr(arena, code);
    Arena *own = arena_new(1 << 20);
    size_t same = 0, tried = 0;
    for (size_t i = 0; i < code.len; i++) {
        for (const char *letter = letters; *letter; letter++) {
            if (*letter == code.ptr[i]) continue;
            CardClaims ret;
            chars[i] = *letter;
            tried++;
            if (signed_code_read(own, &ring, (Text){chars, code.len}, &ret) == SIGNED_CODE_GOOD) {
                assert_claims(&ret, &full);
                same++;
            }
            arena_clear(own);
        }
        chars[i] = code.ptr[i];
        CardClaims ret;
        assert_int_equal(signed_code_read(own, &ring, (Text){chars, i}, &ret), SIGNED_CODE_NOT_ONE);
    }
    assert_true(same * 500 < tried);
    arena_delete(own);
}

static void keys_decide(void **state) {
    (void)state;
    CardClaims ret;
    Keyring other, both = ring, twin;
    keyring_generate(&other);
    Text code = signed_code_make(NULL, arena, &ring, &full);
    assert_int_equal(signed_code_read(arena, &other, code, &ret), SIGNED_CODE_UNKNOWN_KEY);
    both.signing[1] = both.signing[0]; /* retired: still verifies, no longer signs */
    both.signing[1].retired_at = 1800000000;
    both.signing[0] = other.signing[0];
    both.signing_count = 2;
    assert_int_equal(signed_code_read(arena, &both, code, &ret), SIGNED_CODE_GOOD);
    Text newer = signed_code_make(NULL, arena, &both, &full);
    assert_int_equal(signed_code_read(arena, &ring, newer, &ret), SIGNED_CODE_UNKNOWN_KEY);
    assert_int_equal(signed_code_read(arena, &other, newer, &ret), SIGNED_CODE_GOOD);
    twin = other; /* another's key under this key's id */
    memcpy(twin.signing[0].id, ring.signing[0].id, KEY_ID_BYTES);
    Text forged = signed_code_make(NULL, arena, &twin, &full);
    assert_int_equal(signed_code_read(arena, &ring, forged, &ret), SIGNED_CODE_FORGED);
}

static SignedCodeResult read_signed(Text payload, Text type) {
    CardClaims ret;
    return signed_code_read(arena, &ring, closed(cose_make(arena, &ring.signing[0], type, payload)),
                            &ret);
}

static void even_signed_claims_are_read_strictly(void **state) {
    (void)state;
    Buffer b = buffer_in(arena, 4096);
    card_claims_write(&b, &full);
    Text payload = buffer_text(&b);
    assert_int_equal(read_signed(payload, TEXT_NONE), SIGNED_CODE_GOOD);
    /* A status list, say, is no card. */
    assert_int_equal(read_signed(payload, T("application/statuslist+cwt")), SIGNED_CODE_NOT_ONE);
    buffer_byte(&b, 0);
    assert_int_equal(read_signed(buffer_text(&b), TEXT_NONE), SIGNED_CODE_NOT_ONE);
    assert_int_equal(read_signed(T(""), TEXT_NONE), SIGNED_CODE_NOT_ONE);
    assert_int_equal(read_signed(T("\xA0"), TEXT_NONE), SIGNED_CODE_NOT_ONE);
    char *version = arena_cstr(arena, payload);
    char *at = memmem(version, payload.len, "1.0.0", 5);
    assert_non_null(at);
    at[0] = '2';
    assert_int_equal(read_signed((Text){version, payload.len}, TEXT_NONE), SIGNED_CODE_NOT_ONE);
    CardClaims nameless = full, hostless = full;
    nameless.name = TEXT_NONE;
    hostless.issuer = TEXT_NONE;
    Buffer c = buffer_in(arena, 4096), d = buffer_in(arena, 4096);
    card_claims_write(&c, &nameless);
    assert_int_equal(read_signed(buffer_text(&c), TEXT_NONE), SIGNED_CODE_NOT_ONE);
    card_claims_write(&d, &hostless);
    assert_int_equal(read_signed(buffer_text(&d), TEXT_NONE), SIGNED_CODE_NOT_ONE);
}

static void sizes_are_bounded(void **state) {
    (void)state;
    CardClaims huge = full, ret;
    char *name = arena_alloc(arena, 5000);
    memset(name, 'a', 5000);
    huge.name = (Text){name, 5000};
    assert_null(signed_code_make(NULL, arena, &ring, &huge).ptr);
    random_bytes(name, 5000);
    for (int i = 0; i < 5000; i++) name[i] = (char)('A' + (name[i] & 31));
    huge.name.len = 3000; /* small enough as CBOR, too long as text */
    assert_null(signed_code_make(NULL, arena, &ring, &huge).ptr);
    memset(name, 'a', 5000); /* a bomb: 4 MB of zeros in a few letters would be the same */
    Text bomb = closed((Text){name, LIMIT_INFLATED_BYTES + 1});
    assert_true(bomb.len < 100);
    assert_int_equal(signed_code_read(arena, &ring, bomb, &ret), SIGNED_CODE_NOT_ONE);
    Text good = opened(signed_code_make(NULL, arena, &ring, &full));
    Text again = closed(good);
    assert_int_equal(signed_code_read(arena, &ring, again, &ret), SIGNED_CODE_GOOD);
    Text longer = arena_printf(arena, "%.*s000", TEXT_ARG(again)); /* two bytes behind the stream */
    assert_int_equal(signed_code_read(arena, &ring, longer, &ret), SIGNED_CODE_NOT_ONE);
    assert_int_equal(signed_code_read(arena, &ring, TEXT_NONE, &ret), SIGNED_CODE_NOT_ONE);
    assert_int_equal(signed_code_read(arena, &ring, T("GKC-204-7719-0350"), &ret),
                     SIGNED_CODE_NOT_ONE);
}

static void jwks(void **state) {
    (void)state;
    Keyring known;
    assert_true(keyring_read(
        T("sangathan-keys 1\n"
          "root 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
          "sign 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60 0\n"
          "sign 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb 5\n"), &known));
    /* x of the first is the example of RFC 8037, appendix A. */
    Text json = signed_code_jwks(arena, &known);
    assert_true(text_starts_with(json, T("{\"keys\":[{\"alg\":\"EdDSA\",\"crv\":\"Ed25519\","
                                         "\"kid\":\"")));
    Text first = T("\"kty\":\"OKP\",\"use\":\"sig\","
                   "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"},{");
    assert_non_null(memmem(json.ptr, json.len, first.ptr, first.len));
    Text last = T("\"x\":\"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw\"}]}");
    assert_true(text_ends_with(json, last));
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    arena = arena_new(8 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(reads_what_it_makes, clear),
        cmocka_unit_test_teardown(is_as_published, clear),
        cmocka_unit_test_teardown(touched_bytes_are_refused, clear),
        cmocka_unit_test_teardown(touched_letters_change_nothing, clear),
        cmocka_unit_test_teardown(keys_decide, clear),
        cmocka_unit_test_teardown(even_signed_claims_are_read_strictly, clear),
        cmocka_unit_test_teardown(sizes_are_bounded, clear),
        cmocka_unit_test_teardown(jwks, clear),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_delete(arena);
    return failed;
}
