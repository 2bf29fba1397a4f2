/* Crockford base32: known values, forgiving letters, strict padding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/base32.h"

static void known_values(void **state) {
    (void)state;
    char out[64];
    uint8_t bytes[5];
    assert_int_equal(base32_encode((const uint8_t *)"foobar", 6, out), 10);
    assert_memory_equal(out, "CSQPYRK1E8", 10);
    assert_int_equal(base32_encode((const uint8_t *)"\xff", 1, out), 2);
    assert_memory_equal(out, "ZW", 2);
    assert_true(base32_decode(T("csqpyrk1"), bytes, 5));
    assert_memory_equal(bytes, "fooba", 5);
}

static void look_alikes(void **state) {
    (void)state;
    uint8_t a[5], b[5];
    assert_true(base32_decode(T("oOiIlL7z"), a, 5));
    assert_true(base32_decode(T("0011117Z"), b, 5));
    assert_memory_equal(a, b, 5);
}

static void refusals(void **state) {
    (void)state;
    uint8_t bytes[5];
    assert_false(base32_decode(T("CSQPYRKU"), bytes, 5)); /* no U */
    assert_false(base32_decode(T("CSQPYRK"), bytes, 5));
    assert_false(base32_decode(T("CSQPYRK11"), bytes, 5));
    assert_false(base32_decode(T("CSQPYRK-"), bytes, 5));
    assert_false(base32_decode((Text){"CSQPYR\0001", 8}, bytes, 5));
    assert_true(base32_decode(T("ZW"), bytes, 1));
    assert_false(base32_decode(T("ZX"), bytes, 1)); /* padding bits set */
}

static void round_trips(void **state) {
    (void)state;
    for (size_t len = 0; len <= 20; len++) {
        uint8_t bytes[20], again[20];
        char out[32];
        for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)(i * 91 + len * 37);
        size_t chars = base32_encode(bytes, len, out);
        assert_int_equal(chars, (8 * len + 4) / 5);
        assert_true(base32_decode((Text){out, chars}, again, len));
        assert_memory_equal(bytes, again, len);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values), cmocka_unit_test(look_alikes),
        cmocka_unit_test(refusals), cmocka_unit_test(round_trips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
