/* The calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/clock.h"

static void civil_dates(void **state) {
    (void)state;
    for (int64_t day = -200000; day < 200000; day += 37) {
        int y, m, d;
        clock_civil(day, &y, &m, &d);
        assert_int_equal(clock_day_of(y, m, d), day);
    }
    assert_int_equal(clock_day_of(2000, 2, 29), 11016);
    /* 2026-11-20 20:00 UTC is the 21st in India */
    int64_t t = clock_day_of(2026, 11, 20) * CLOCK_DAY_S + 20 * 3600;
    char text[11];
    clock_iso_day(clock_day(t, CLOCK_INDIA_OFFSET_S), text);
    assert_string_equal(text, "2026-11-21");
    int64_t day;
    assert_true(clock_parse_day(T("2024-02-29"), &day));
    assert_false(clock_parse_day(T("2023-02-29"), &day));
    assert_false(clock_parse_day(T("2023-2-09"), &day));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(civil_dates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
