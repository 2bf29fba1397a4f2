/* Days, amounts and numbers of transfers, as they are written and as they are not. */
#include "domain/statement_value.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "base/clock.h"
#include "domain/statement_utr.h"

static void amounts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t paise;
        StatementSign sign;
    } good[] = {
        {"11", 1100, STATEMENT_SIGN_NONE},
        {"1,23,456.50", 12345650, STATEMENT_SIGN_NONE},
        {"₹11", 1100, STATEMENT_SIGN_NONE},
        {"Rs. 11.5", 1150, STATEMENT_SIGN_NONE},
        {"INR 11.00", 1100, STATEMENT_SIGN_NONE},
        {"रु 11", 1100, STATEMENT_SIGN_NONE},
        {"11/-", 1100, STATEMENT_SIGN_NONE},
        {"११.००", 1100, STATEMENT_SIGN_NONE},
        {"11.0000", 1100, STATEMENT_SIGN_NONE},
        {".50", 50, STATEMENT_SIGN_NONE},
        {"+11", 1100, STATEMENT_SIGN_NONE},
        {"-11", -1100, STATEMENT_SIGN_NONE},
        {"11.00-", -1100, STATEMENT_SIGN_NONE},
        {"(1,100)", -110000, STATEMENT_SIGN_NONE},
        {"₹ (11)", -1100, STATEMENT_SIGN_NONE},
        {"11.00 Cr", 1100, STATEMENT_SIGN_CREDIT},
        {"11.00Cr.", 1100, STATEMENT_SIGN_CREDIT},
        {"Cr 11.00", 1100, STATEMENT_SIGN_CREDIT},
        {"11.00 (Dr)", 1100, STATEMENT_SIGN_DEBIT},
        {"11 जमा", 1100, STATEMENT_SIGN_CREDIT},
        {"\xC2\xA0" "11\xC2\xA0", 1100, STATEMENT_SIGN_NONE},
    };
    static const char *const bad[] = {"", "-", "abc", "1.2.3", "11.005", "1,100.00.00", "4.1E11",
                                      "11 x", "Cr", "₹", "99999999999999999999", "2026-04-02"};
    int64_t paise;
    StatementSign sign;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        bool read = statement_value_paise(text_of(good[i].text), &paise, &sign);
        if (!read || paise != good[i].paise) print_error("%s\n", good[i].text);
        assert_true(read);
        assert_int_equal(paise, good[i].paise);
        assert_int_equal(sign, good[i].sign);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bool read = statement_value_paise(text_of(bad[i]), &paise, &sign);
        if (read) print_error("%s\n", bad[i]);
        assert_false(read);
    }
}

static void days(void **state) {
    (void)state;
    static const char *const second_of_april[] = {
        "02/04/2026", "2/4/26", "02-04-2026", "02.04.26", "02-Apr-2026", "02-APR-26",
        "2 April 2026",
        "Apr 2, 2026", "April 02, 2026 10:11 AM", "2026-04-02", "2026-04-02T10:11:12", "20260402",
        "02/04/2026 10:11:12", "०२/०४/२०२६", "2 अप्रैल 2026", "02 Apr 2026, 10:11"};
    static const char *const none[] = {"", "31/04/2026", "29/02/2026", "02/13/2026", "00/04/2026",
                                       "02/04/1999", "02/04/226", "1,011.00", "11.00",
                                       "612345678901", "02/04",
                                       "02/04/2026x", "Apr 2026", "date", "2026-4"};
    int64_t day;
    char iso[11];
    for (size_t i = 0; i < sizeof second_of_april / sizeof *second_of_april; i++) {
        bool read = statement_value_day(text_of(second_of_april[i]), false, &day);
        if (!read) print_error("%s\n", second_of_april[i]);
        assert_true(read);
        clock_iso_day(day, iso);
        assert_string_equal(iso, "2026-04-02");
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        bool read = statement_value_day(text_of(none[i]), false, &day);
        if (read) print_error("%s\n", none[i]);
        assert_false(read);
    }
    assert_true(statement_value_day(T("04/15/2026"), true, &day));
    clock_iso_day(day, iso);
    assert_string_equal(iso, "2026-04-15");
}

static void numbers_in_narrations(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"UPI/CR/612345678901/ASHA/SBIN/asha@oksbi", "612345678901"},
        {"UPI-919876543210@ybl-SBIN0001234-612345678901-x", "612345678901"},
        {"919876543210 UPI 612345678901", "612345678901"},
        {"0000612345678901", "612345678901"},
        {"UPI612345678901", "612345678901"},
        {"UPI/P2A/612345678901/x", "612345678901"},
        {"NEFT-SBIN426012345678-ASHA", "SBIN426012345678"},
        {"RTGS sbinr52026040212345678", "SBINR52026040212345678"},
        {"TRANSFER FROM 4897690162090", ""},
        {"000000000000", ""},
        {"ASHA DEVI 9876543210", ""},
        {"", ""},
    };
    char out[STATEMENT_UTR_BYTES_MAX];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        Text got = {out, statement_utr_find(text_of(pairs[i][0]), out)};
        if (!text_eq(got, text_of(pairs[i][1])))
            print_error("%s: %.*s\n", pairs[i][0], TEXT_ARG(got));
        assert_true(text_eq(got, text_of(pairs[i][1])));
    }
}

static void numbers_as_typed(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"612345678901", "612345678901"},       {" 6123 4567 8901 ", "612345678901"},
        {"6l23456789Oi", "612345678901"},       {"UTR No. 612345678901", "612345678901"},
        {"0000612345678901", "612345678901"},   {"sbin426012345678", "SB1N426012345678"},
        {"61234567890", ""},                    {"", ""},
        {"12345678901234567890123456789012", ""},
    };
    char out[STATEMENT_UTR_BYTES_MAX];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        Text got = {out, statement_utr_typed(text_of(pairs[i][0]), out)};
        if (!text_eq(got, text_of(pairs[i][1])))
            print_error("%s: %.*s\n", pairs[i][0], TEXT_ARG(got));
        assert_true(text_eq(got, text_of(pairs[i][1])));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts),
        cmocka_unit_test(days),
        cmocka_unit_test(numbers_in_narrations),
        cmocka_unit_test(numbers_as_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
