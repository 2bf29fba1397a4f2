/* PIN codes and names to units, in a community and in a party. */
#include "domain/application_place.h"

#include "domain/place_alias.h"
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

/* What one line on the form comes to. */
typedef struct Line {
    const char *typed;
    ApplicationPlaces places;
} Line;

static Status ask_line(Ctx *ctx, void *argument) {
    Line *line = argument;
    return application_place_find(ctx, text_of(line->typed), &line->places);
}

static Line line(Places *places, const char *typed) {
    Line l = {.typed = typed};
    assert_int_equal(places_read(places, ask_line, &l), OK);
    return l;
}

typedef struct Known {
    const char *typed, *codes[PLACE_ALIAS_HITS_MAX];
} Known;

static void community_knows_other_names(Places *places) {
    static const Known known[] = {
        {"Noida", {"UP-144"}},
        {"नोएडा", {"UP-144"}},
        {"Bombay", {"MH-482", "MH-483"}},
        {"Navi Mumbai", {"MH-491", "MH-497"}},
        {"Bangalore", {"KA-525"}},
        {"Calcutta", {"WB-315"}},
        {"Madras", {"TN-568"}},
        {"T Nagar", {"TN-568"}},
        {"t. nagar", {"TN-568"}},
        {"Trivandrum", {"KL-565"}},
        {"Benares", {"UP-187"}},
        {"Gurgaon", {"HR-62"}},
        {"Allahabad", {"UP-120"}},
        {"इलाहाबाद", {"UP-120"}},
        {"Andheri", {"MH-483"}},
        {"Andheri, Mumbai, Maharashtra", {"MH-483"}},
        {"Dilli", {"DL-77", "DL-78", "DL-79", "DL-80", "DL-81", "DL-82", "DL-83", "DL-84",
                   "DL-85", "DL-670", "DL-671"}},
        {"Pune district", {"MH-490"}},
        {"District Pune", {"MH-490"}},
        {"Varanasi, Uttar Pradesh", {"UP-187"}},
        {"Varanasi , UP", {"UP-187"}},
        {"Varanasi, somewhere", {"UP-187"}},
        {"लखनऊ जिला", {"UP-162"}},
        {"ज़िला लखनऊ", {"UP-162"}},
        {"Nautanwa block", {"UP-164"}},
        {"Hamirpur, Himachal Pradesh", {"HP-17"}},
        {"Hamirpur, UP", {"UP-149"}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Line found = line(places, known[i].typed);
        int count = 0;
        for (const char *const *code = known[i].codes; *code; code++, count++) {
            bool has_code = false;
            for (int j = 0; j < found.places.count; j++)
                has_code |= text_eq(found.places.hits[j].unit.code, text_of(*code));
            if (!has_code) print_error("%s: not %s\n", known[i].typed, *code);
            assert_true(has_code);
        }
        if (found.places.count != count) print_error("%s\n", known[i].typed);
        assert_int_equal(found.places.count, count);
        assert_false(found.places.unsure);
    }
    Line bombay = line(places, "bombay");
    Text label = place_label(&places->ctx, &bombay.places.hits[0], LANG_EN);
    assert_true(text_eq(label, T("Bombay, Mumbai, Maharashtra")));
}

static void community_asks_where_it_is_not_sure(Places *places) {
    static const char *const by_sound[] = {"Gorakpur", "नौतनवा", "Banglor"};
    for (size_t i = 0; i < sizeof by_sound / sizeof *by_sound; i++) {
        Line found = line(places, by_sound[i]);
        assert_true(found.places.count > 0);
        assert_true(found.places.unsure);
        assert_int_equal(places->ctx.error_count, 0);
    }
    static const char *const states[] = {"Maharashtra", "उत्तर प्रदेश", "Rajasthan",
                                         "Kerala state"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        Line found = line(places, states[i]);
        assert_int_equal(found.places.count, 0);
        assert_string_equal(places->ctx.errors[0].message, "place_state");
        assert_true(places->ctx.errors[0].args[0].value.len > 0);
    }
    assert_int_equal(line(places, "district").places.count, 0);
    assert_int_equal(line(places, ", ,").places.count, 0);
    assert_string_equal(places->ctx.errors[0].message, "place_unknown");
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
    community_knows_other_names(places);
    community_asks_where_it_is_not_sure(places);
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
    Line found = line(places, "Bombay"); /* as near as a tree without districts comes */
    assert_int_equal(found.places.count, 1);
    assert_true(found.places.unsure);
    assert_true(text_eq(found.places.hits[0].unit.code, T("MH")));
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
