/* Base45: the examples of RFC 9285, and its refusals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/base45.h"

static void published_examples(void **state) {
    (void)state;
    static const struct { const char *bytes, *chars; } known[] = {
        {"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"}, {"base-45", "UJCLQE7W581"},
        {"ietf!", "QED8WEX0"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char out[32];
        uint8_t bytes[32];
        Text plain = text_of(known[i].bytes), coded = text_of(known[i].chars);
        size_t len = base45_encode((const uint8_t *)plain.ptr, plain.len, out);
        assert_int_equal(len, BASE45_CHARS(plain.len));
        assert_true(text_eq((Text){out, len}, coded));
        assert_true(base45_decode(coded, bytes, &len));
        assert_true(text_eq(text_bytes(bytes, len), plain));
    }
}

static void every_pair_round_trips(void **state) {
    (void)state;
    for (unsigned value = 0; value <= 0xFFFF; value++) {
        uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)value}, again[4];
        char out[3];
        size_t len;
        assert_int_equal(base45_encode(bytes, 2, out), 3);
        assert_true(base45_decode((Text){out, 3}, again, &len) && len == 2);
        assert_memory_equal(bytes, again, 2);
        if (value > 0xFF) continue;
        assert_int_equal(base45_encode(bytes + 1, 1, out), 2);
        assert_true(base45_decode((Text){out, 2}, again, &len) && len == 1);
        assert_int_equal(again[0], value);
    }
}

static void refusals(void **state) {
    (void)state;
    uint8_t bytes[32];
    size_t len;
    assert_true(base45_decode(T("FGW"), bytes, &len)); /* 65535 */
    assert_false(base45_decode(T("GGW"), bytes, &len)); /* 65536, RFC 9285 section 6 */
    assert_false(base45_decode(T(":::"), bytes, &len));
    assert_true(base45_decode(T("U5"), bytes, &len)); /* 255 */
    assert_false(base45_decode(T("V5"), bytes, &len));
    assert_false(base45_decode(T("::"), bytes, &len));
    assert_false(base45_decode(T("B"), bytes, &len));
    assert_false(base45_decode(T("BB8B"), bytes, &len));
    assert_false(base45_decode(T("bb8"), bytes, &len));
    assert_false(base45_decode(T("BB!"), bytes, &len));
    assert_false(base45_decode((Text){"BB\0", 3}, bytes, &len));
    assert_false(base45_decode(T("BB\xFF"), bytes, &len));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_examples),
                                       cmocka_unit_test(every_pair_round_trips),
                                       cmocka_unit_test(refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
