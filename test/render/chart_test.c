/* Charts and maps: every day and state with its number, names escaped, sizes that say the truth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "base/clock.h"
#include "render/chart.h"
#include "render/map.h"

static bool has(const Buffer *out, const char *part) {
    return out->len > 0 && memmem(out->ptr, out->len, part, strlen(part)) != NULL;
}

static int times(const Buffer *out, const char *part) {
    int count = 0;
    Text rest = buffer_text(out);
    const char *at;
    while (rest.len && (at = memmem(rest.ptr, rest.len, part, strlen(part)))) {
        count++;
        rest = text_slice(rest, (size_t)(at - rest.ptr) + 1, rest.len);
    }
    return count;
}

static void days(void **state) {
    (void)state;
    Arena *arena = arena_new(4 << 20);
    Buffer out = buffer_in(arena, 1 << 20);
    int64_t counts[30] = {0};
    counts[2] = 100;
    counts[3] = 50;
    counts[28] = 123456;
    counts[29] = 61728;
    ChartDays chart = {.id = "joins", .title = T("New <members> & friends"), .summary = T("Sum"),
                       .first_day = clock_day_of(2026, 11, 1), .counts = counts, .count = 30,
                       .last_is_today = true};
    chart_days(&out, arena, LANG_EN, &chart);
    assert_true(has(&out, "aria-labelledby=\"joins-title joins-desc\">"));
    assert_true(has(&out, ">New &lt;members&gt; &amp; friends</title>"));
    assert_int_equal(times(&out, "<path class=\"chart-column"), 4);
    assert_int_equal(times(&out, "chart-today"), 1);
    assert_true(has(&out, "<title>29 November 2026: 1,23,456</title>"));
    assert_true(has(&out, ">1,23,456</text>"));
    assert_true(has(&out, "text-anchor=\"start\" font-size=\"17\" fill=\"currentColor\">1 Nov<"));
    assert_true(has(&out, ">30 Nov</text></svg>"));
    /* the greatest is 152 high and the half of it 76, corners of 3 included */
    assert_true(has(&out, "v-149.0q"));
    assert_true(has(&out, "v-73.0q"));
    arena_delete(arena);
}

static void no_joins_yet(void **state) {
    (void)state;
    Arena *arena = arena_new(4 << 20);
    Buffer out = buffer_in(arena, 1 << 20);
    const int64_t counts[1] = {0};
    ChartDays chart = {.id = "c", .title = T("New"), .first_day = clock_day_of(2026, 11, 1),
                       .counts = counts, .count = 1};
    chart_days(&out, arena, LANG_HI, &chart);
    assert_int_equal(times(&out, "chart-column"), 0);
    assert_false(has(&out, "nan"));
    assert_false(has(&out, "<desc"));
    assert_int_equal(times(&out, "</text>"), 1);
    assert_true(has(&out, ">1 नवं"));
    arena_delete(arena);
}

static void steps(void **state) {
    (void)state;
    assert_int_equal(map_step(0, 100), 0);
    assert_int_equal(map_step(0, 0), 0);
    assert_int_equal(map_step(1, 1), 5);
    assert_int_equal(map_step(1, 1000000), 1);
    assert_int_equal(map_step(1000000, 1000000), 5);
    int last = 0;
    for (int64_t count = 0; count <= 1000; count++) {
        assert_true(map_step(count, 1000) >= last);
        last = map_step(count, 1000);
    }
}

static void tiles(void **state) {
    (void)state;
    Arena *arena = arena_new(4 << 20);
    Buffer out = buffer_in(arena, 1 << 20);
    const MapTile list[] = {
        {T("UP"), T("Uttar Pradesh"), 3, 3, 1234567, T("/live/UP?a=1&b=2")},
        {T("GA"), T("Goa"), 1, 6, 99999, TEXT_NONE},
        {T("LD"), T("Lakshadweep \"L\""), 0, 7, 0, TEXT_NONE},
        {T("MH"), T("Maharashtra"), 2, 5, 30000000, TEXT_NONE},
    };
    map_tiles(&out, arena, LANG_EN, "states", T("Members by state"), list, 4);
    assert_true(has(&out, "viewBox=\"0 0 400 800\" aria-labelledby=\"states-title\">"));
    assert_true(has(&out, "<a href=\"/live/UP?a=1&amp;b=2\"><g class=\"map-tile map-step-2\">"
                          "<title>Uttar Pradesh: 12,34,567</title>"));
    assert_true(has(&out, ">12.3 L</text>"));
    assert_true(has(&out, "<title>Goa: 99,999</title>"));
    assert_true(has(&out, "<g class=\"map-tile map-none\"><title>Lakshadweep &quot;L&quot;: 0<"));
    assert_true(has(&out, "map-step-5"));
    assert_true(has(&out, ">3 Cr</text>"));
    assert_int_equal(times(&out, "<a "), 1);
    assert_int_equal(times(&out, "</a>"), 1);
    assert_int_equal(times(&out, "<rect "), 4);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(days), cmocka_unit_test(no_joins_yet),
                                       cmocka_unit_test(steps), cmocka_unit_test(tiles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
