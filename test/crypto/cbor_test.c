/* Deterministic CBOR: the encodings of RFC 8949 Appendix A, and what a strict reader refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/cbor.h"

static uint8_t bytes[256];

static Text hex(const char *digits) {
    size_t len = strlen(digits) / 2;
    assert_true(text_unhex(text_of(digits), bytes, len));
    return text_bytes(bytes, len);
}

static bool reads(const char *digits) {
    Cbor c = cbor_of(hex(digits));
    cbor_skip(&c);
    return cbor_done(&c);
}

static void integers(void **state) {
    (void)state;
    static const struct { int64_t value; const char *hex; } known[] = {
        {0, "00"}, {1, "01"}, {10, "0a"}, {23, "17"}, {24, "1818"}, {25, "1819"}, {100, "1864"},
        {255, "18ff"}, {256, "190100"}, {1000, "1903e8"}, {65535, "19ffff"}, {65536, "1a00010000"},
        {1000000, "1a000f4240"}, {4294967295, "1affffffff"}, {4294967296, "1b0000000100000000"},
        {1000000000000, "1b000000e8d4a51000"}, {INT64_MAX, "1b7fffffffffffffff"},
        {-1, "20"}, {-10, "29"}, {-100, "3863"}, {-1000, "3903e7"},
        {INT64_MIN, "3b7fffffffffffffff"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        Buffer b = buffer_heap(64);
        cbor_put_int(&b, known[i].value);
        Text expected = hex(known[i].hex);
        assert_true(text_eq(buffer_text(&b), expected));
        buffer_free(&b);
        Cbor c = cbor_of(expected);
        assert_int_equal(cbor_read_int(&c), known[i].value);
        assert_true(cbor_done(&c));
        c = cbor_of(expected);
        (void)cbor_read_uint(&c);
        assert_int_equal(cbor_done(&c), known[i].value >= 0);
    }
}

static void strings(void **state) {
    (void)state;
    Buffer b = buffer_heap(64);
    cbor_put_text(&b, T("IETF"));
    cbor_put_bytes(&b, T("\x01\x02\x03\x04"));
    cbor_put_text(&b, T("\xE6\xB0\xB4"));
    cbor_put_array(&b, 0);
    cbor_put_map(&b, 0);
    cbor_put_tag(&b, 18);
    assert_true(text_eq(buffer_text(&b), hex("64494554464401020304" "63e6b0b4" "80" "a0" "d2")));
    buffer_free(&b);
    Cbor c = cbor_of(hex("6449455446"));
    assert_true(text_eq(cbor_read_text(&c), T("IETF")));
    c = cbor_of(hex("6449455446"));
    assert_int_equal(cbor_read_bytes(&c).len, 0);
    assert_false(cbor_done(&c));
}

static void maps(void **state) {
    (void)state;
    Cbor c = cbor_of(hex("a301020419ffff6161f6"));
    CborMap map = cbor_read_map(&c);
    CborKey key;
    assert_true(cbor_map_next(&c, &map, &key) && !key.is_text && key.number == 1);
    assert_int_equal(cbor_read_int(&c), 2);
    assert_true(cbor_map_next(&c, &map, &key) && key.number == 4);
    assert_int_equal(cbor_read_int(&c), 65535);
    assert_true(cbor_map_next(&c, &map, &key) && key.is_text && text_eq(key.text, T("a")));
    cbor_skip(&c);
    assert_false(cbor_map_next(&c, &map, &key));
    assert_true(cbor_done(&c));
}

static void what_is_read(void **state) {
    (void)state;
    static const char *const good[] = {
        "00", "40", "60", "80", "a0", "f4", "f5", "f6", "c100", "d81800", "83010203",
        "8301820203820405",
        "a26161016162820203", "a201020304", "a2012a18182a", "a2182a00" "2000", "a120f6",
        "8181818181818100",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!reads(good[i])) print_error("%s\n", good[i]);
        assert_true(reads(good[i]));
    }
}

static void what_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "", "0000",                                     /* nothing, something behind */
        "1800", "1817", "190000", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3800",
        "5800", "7800", "9800", "b800", "d817",         /* longer than needed */
        "18", "19ff", "1affffff", "1bffffffffffffff", "41", "6261", "8100" "00", "81", "a1", "a101",
        "5f4101ff", "7f6161ff", "9fff", "bfff", "ff",   /* indefinite lengths */
        "1c", "1d", "1e", "3f", "5c", "fc", "fd", "fe", /* reserved */
        "1b8000000000000000", "3b8000000000000000", "3bffffffffffffffff",
        "a201000100", "a204000100", "a26161006161" "00", "a2616200616100", "a261610001" "00",
        "a2626161006162" "00", "a14000", "a1800000", "a1f600", "a2190100001818" "00",
        "61ff", "62c080", "63eda080", "6100",           /* not UTF-8, and U+0000 */
        "f90000", "fa00000000", "fb0000000000000000", "f0", "f7", "f3", "f820", "e0",
        "9bffffffffffffffff", "bbffffffffffffffff", "5bffffffffffffffff", "7b7fffffffffffffff",
        "9b0000000100000000" "00", "81818181818181" "8100", "c1c1c1c1c1c1c1c100",
        "a101a101a101a101a101a101a101a10100",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (reads(bad[i])) print_error("%s\n", bad[i]);
        assert_false(reads(bad[i]));
    }
    char deep[2001];
    memset(deep, '8', sizeof deep - 1);
    for (size_t i = 1; i < sizeof deep; i += 2) deep[i] = '1';
    deep[240] = 0;
    assert_false(reads(deep));
}

static void failure_stays(void **state) {
    (void)state;
    Cbor c = cbor_of(hex("0061620a"));
    CborKey key;
    assert_int_equal(cbor_read_bytes(&c).len, 0);
    assert_int_equal(cbor_read_int(&c), 0);
    assert_int_equal(cbor_read_text(&c).len, 0);
    CborMap map = cbor_read_map(&c);
    assert_false(cbor_map_next(&c, &map, &key));
    cbor_expect_array(&c, 0);
    assert_false(cbor_done(&c));
    c = cbor_of(hex("820102"));
    cbor_expect_array(&c, 3);
    assert_false(cbor_done(&c));
    c = cbor_of(hex("d2"));
    cbor_expect_tag(&c, 18);
    assert_true(cbor_done(&c));
    c = cbor_of(hex("d1"));
    cbor_expect_tag(&c, 18);
    assert_false(cbor_done(&c));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),     cmocka_unit_test(strings),
        cmocka_unit_test(maps),         cmocka_unit_test(what_is_read),
        cmocka_unit_test(what_is_refused), cmocka_unit_test(failure_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
