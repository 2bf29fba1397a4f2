/* Sealed values: open where they belong, nowhere else, and not when touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/seal.h"

static Keyring ring;

static void opens_in_its_place_only(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    MemberKey key, other;
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    Text opened;
    seal_new_key(&ring, T("member/1"), &key, wrapped);
    seal_new_key(&ring, T("member/2"), &other, wrapped);
    Text sealed = seal_value(arena, &key, T("member/1/phone"), T("+919876543210"));
    assert_int_equal(sealed.len, 13 + SEAL_OVERHEAD);
    assert_null(memmem(sealed.ptr, sealed.len, "98765", 5));
    assert_true(seal_open(arena, &key, T("member/1/phone"), sealed, &opened));
    assert_true(text_eq(opened, T("+919876543210")));
    assert_false(seal_open(arena, &key, T("member/2/phone"), sealed, &opened));
    assert_false(seal_open(arena, &other, T("member/1/phone"), sealed, &opened));
    Text again = seal_value(arena, &key, T("member/1/phone"), T("+919876543210"));
    assert_false(text_eq(sealed, again)); /* equal values do not show as equal */
    Text empty = seal_value(arena, &key, T("member/1/phone"), T(""));
    assert_true(seal_open(arena, &key, T("member/1/phone"), empty, &opened));
    assert_int_equal(opened.len, 0);
    arena_delete(arena);
}

static void damage_is_noticed(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    MemberKey key;
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    Text opened;
    seal_new_key(&ring, T("member/1"), &key, wrapped);
    Text sealed = seal_value(arena, &key, T("place"), T("value"));
    char *bytes = arena_cstr(arena, sealed);
    for (size_t i = 0; i < sealed.len; i++) {
        bytes[i] ^= 1;
        assert_false(seal_open(arena, &key, T("place"), (Text){bytes, sealed.len}, &opened));
        bytes[i] ^= 1;
        assert_false(seal_open(arena, &key, T("place"), (Text){bytes, i}, &opened));
    }
    arena_delete(arena);
}

static void keys_are_wrapped(void **state) {
    (void)state;
    MemberKey key, again = {{0}};
    uint8_t wrapped[SEAL_WRAPPED_BYTES];
    Text text = text_bytes(wrapped, sizeof wrapped);
    seal_new_key(&ring, T("member/1"), &key, wrapped);
    assert_true(seal_unwrap(&ring, T("member/1"), text, &again));
    assert_memory_equal(key.bytes, again.bytes, KEY_BYTES);
    assert_false(seal_unwrap(&ring, T("member/2"), text, &again));
    assert_false(seal_unwrap(&ring, T("member/1"), text_slice(text, 0, text.len - 1), &again));
    for (size_t i = 0; i < sizeof wrapped; i++) {
        wrapped[i] ^= 0x80;
        assert_false(seal_unwrap(&ring, T("member/1"), text, &again));
        wrapped[i] ^= 0x80;
    }
    Keyring other;
    keyring_generate(&other);
    assert_false(seal_unwrap(&other, T("member/1"), text, &again));
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    const struct CMUnitTest tests[] = {cmocka_unit_test(opens_in_its_place_only),
                                       cmocka_unit_test(damage_is_noticed),
                                       cmocka_unit_test(keys_are_wrapped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
