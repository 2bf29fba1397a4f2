/* Texts: numbers, money, UTF-8, splitting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/text.h"

static void integers(void **state) {
    (void)state;
    int64_t v;
    assert_true(text_to_int(T("-9223372036854775808"), &v) && v == INT64_MIN);
    assert_true(text_to_int(T("9223372036854775807"), &v) && v == INT64_MAX);
    assert_false(text_to_int(T("9223372036854775808"), &v));
    assert_false(text_to_int(T(""), &v));
    assert_false(text_to_int(T("-"), &v));
    assert_false(text_to_int(T("+1"), &v));
    assert_false(text_to_int(T("1 "), &v));
}

static void money(void **state) {
    (void)state;
    int64_t p;
    assert_true(text_to_paise(T("11"), &p) && p == 1100);
    assert_true(text_to_paise(T("11.5"), &p) && p == 1150);
    assert_true(text_to_paise(T("₹1,00,000.05"), &p) && p == 10000005);
    assert_false(text_to_paise(T("1.234"), &p));
    assert_false(text_to_paise(T("-1"), &p));
    assert_false(text_to_paise(T("."), &p));
    assert_false(text_to_paise(T("99999999999999999999"), &p));
}

static void utf8(void **state) {
    (void)state;
    assert_true(text_is_utf8(T("श्रीवास्तव 🙂")));
    assert_false(text_is_utf8(T("\xC0\x80")));
    assert_false(text_is_utf8(T("\xED\xA0\x80")));
    assert_false(text_is_utf8(T("\xF4\x90\x80\x80")));
    assert_false(text_is_utf8(T("\xE0\xA4")));
    assert_false(text_is_utf8((Text){"a\0b", 3}));
    size_t at = 0;
    assert_int_equal(text_next_codepoint(T("श"), &at), 0x936);
    assert_int_equal(at, 3);
    char out[4];
    assert_int_equal(text_encode_codepoint(0x1F642, out), 4);
    assert_memory_equal(out, "🙂", 4);
    assert_int_equal(text_codepoints(T("अआ")), 2);
}

static void splitting(void **state) {
    (void)state;
    Text rest = T("a,,b"), part;
    assert_true(text_split(&rest, ',', &part) && text_eq(part, T("a")));
    assert_true(text_split(&rest, ',', &part) && text_eq(part, T("")));
    assert_true(text_split(&rest, ',', &part) && text_eq(part, T("b")));
    assert_false(text_split(&rest, ',', &part));
    assert_true(text_eq(text_trim(T(" \tx y\n")), T("x y")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(integers), cmocka_unit_test(money),
                                       cmocka_unit_test(utf8), cmocka_unit_test(splitting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
