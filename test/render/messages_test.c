/* Sentences found, filled, and numbers, money and days as people write them. */
#include "render/messages.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "base/clock.h"

#define EXPECT(text, wanted) assert_string_equal(arena_cstr(arena, text), wanted)

static void groups_digits_as_in_india(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    EXPECT(message_number(arena, 0), "0");
    EXPECT(message_number(arena, 999), "999");
    EXPECT(message_number(arena, 1000), "1,000");
    EXPECT(message_number(arena, 100000), "1,00,000");
    EXPECT(message_number(arena, 1234567), "12,34,567");
    EXPECT(message_number(arena, 1000000000), "1,00,00,00,000");
    EXPECT(message_number(arena, -123456), "-1,23,456");
    EXPECT(message_number(arena, INT64_MIN), "-92,23,37,20,36,85,47,75,808");
    arena_delete(arena);
}

static void writes_rupees_and_days(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    EXPECT(message_rupees(arena, 1100), "₹11");
    EXPECT(message_rupees(arena, 110005), "₹1,100.05");
    int64_t day = clock_day_of(2026, 11, 21);
    EXPECT(message_day(arena, LANG_HI, day), "21 नवंबर 2026");
    EXPECT(message_day(arena, LANG_EN, day), "21 November 2026");
    EXPECT(message_day_short(arena, LANG_HI, day), "21 नवं");
    EXPECT(message_day_short(arena, LANG_EN, clock_day_of(2026, 1, 1)), "1 Jan");
    arena_delete(arena);
}

static void finds_keys_and_fills_arguments(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    EXPECT(message(LANG_EN, "month_12"), "December");
    EXPECT(message(LANG_EN, "no_such_key"), "no_such_key");
    ErrorArg args[] = {{"age", T("18")}};
    EXPECT(message_with(arena, LANG_EN, "too_young", args, 1),
           "Members must be at least 18 years old.");
    Error error = {.message = "too_young", .args = {{"age", T("18")}}, .arg_count = 1};
    EXPECT(message_of_error(arena, LANG_HI, &error),
           "सदस्य बनने के लिए उम्र कम से कम 18 साल होनी चाहिए।");
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_digits_as_in_india),
        cmocka_unit_test(writes_rupees_and_days),
        cmocka_unit_test(finds_keys_and_fills_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
