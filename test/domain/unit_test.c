/* Units in a register: finding, paging, walking, refusing. */
#include "places_test.h"

static void codes_have_a_form(void **state) {
    (void)state;
    assert_true(unit_code_is_valid(T("IN")));
    assert_true(unit_code_is_valid(T("UP-AC174-B12")));
    assert_false(unit_code_is_valid(T("U")));
    assert_false(unit_code_is_valid(T("up")));
    assert_false(unit_code_is_valid(T("1A")));
    assert_false(unit_code_is_valid(T("UP-")));
    assert_false(unit_code_is_valid(T("UP--1")));
    assert_false(unit_code_is_valid(T("-UP")));
    assert_false(unit_code_is_valid(T("UP 1")));
    assert_false(unit_code_is_valid(TEXT_NONE));
    assert_false(unit_code_is_valid(T("A23456789012345678901234567890123")));
}

static void name_falls_back(void **state) {
    (void)state;
    Unit unit = {.name_en = T("Araku")};
    assert_true(text_eq(unit_name(&unit, LANG_HI), T("Araku")));
    unit = (Unit){.name_hi = T("लखनऊ")};
    assert_true(text_eq(unit_name(&unit, LANG_EN), T("लखनऊ")));
}

static Status unknown_ones(Ctx *ctx, void *argument) {
    (void)argument;
    Unit unit;
    assert_int_equal(unit_by_code(ctx, T("UP-9999"), &unit), NOT_FOUND);
    assert_string_equal(ctx->errors[0].message, "unit_unknown");
    assert_true(text_eq(ctx->errors[0].args[0].value, T("UP-9999")));
    assert_int_equal(unit_by_id(ctx, 999999, &unit), NOT_FOUND);
    bool found;
    assert_int_equal(unit_find(ctx, T("no code"), &unit, &found), OK);
    assert_false(found);
    return OK;
}

/* All pages together are the children, by name, each once. */
static Status page_through(Ctx *ctx, void *argument) {
    (void)argument;
    Unit up, page[7];
    TRY(unit_by_code(ctx, T("UP"), &up));
    UnitCursor cursor = {TEXT_NONE, 0};
    int total = 0, count;
    do {
        TRY(unit_children(ctx, up.id, cursor, 7, page, &count));
        for (int i = 0; i < count; i++) {
            assert_int_equal(page[i].parent_id, up.id);
            assert_true(text_compare(cursor.name_en, page[i].name_en) <= 0);
            assert_true(cursor.id != page[i].id);
            cursor = (UnitCursor){page[i].name_en, page[i].id};
        }
        total += count;
    } while (count == 7);
    assert_int_equal(total, 75);
    return OK;
}

static Status walk_state(Ctx *ctx, void *argument) {
    (void)argument;
    Unit bihar, unit;
    TRY(unit_by_code(ctx, T("BR"), &bihar));
    UnitWalk walk = unit_walk(&bihar);
    bool more;
    TRY(unit_walk_next(ctx, &walk, &unit, &more));
    assert_int_equal(unit.id, bihar.id);
    int count = 0;
    for (;; count++) {
        TRY(unit_walk_next(ctx, &walk, &unit, &more));
        if (!more) break;
        assert_int_equal(unit.parent_id, bihar.id);
    }
    assert_int_equal(count, 38);
    return OK;
}

static Status insert_double(Ctx *ctx, void *argument) {
    (void)argument;
    Unit root, unit = {.code = T("UP"), .kind = T("state"), .name_en = T("Again")};
    TRY(unit_by_code(ctx, T("IN"), &root));
    return unit_insert(ctx, &root, &unit);
}

static Status insert_next(Ctx *ctx, void *argument) {
    Unit up, *unit = argument;
    *unit = (Unit){.code = T("UP-X1"), .kind = T("district"), .name_en = T("New")};
    TRY(unit_by_code(ctx, T("UP"), &up));
    return unit_insert(ctx, &up, unit);
}

static void register_answers(void **state) {
    (void)state;
    Places *places = places_make_loaded("community");
    assert_int_equal(places_read(places, unknown_ones, NULL), OK);
    assert_int_equal(places_read(places, page_through, NULL), OK);
    assert_int_equal(places_read(places, walk_state, NULL), OK);
    assert_int_equal(places_write(places, insert_double, NULL), CONFLICT);
    assert_string_equal(places->ctx.errors[0].message, "unit_code_taken");
    assert_true(text_eq(places_unit(places, "UP").name_en, T("Uttar Pradesh")));
    Unit added;
    assert_int_equal(places_write(places, insert_next, &added), OK);
    Unit read = places_unit(places, "UP-X1"), up = places_unit(places, "UP");
    assert_int_equal(read.id, added.id);
    assert_true(text_eq(read.path, added.path));
    assert_true(text_eq(read.state_code, T("UP")));
    assert_true(unit_is_within(&read, up.id));
    places_remove(places);
}

static Status list_kinds(Ctx *ctx, void *argument) {
    (void)argument;
    UnitKind kinds[UNIT_KINDS_MAX];
    int count;
    TRY(unit_kinds(ctx, kinds, &count));
    assert_int_equal(count, 5);
    for (int i = 0; i < count; i++) assert_int_equal(kinds[i].rank, i);
    const UnitKind *booth = unit_kind_of(kinds, count, T("booth"));
    assert_non_null(booth);
    assert_false(booth->has_days);
    assert_true(text_eq(booth->label_hi, T("बूथ")));
    assert_null(unit_kind_of(kinds, count, T("district")));
    return OK;
}

static void kinds_are_kept(void **state) {
    (void)state;
    Places *places = places_make("party");
    assert_int_equal(places_read(places, list_kinds, NULL), OK);
    places_remove(places);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_a_form), cmocka_unit_test(name_falls_back),
        cmocka_unit_test(register_answers), cmocka_unit_test(kinds_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
