/* The trees that ship. */
#include "domain/geography.h"

#include "places_test.h"

static void text_is(Text got, const char *wanted) {
    if (!text_eq(got, text_of(wanted))) print_error("%.*s, not %s\n", TEXT_ARG(got), wanted);
    assert_true(text_eq(got, text_of(wanted)));
}

static void community_has_districts(void **state) {
    (void)state;
    Places *places = places_make_loaded("community");
    Unit lucknow = places_unit(places, "UP-162"), up = places_unit(places, "UP");
    text_is(lucknow.name_en, "Lucknow");
    text_is(lucknow.name_hi, "लखनऊ");
    text_is(lucknow.kind, "district");
    text_is(lucknow.state_code, "UP");
    text_is(lucknow.reference, "162");
    text_is(up.state_code, "UP");
    assert_int_equal(lucknow.parent_id, up.id);
    Unit root = places_unit(places, "IN");
    assert_true(unit_is_within(&lucknow, root.id));
    assert_true(unit_is_within(&lucknow, up.id));
    assert_true(unit_is_within(&lucknow, lucknow.id));
    assert_false(unit_is_within(&up, lucknow.id));
    assert_false(unit_is_within(&lucknow, 0));
    assert_int_equal(root.state_code.len, 0);
    assert_int_equal(places_count(places), 1 + 36 + 763);
    places_remove(places);
}

static void party_has_constituencies(void **state) {
    (void)state;
    Places *places = places_make_loaded("party");
    Unit ac = places_unit(places, "UP-AC174");
    text_is(ac.kind, "ac");
    text_is(ac.state_code, "UP");
    Unit lucknow = places_unit(places, "UP-PC35"), ichchapuram = places_unit(places, "AP-AC120");
    text_is(lucknow.name_en, "Lucknow");
    text_is(lucknow.name_hi, "लखनऊ");
    text_is(ichchapuram.name_hi, "");
    text_is(unit_name(&ichchapuram, LANG_HI), "Ichchapuram");
    int64_t ids[LIMIT_UNIT_DEPTH];
    assert_int_equal(unit_ancestors(&ac, ids), 4);
    assert_int_equal(ids[3], ac.id);
    assert_int_equal(places_count(places), 1 + 36 + 543 + 4125);
    places_remove(places);
}

/* Begun again after a part, as after a crash, the load leaves the same tree. */
static void load_goes_on_where_it_broke_off(void **state) {
    (void)state;
    Places *places = places_make("community");
    GeographyLoad load;
    geography_begin(&places->ctx, T("community"), &load);
    assert_int_equal(places_write(places, geography_chunk_apply, &load), OK);
    assert_int_equal(places_write(places, geography_chunk_apply, &load), OK);
    geography_begin(&places->ctx, T("community"), &load);
    int chunks = 0;
    while (load.done < load.total) {
        assert_int_equal(places_write(places, geography_chunk_apply, &load), OK);
        geography_chunk_committed(&load);
        chunks++;
    }
    assert_int_equal(chunks, (load.total + GEOGRAPHY_CHUNK_ROWS - 1) / GEOGRAPHY_CHUNK_ROWS);
    assert_int_equal(places_count(places), 1 + 36 + 763);
    places_remove(places);
}

static void unknown_preset_has_no_kinds(void **state) {
    (void)state;
    UnitKind kinds[UNIT_KINDS_MAX];
    assert_int_equal(geography_kinds(T("club"), kinds), 0);
    assert_int_equal(geography_kinds(T("community"), kinds), 3);
    assert_int_equal(geography_kinds(T("party"), kinds), 5);
    assert_false(kinds[4].has_days);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(community_has_districts), cmocka_unit_test(party_has_constituencies),
        cmocka_unit_test(load_goes_on_where_it_broke_off),
        cmocka_unit_test(unknown_preset_has_no_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
