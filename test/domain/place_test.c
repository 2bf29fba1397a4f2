/* PIN codes and names to units, in a community and in a party. */
#include "domain/place.h"

#include "places_test.h"

typedef struct Ask {
    int64_t pin;
    const char *name;
    PlaceChoices choices;
    PlaceHit hits[PLACE_SEARCH_MAX];
    int count;
} Ask;

static Status ask_pin(Ctx *ctx, void *argument) {
    Ask *ask = argument;
    return place_by_pin(ctx, ask->pin, &ask->choices);
}

static Status ask_name(Ctx *ctx, void *argument) {
    Ask *ask = argument;
    return place_search(ctx, text_of(ask->name), PLACE_SEARCH_MAX, ask->hits, &ask->count);
}

static Ask pin(Places *places, int64_t number) {
    Ask ask = {.pin = number};
    assert_int_equal(places_read(places, ask_pin, &ask), OK);
    return ask;
}

static Ask search(Places *places, const char *name) {
    Ask ask = {.name = name};
    assert_int_equal(places_read(places, ask_name, &ask), OK);
    return ask;
}

static bool has(const Ask *ask, const char *code) {
    for (int i = 0; i < ask->count; i++)
        if (text_eq(ask->hits[i].unit.code, text_of(code))) return true;
    return false;
}

static void pin_is_read(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    int64_t number = 0;
    assert_int_equal(place_parse_pin(&ctx, T("226 001"), &number), OK);
    assert_int_equal(number, 226001);
    assert_int_equal(place_parse_pin(&ctx, T("२२६००२"), &number), OK);
    assert_int_equal(number, 226002);
    const char *const wrong[] = {"", "22600", "2260011", "026001", "22600x", "\xFF", "२२६"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ctx_forget_errors(&ctx);
        assert_int_equal(place_parse_pin(&ctx, text_of(wrong[i]), &number), INVALID);
        assert_string_equal(ctx.errors[0].message, "pin_digits");
    }
    arena_delete(arena);
}

static void community_by_pin(Places *places) {
    Ask ask = pin(places, 226001);
    assert_int_equal(ask.choices.count, 1);
    assert_true(text_eq(ask.choices.units[0].code, T("UP-162")));
    assert_false(ask.choices.coarse);
    ask = pin(places, 110001); /* two districts of Delhi, most offices first */
    assert_int_equal(ask.choices.count, 2);
    assert_true(text_eq(ask.choices.units[0].code, T("DL-77")));
    ask = (Ask){.pin = 999999};
    assert_int_equal(places_read(places, ask_pin, &ask), NOT_FOUND);
    assert_string_equal(places->ctx.errors[0].message, "pin_unknown");
    ask = (Ask){.pin = 12};
    assert_int_equal(places_read(places, ask_pin, &ask), INVALID);
}

static void community_by_name(Places *places) {
    Ask ask = search(places, "luckn");
    assert_true(ask.count > 0);
    assert_true(text_eq(ask.hits[0].unit.code, T("UP-162")));
    ask = search(places, "लखनऊ");
    assert_true(has(&ask, "UP-162"));
    ask = search(places, "LUCKNOW");
    assert_true(has(&ask, "UP-162"));
    Text label = place_label(&places->ctx, &ask.hits[0], LANG_EN);
    assert_true(text_eq(label, T("Lucknow, Uttar Pradesh")));
    label = place_label(&places->ctx, &ask.hits[0], LANG_HI);
    assert_true(text_eq(label, T("लखनऊ, उत्तर प्रदेश")));
    ask = search(places, "nautan");
    assert_true(ask.count > 0);
    label = place_label(&places->ctx, &ask.hits[0], LANG_EN);
    assert_true(text_starts_with(label, T("Nautan")));
    ask = search(places, "नौतनवा"); /* in the reference in Latin letters only */
    assert_true(ask.count > 0);
    assert_true(text_eq(ask.hits[0].name_en, T("Nautanwa")));
    assert_true(search(places, "Gorakpur").count > 0);
    assert_int_equal(search(places, "l").count, 0);
    assert_int_equal(search(places, "").count, 0);
    assert_int_equal(search(places, "%%__").count, 0);
    assert_int_equal(search(places, "qqqq").count, 0);
    for (int i = 0; i < ask.count; i++) assert_false(ask.hits[i].coarse);
}

static void refused_searches(Places *places) {
    char wide[LIMIT_SEARCH_BYTES + 2];
    memset(wide, 'a', sizeof wide);
    wide[sizeof wide - 1] = 0;
    Ask ask = {.name = wide};
    assert_int_equal(places_read(places, ask_name, &ask), INVALID);
    assert_string_equal(places->ctx.errors[0].message, "search_long");
    ask.name = "\xFF\xFE";
    assert_int_equal(places_read(places, ask_name, &ask), INVALID);
    assert_string_equal(places->ctx.errors[0].message, "search_not_text");
}

static void community_finds_districts(void **state) {
    (void)state;
    Places *places = places_make_loaded("community");
    community_by_pin(places);
    community_by_name(places);
    refused_searches(places);
    places_remove(places);
}

static void party_finds_states_and_constituencies(void **state) {
    (void)state;
    Places *places = places_make_loaded("party");
    Ask ask = pin(places, 226001);
    assert_int_equal(ask.choices.count, 1);
    assert_true(text_eq(ask.choices.units[0].code, T("UP")));
    assert_true(ask.choices.coarse);
    ask = pin(places, 110001); /* both districts are in one state */
    assert_int_equal(ask.choices.count, 1);
    ask = search(places, "ichchapuram");
    assert_int_equal(ask.count, 1);
    assert_true(text_eq(ask.hits[0].unit.code, T("AP-AC120")));
    assert_false(ask.hits[0].coarse);
    places_remove(places);
}

static void keys_are_folded(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    assert_true(text_eq(place_key(&ctx, T("Sri Ganganagar")), T("sriganganagar")));
    assert_true(text_eq(place_key(&ctx, T("Bémetara (N.P.)")), T("bemetaranp")));
    assert_true(text_eq(place_key(&ctx, T("चाँदपुर")), place_key(&ctx, T("चांदपुर"))));
    assert_true(text_eq(place_key(&ctx, T("फ़िरोज़ाबाद")), place_key(&ctx, T("फिरोजाबाद"))));
    assert_int_equal(place_key(&ctx, T("--")).len, 0);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pin_is_read), cmocka_unit_test(keys_are_folded),
        cmocka_unit_test(community_finds_districts),
        cmocka_unit_test(party_finds_states_and_constituencies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
