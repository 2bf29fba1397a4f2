/* Numbers: a permutation, a check digit that catches slips, and what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/number.h"

static Keyring ring;

#define ROOT "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static void damm(void **state) {
    (void)state;
    assert_int_equal(number_damm("572", 3), '4'); /* the published example */
    assert_int_equal(number_damm("5724", 4), '0');
    assert_int_equal(number_damm("", 0), '0');
}

static void permutes(void **state) {
    (void)state;
    static const int64_t samples[] = {0, 1, 99999, 100000, 9999999998, NUMBER_SERIAL_END - 1};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        Number number = number_of_serial(&ring, T("GKC"), samples[i]);
        assert_int_equal(number_serial(&ring, &number), samples[i]);
    }
    int neighbours = 0;
    char last[NUMBER_DIGITS + 1] = "";
    for (int64_t serial = 0; serial < 20000; serial++) {
        Number number = number_of_serial(&ring, T("GKC"), serial * 499979 % NUMBER_SERIAL_END);
        assert_int_equal(number_serial(&ring, &number), serial * 499979 % NUMBER_SERIAL_END);
        Number next = number_of_serial(&ring, T("GKC"), serial);
        neighbours += memcmp(last, next.digits, 5) == 0;
        memcpy(last, next.digits, sizeof last);
        assert_int_equal(number_serial(&ring, &next), serial); /* so no two are the same */
    }
    assert_true(neighbours < 5); /* counting on leads nowhere */
}

static void never_changes(void **state) {
    (void)state;
    /* Numbers are printed on cards: a change here would give everybody another one. */
    static const struct { int64_t serial; const char *text; } known[] = {
        {0, "GKC-403-2224-3558"},
        {1, "GKC-048-8063-1437"},
        {NUMBER_SERIAL_END - 1, "GKC-020-2572-1285"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char text[NUMBER_TEXT_MAX];
        Number number = number_of_serial(&ring, T("GKC"), known[i].serial);
        assert_int_equal(number_text(&number, text), 17);
        assert_string_equal(text, known[i].text);
    }
}

static void every_slip_is_caught(void **state) {
    (void)state;
    for (int64_t serial = 0; serial < 300; serial++) {
        Number number = number_of_serial(&ring, T("GKC"), serial), ret;
        char text[NUMBER_TEXT_MAX];
        for (int i = 0; i < NUMBER_DIGITS; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                Number slip = number;
                slip.digits[i] = digit;
                Text typed = {text, number_text(&slip, text)};
                assert_int_equal(number_parse(typed, TEXT_NONE, &ret),
                                 digit == number.digits[i] ? NUMBER_OK : NUMBER_WRONG_DIGIT);
            }
            if (!i || number.digits[i] == number.digits[i - 1]) continue;
            Number swap = number;
            swap.digits[i] = number.digits[i - 1];
            swap.digits[i - 1] = number.digits[i];
            Text typed = {text, number_text(&swap, text)};
            assert_int_equal(number_parse(typed, TEXT_NONE, &ret), NUMBER_WRONG_DIGIT);
        }
    }
}

static void what_people_type(void **state) {
    (void)state;
    static const char *const good[] = {
        "GKC-204-7719-0350", "gkc-204-7719-0350", "GKC20477190350", "  Gkc 204 7719 0350\n",
        "G K C 2 0 4 7 7 1 9 0 3 5 0", "GKC–204–7719–0350", "GKC—204 7719‑0350",
        "gkc-२०४-७७१९-०३५०", "२०४७७१९०३५०", "204-7719-0350", "20477190350", "GKC.204.7719.0350",
        "GKC\xC2\xA0" "204\xE2\x80\xAF" "7719\xE2\x80\x8B" "0350", "GKC-২০৪-7719-0350",
        "GKC-２０４-7719-0350", "-GKC--204-7719-0350-",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        Number number = {.code = ""};
        NumberParse result = number_parse(text_of(good[i]), T("GKC"), &number);
        if (result != NUMBER_OK) print_error("%s\n", good[i]);
        assert_int_equal(result, NUMBER_OK);
        assert_string_equal(number.code, "GKC");
        assert_string_equal(number.digits, "20477190350");
    }
}

static void what_is_no_number(void **state) {
    (void)state;
    static const char *const bad[] = {
        "", " ", "GKC", "GKC-204-7719-035", "GKC-204-7719-03508", "GKC-204-7719-0350 x",
        "G-204-7719-0350", "GKCABC-204-7719-0350", "204-GKC-7719-0350", "GKC-204/7719-0350",
        "GKC-204-7719-0350-7K3M9QWX", "गकग-204-7719-0350", "GKC-204-7719-035\xE0\xA5",
        "GKC-204-7719-035\xFF", "+91 98765 43210",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        Number number = {.code = "same"};
        assert_int_equal(number_parse(text_of(bad[i]), T("GKC"), &number), NUMBER_NOT_ONE);
        assert_string_equal(number.code, "same");
    }
    Number number;
    assert_int_equal(number_parse(T("20477190350"), TEXT_NONE, &number), NUMBER_NOT_ONE);
    assert_int_equal(number_parse(T("20477190350"), T("G"), &number), NUMBER_NOT_ONE);
    assert_int_equal(number_parse(T("20477190350"), T("GK1"), &number), NUMBER_NOT_ONE);
    assert_int_equal(number_parse(T("20477190359"), T("GKC"), &number), NUMBER_WRONG_DIGIT);
    assert_int_equal(number_parse(T("AB20477190350"), T("GKC"), &number), NUMBER_OK);
    assert_string_equal(number.code, "AB"); /* another organisation's: the caller's to judge */
}

int main(void) {
    if (!crypto_start()) return 1;
    if (!keyring_read(T("sangathan-keys 1\nroot " ROOT "\nsign " ROOT " 0\n"), &ring)) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damm),                 cmocka_unit_test(permutes),
        cmocka_unit_test(never_changes),        cmocka_unit_test(every_slip_is_caught),
        cmocka_unit_test(what_people_type),     cmocka_unit_test(what_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
