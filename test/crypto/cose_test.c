/* COSE_Sign1: one form only, even where the signature is right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include <sodium.h>

#include "crypto/cbor.h"
#include "crypto/cose.h"

#define KEY_ID "\x04\x48" "ABCDEFGH"

static Arena *arena;
static SigningKey key = {.id = {'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'}};

/* A properly signed message with any protected header, outer tag and unprotected map. */
static Text sign(Text tag_and_array, Text header, Text unprotected, Text payload) {
    uint8_t signature[64];
    Text covered = cose_signed_bytes(arena, header, payload);
    crypto_sign_detached(signature, NULL, (const uint8_t *)covered.ptr, covered.len, key.secret);
    Buffer b = buffer_in(arena, 4096);
    buffer_add(&b, tag_and_array);
    cbor_put_bytes(&b, header);
    buffer_add(&b, unprotected);
    cbor_put_bytes(&b, payload);
    cbor_put_bytes(&b, text_bytes(signature, 64));
    return buffer_text(&b);
}

static bool reads(Text bytes) {
    CoseSign1 message;
    return cose_read(bytes, &message) && cose_verify(arena, &message, key.public_key);
}

static bool reads_header(Text header) {
    return reads(sign(T("\xD2\x84"), header, T("\xA0"), T("x")));
}

static void is_what_is_made(void **state) {
    (void)state;
    CoseSign1 message;
    Text made = cose_make(arena, &key, T("a/b"), T("payload"));
    assert_true(reads(made));
    assert_true(cose_read(made, &message));
    assert_true(text_eq(message.type, T("a/b")) && text_eq(message.payload, T("payload")));
    assert_true(text_eq(message.key_id, T("ABCDEFGH")));
    Text header = T("\xA3\x01\x27" KEY_ID "\x10\x63" "a/b");
    assert_true(text_eq(message.header, header));
    assert_true(text_eq(made, sign(T("\xD2\x84"), header, T("\xA0"), T("payload"))));
    assert_true(text_eq(cose_signed_bytes(arena, T("h"), T("p")),
                        T("\x84\x6A" "Signature1" "\x41h\x40\x41p")));
}

static void other_headers_are_refused(void **state) {
    (void)state;
    assert_true(reads_header(T("\xA2\x01\x27" KEY_ID)));
    assert_false(reads_header(T("\xA2\x01\x26" KEY_ID)));                  /* ES256 */
    assert_false(reads_header(T("\xA2\x01\x20" KEY_ID)));
    assert_false(reads_header(T("\xA2\x01\x65" "EdDSA" KEY_ID)));
    assert_false(reads_header(T("\xA1" KEY_ID)));                          /* no algorithm */
    assert_false(reads_header(T("\xA1\x01\x27")));                         /* no key id */
    assert_false(reads_header(T("\xA2\x01\x27\x04\x47" "ABCDEFG")));
    assert_false(reads_header(T("\xA2\x01\x27\x04\x49" "ABCDEFGHI")));
    assert_false(reads_header(T("\xA2\x01\x27\x04\x68" "ABCDEFGH")));      /* as text */
    assert_false(reads_header(T("\xA2" KEY_ID "\x01\x27")));               /* out of order */
    assert_false(reads_header(T("\xA3\x01\x27\x01\x27" KEY_ID)));          /* doubled */
    assert_false(reads_header(T("\xA3\x01\x27\x02\x81\x04" KEY_ID)));      /* crit */
    assert_false(reads_header(T("\xA3\x01\x27" KEY_ID "\x61" "a" "\x00")));
    assert_false(reads_header(T("\xA2\x01\x38\x07" KEY_ID)));              /* -8, longer */
    assert_false(reads_header(T("\xA2\x01\x27" KEY_ID "\x00")));           /* trailing */
    assert_false(reads_header(T("")));
    assert_false(reads_header(T("\xA0")));
}

static void other_shapes_are_refused(void **state) {
    (void)state;
    Text header = T("\xA2\x01\x27" KEY_ID), none = T("\xA0");
    assert_true(reads(sign(T("\xD2\x84"), header, none, T("x"))));
    assert_false(reads(sign(T("\x84"), header, none, T("x"))));         /* no tag */
    assert_false(reads(sign(T("\xD1\x84"), header, none, T("x"))));     /* COSE_Mac0 */
    assert_false(reads(sign(T("\xD8\x3D\xD2\x84"), header, none, T("x")))); /* CWT tag before */
    assert_false(reads(sign(T("\xD8\x12\x84"), header, none, T("x")))); /* 18, longer */
    assert_false(reads(sign(T("\xD2\x85"), header, none, T("x"))));
    assert_false(reads(sign(T("\xD2\x83"), header, none, T("x"))));
    assert_false(reads(sign(T("\xD2\x9F"), header, none, T("x"))));
    assert_false(reads(sign(T("\xD2\x84"), header, T("\xA1\x01\x27"), T("x"))));
    assert_false(reads(sign(T("\xD2\x84"), header, T("\x80"), T("x"))));
    assert_false(reads(sign(T("\xD2\x84"), header, T("\xBF\xFF"), T("x"))));
    Text good = sign(T("\xD2\x84"), header, none, T("x"));
    Buffer longer = buffer_in(arena, 4096);
    buffer_add(&longer, good);
    assert_true(reads(buffer_text(&longer)));
    buffer_byte(&longer, 0);
    assert_false(reads(buffer_text(&longer)));
    for (size_t len = 0; len < good.len; len++) assert_false(reads(text_slice(good, 0, len)));
}

static void signature_covers_header_and_payload(void **state) {
    (void)state;
    CoseSign1 a, b;
    assert_true(cose_read(cose_make(arena, &key, TEXT_NONE, T("one")), &a));
    assert_true(cose_read(cose_make(arena, &key, T("t"), T("two")), &b));
    CoseSign1 mixed = a;
    mixed.payload = b.payload;
    assert_false(cose_verify(arena, &mixed, key.public_key));
    mixed = a;
    mixed.header = b.header;
    assert_false(cose_verify(arena, &mixed, key.public_key));
    mixed = a;
    mixed.signature = b.signature;
    assert_false(cose_verify(arena, &mixed, key.public_key));
    assert_true(cose_verify(arena, &a, key.public_key));
}

static void full_memory_verifies_nothing(void **state) {
    (void)state;
    Arena *small = arena_new(8192);
    static char big[65536];
    CoseSign1 message;
    assert_true(cose_read(cose_make(arena, &key, TEXT_NONE, (Text){big, sizeof big}), &message));
    assert_true(cose_verify(arena, &message, key.public_key));
    assert_false(cose_verify(small, &message, key.public_key));
    assert_null(cose_make(small, &key, TEXT_NONE, (Text){big, sizeof big}).ptr);
    arena_delete(small);
}

int main(void) {
    if (!crypto_start()) return 1;
    crypto_sign_keypair(key.public_key, key.secret);
    arena = arena_new(4 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_what_is_made),
        cmocka_unit_test(other_headers_are_refused),
        cmocka_unit_test(other_shapes_are_refused),
        cmocka_unit_test(signature_covers_header_and_payload),
        cmocka_unit_test(full_memory_verifies_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_delete(arena);
    return failed;
}
