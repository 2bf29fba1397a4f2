/* Check codes: form, binding to code, digits and issue, and what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/check_code.h"

static Keyring ring;

static void makes_and_verifies(void **state) {
    (void)state;
    char code[CHECK_CODE_MAX], tag[CHECK_TAG_CHARS + 1];
    Number number = number_of_serial(&ring, T("GKC"), 42), parsed;
    assert_int_equal(check_code_make(&ring, &number, 3, code), 3 + 11 + 1 + 8);
    assert_memory_equal(code, "GKC", 3);
    assert_memory_equal(code + 3, number.digits, NUMBER_DIGITS);
    assert_int_equal(code[14], '-');
    assert_true(check_code_parse(text_of(code), &parsed, tag));
    assert_string_equal(parsed.code, "GKC");
    assert_string_equal(parsed.digits, number.digits);
    assert_string_equal(tag, code + 15);
    assert_true(check_code_verify(&ring, &parsed, 3, tag));
    Number longest = number_of_serial(&ring, T("ABCDE"), 42);
    assert_int_equal(check_code_make(&ring, &longest, 3, code), CHECK_CODE_MAX - 1);
}

static void is_bound_to_everything(void **state) {
    (void)state;
    char code[CHECK_CODE_MAX], tag[CHECK_TAG_CHARS + 1];
    Number number = number_of_serial(&ring, T("GKC"), 42);
    Number other = number_of_serial(&ring, T("GKC"), 43);
    Number other_code = number_of_serial(&ring, T("GKD"), 42);
    Keyring other_ring;
    keyring_generate(&other_ring);
    (void)check_code_make(&ring, &number, 1, code);
    memcpy(tag, code + 15, sizeof tag);
    assert_true(check_code_verify(&ring, &number, 1, tag));
    assert_false(check_code_verify(&ring, &number, 2, tag));
    assert_false(check_code_verify(&ring, &other, 1, tag));
    assert_false(check_code_verify(&ring, &other_code, 1, tag));
    assert_false(check_code_verify(&other_ring, &number, 1, tag));
    for (int i = 0; i < CHECK_TAG_CHARS; i++) {
        char right = tag[i];
        tag[i] = right == 'A' ? 'B' : 'A';
        assert_false(check_code_verify(&ring, &number, 1, tag));
        tag[i] = right;
    }
}

static void what_people_type(void **state) {
    (void)state;
    static const char *const good[] = {
        "GKC20477190350-7K3M9QW1", "gkc20477190350-7k3m9qw1", "GKC-204-7719-0350-7K3M9QWI",
        "GKC 204 7719 0350 7k3m 9qwl", "GKC204771903507K3M9QW1", "GKC२०४७७१९०३५०–7K3M9QW1",
    };
    static const char *const bad[] = {
        "GKC20477190350", "GKC20477190350-", "GKC20477190350-7K3M9QW", "GKC20477190350-7K3M9QW11",
        "20477190350-7K3M9QW1", "GKC20477190357-7K3M9QW1", "GKC20477190350-7K3M9QWU",
        "GKC20477190350-7K3M9QW*", "", "GKC-20477190350-7K3M9QW\xE0",
    };
    Number number;
    char tag[CHECK_TAG_CHARS + 1];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(check_code_parse(text_of(good[i]), &number, tag));
        assert_string_equal(number.digits, "20477190350");
        assert_string_equal(tag, "7K3M9QW1");
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(check_code_parse(text_of(bad[i]), &number, tag));
    assert_true(check_code_parse(T("GKC20477190350-oooooooo"), &number, tag));
    assert_string_equal(tag, "00000000");
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    const struct CMUnitTest tests[] = {cmocka_unit_test(makes_and_verifies),
                                       cmocka_unit_test(is_bound_to_everything),
                                       cmocka_unit_test(what_people_type)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
