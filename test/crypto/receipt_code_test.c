/* Codes of receipts: form, binding to every part, and what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/receipt_code.h"

static Keyring ring;
static const ReceiptCode receipt = {.code = "GKC", .year = 2026, .book = 17, .number = 42};

static void makes_and_verifies(void **state) {
    (void)state;
    char code[RECEIPT_CODE_MAX];
    ReceiptCode read;
    assert_int_equal(receipt_code_make(&ring, &receipt, code), 25);
    assert_memory_equal(code, "GKC2627B017R0042-", 17);
    assert_true(receipt_code_parse(text_of(code), &read));
    assert_string_equal(read.code, "GKC");
    assert_int_equal(read.year, 2026);
    assert_int_equal(read.book, 17);
    assert_int_equal(read.number, 42);
    assert_string_equal(read.tag, code + 17);
    assert_true(receipt_code_verify(&ring, &read));
    ReceiptCode longest = {.code = "ABCDE", .year = 2099, .book = 999999999, .number = 999999999};
    assert_int_equal(receipt_code_make(&ring, &longest, code), RECEIPT_CODE_MAX - 1);
    assert_true(receipt_code_parse(text_of(code), &read));
    assert_true(receipt_code_verify(&ring, &read));
}

static void is_bound_to_everything(void **state) {
    (void)state;
    char code[RECEIPT_CODE_MAX];
    ReceiptCode read;
    (void)receipt_code_make(&ring, &receipt, code);
    assert_true(receipt_code_parse(text_of(code), &read));
    ReceiptCode others[6] = {read, read, read, read, read, read};
    others[0].code[2] = 'D';
    others[1].year++;
    others[2].book++;
    others[3].number++;
    others[4].tag[7] = others[4].tag[7] == 'A' ? 'B' : 'A';
    others[5].tag[0] = 0;
    for (int i = 0; i < 6; i++) assert_false(receipt_code_verify(&ring, &others[i]));
    Keyring other;
    keyring_generate(&other);
    assert_false(receipt_code_verify(&other, &read));
}

static void what_people_type(void **state) {
    (void)state;
    static const struct {
        const char *typed, *tag;
    } good[] = {
        {"GKC2627B017R0042-7K3M9QW1", "7K3M9QW1"}, {"gkc2627b017r0042 7k3m9qwl", "7K3M9QW1"},
        {"GKC/26-27/B017/0042", ""},               {" gkc / 26-27 / b017 / 0042 ", ""},
        {"GKC 2627 B17 R42", ""},                  {"GKC/२६-२७/B०१७/००४२", ""},
        {"GKC-26-27-B017/0042-7K3M9QW1", "7K3M9QW1"}, {"GKC2627B017R004299999999", "99999999"},
    };
    static const char *const bad[] = {
        "", "GKC", "GKC2627", "GKC2627B017", "GKC2627B0170042", "GKC2627B017R", "2627B017R0042",
        "GKC2628B017R0042", "GKC2627B000R0042", "GKC2627B017R0000", "GKC2627B017R0042-7K3M9QW",
        "GKC2627B017R0042-7K3M9QWU", "GKC2627B017R0042-7K3M9QW1X", "GKC//2627B017R0042",
        "GKCXXX2627B017R0042", "GKC2627B0123456789R0042", "GKC2627B017R0042?",
        "GKC2627B017R1234567890", "GKC2627B017R0042\xE0",
    };
    ReceiptCode read;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(receipt_code_parse(text_of(good[i].typed), &read));
        assert_string_equal(read.code, "GKC");
        assert_int_equal(read.year, 2026);
        assert_int_equal(read.book, 17);
        assert_int_equal(read.number, 42);
        assert_string_equal(read.tag, good[i].tag);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(receipt_code_parse(text_of(bad[i]), &read));
    assert_true(receipt_code_parse(T("GKC9900B017R0042"), &read));
    assert_int_equal(read.year, 2099);
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    const struct CMUnitTest tests[] = {cmocka_unit_test(makes_and_verifies),
                                       cmocka_unit_test(is_bound_to_everything),
                                       cmocka_unit_test(what_people_type)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
