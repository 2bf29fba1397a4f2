/* The slogan: kept as given, one short line in each language, taken away by an empty one. */
#include "register_test.h"

#include "domain/organisation_slogan.h"

static Status set(Ctx *ctx, void *slogan) { return organisation_slogan_set(ctx, slogan); }
static Status read(Ctx *ctx, void *slogan) { return organisation_slogan_read(ctx, slogan); }

static OrganisationSlogan kept(Register *r) {
    OrganisationSlogan slogan;
    register_must(r, register_read(r, read, &slogan));
    return slogan;
}

static void is_kept_in_both_languages(void **state) {
    Register *r = *state;
    OrganisationSlogan slogan = kept(r);
    assert_int_equal(slogan.en.len + slogan.hi.len, 0);
    slogan.hi = T("हर हाथ में कलम");
    register_must(r, register_write(r, set, &slogan));
    slogan = kept(r);
    assert_true(text_eq(organisation_slogan_text(&slogan, LANG_EN), T("हर हाथ में कलम")));
    slogan.en = T("A pen in every hand");
    register_must(r, register_write(r, set, &slogan));
    slogan = kept(r);
    assert_true(text_eq(organisation_slogan_text(&slogan, LANG_EN), T("A pen in every hand")));
    assert_true(text_eq(organisation_slogan_text(&slogan, LANG_HI), T("हर हाथ में कलम")));
    slogan.en = slogan.hi = T("");
    register_must(r, register_write(r, set, &slogan));
    slogan = kept(r);
    assert_int_equal(slogan.en.len + slogan.hi.len, 0);
}

static void is_one_short_line(void **state) {
    Register *r = *state;
    static const char *const bad[] = {
        "two\nlines", "turned \xE2\x80\xAE round", "not \xFF text",
        "a slogan that is longer than the sixty letters that a card has room for",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        OrganisationSlogan slogan = {.en = T("Good"), .hi = text_of(bad[i])};
        register_refused(r, register_write(r, set, &slogan), INVALID, "hi", "slogan_form");
    }
    assert_int_equal(kept(r).en.len, 0);
    OrganisationSlogan most = { /* letters, not bytes: 60 of three bytes each */
        .en = T("कककककककककककककककककककककककककककककक"
                "कककककककककककककककककककककककककककककक"), .hi = T("")};
    register_must(r, register_write(r, set, &most));
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(is_kept_in_both_languages),
        WITH_REGISTER(is_one_short_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
