/* Those for whom joining is different: minors, people abroad, people without a phone. */
#include "register_test.h"

#include "domain/country.h"
#include "domain/member_guardian.h"

static Enrolled joins(Register *r, Enrolment e) {
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    return enrolled;
}

static void refuses(Register *r, Enrolment e, const char *field, const char *message) {
    Enrolled enrolled;
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, field, message);
}

static int64_t consents(Register *r, const char *where) {
    Text sql = arena_printf(r->arena, "SELECT count(*) FROM consent WHERE %s", where);
    return register_int(r, sql.ptr);
}

static void asks_a_guardian_for_a_minor(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.birth_year = 2010;
    refuses(r, e, "guardian_name", "guardian_missing");
    e.guardian_name = T("Sita Devi");
    refuses(r, e, "guardian_phone", "guardian_phone_missing");
    e.guardian_phone = T("98");
    refuses(r, e, "guardian_phone", "phone_form");
    e.guardian_phone = T("9000000001");
    joins(r, e);
    assert_int_equal(consents(r, "given_by = 'guardian'"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian WHERE proof = 'unconfirmed'"),
                     1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian WHERE instr(name, "
                                     "CAST('Sita' AS BLOB)) OR instr(phone, CAST('9000000001' AS "
                                     "BLOB))"),
                     0); /* sealed */
}

typedef struct Guarded {
    Member member;
    Guardian guardian;
    Text number, acting_phone;
    bool more;
} Guarded;

static Status read_guardian(Ctx *ctx, void *argument) {
    Guarded *g = argument;
    TRY(member_guardian_phone(ctx, &g->member, &g->acting_phone));
    return member_guardian_read(ctx, &g->member, &g->guardian);
}

static Status end_guardian(Ctx *ctx, void *argument) {
    Guarded *g = argument;
    return member_guardian_end(ctx, g->number, &g->member);
}

static Status end_due(Ctx *ctx, void *argument) {
    Guarded *g = argument;
    DueDone done;
    TRY(register_due(ctx, &member_guardian_of_age, 2, &done));
    g->more = done.done == 2;
    return OK;
}

static void opens_what_it_sealed(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.birth_year = 2010, e.guardian_name = T("Sita Devi"), e.guardian_phone = T("9000000001");
    Guarded g = {.member = register_member_at(r, joins(r, e).serial)};
    register_must(r, register_read(r, read_guardian, &g));
    assert_true(text_eq(g.guardian.name, T("Sita Devi")));
    assert_true(text_eq(g.guardian.e164, T("+919000000001")));
    assert_true(text_eq(g.acting_phone, g.guardian.e164));
    Guarded none = {.member = register_member(r, 2)};
    register_must(r, register_read(r, read_guardian, &none));
    assert_int_equal(none.guardian.name.len, 0);
    assert_true(none.acting_phone.len > 0 && !text_eq(none.acting_phone, g.acting_phone));
}

/* A minor on the guardian's phone, which a code has confirmed. */
static Guarded minor_of(Register *r, int which, int64_t birth_year, Text phone) {
    char number[NUMBER_TEXT_MAX];
    Enrolment e = register_person(r, which);
    e.birth_year = birth_year, e.of_age = T("no");
    e.guardian_name = T("Sita Devi"), e.guardian_phone = T("9000000001");
    e.guardian_proof = e.phone_proof = T("code");
    if (phone.len) e.phone = phone, e.phone_of = T("household");
    Guarded g = {.member = register_member_at(r, joins(r, e).serial)};
    size_t len = number_text(&g.member.number, number);
    g.number = arena_copy(r->arena, (Text){number, len});
    return g;
}

static void forgets_the_guardian_of_who_is_of_age(void **state) {
    Register *r = *state;
    Guarded child = minor_of(r, 1, 2012, TEXT_NONE);
    register_refused(r, register_write(r, end_guardian, &child), CONFLICT, NULL, "of_age_not_yet");
    Guarded grown = minor_of(r, 2, 2008, T("9000000001")), own = minor_of(r, 3, 2008, TEXT_NONE);
    int64_t confirmed = register_tally(r, "UP-174").phone_confirmed;
    register_must(r, register_write(r, end_guardian, &grown));
    assert_true(text_eq(register_member_at(r, grown.member.serial).phone_proof, T("unconfirmed")));
    register_must(r, register_write(r, end_guardian, &own)); /* a phone of one's own stays proved */
    assert_true(text_eq(register_member_at(r, own.member.serial).phone_proof, T("code")));
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, confirmed - 1);
    register_refused(r, register_write(r, end_guardian, &own), CONFLICT, NULL, "guardian_none");
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian"), 1);
    register_act_as_token(r, 7, "BR");
    register_refused(r, register_write(r, end_guardian, &child), NOT_FOUND, NULL,
                     "member_not_found");
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR};
    register_agrees(r);
}

/* From 1 January after the year of the eighteenth birthday, and not a second before. */
static void forgets_by_itself_in_the_year_after(void **state) {
    Register *r = *state;
    for (int i = 1; i <= 3; i++) (void)minor_of(r, i, 2008, TEXT_NONE);
    (void)minor_of(r, 4, 2009, TEXT_NONE);
    Guarded g = {0};
    register_set_day(r, 2026, 12, 31);
    register_must(r, register_write(r, end_due, &g));
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian"), 4);
    register_set_day(r, 2027, 1, 1);
    register_must(r, register_write(r, end_due, &g));
    assert_true(g.more);
    register_must(r, register_write(r, end_due, &g));
    assert_false(g.more);
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian"), 1);
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM member_event WHERE type = 'of_age'"), 3);
    register_agrees(r);
}

/* The register's day is 21 November 2026: who was born in 2008 turns of age this year. */
static void believes_who_says_to_be_of_age_this_year(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.birth_year = 2008;
    e.of_age = T("maybe");
    refuses(r, e, "of_age", "of_age_form");
    e.of_age = T("no");
    refuses(r, e, "guardian_name", "guardian_missing");
    e.of_age = T("yes");
    joins(r, e);
    assert_int_equal(consents(r, "given_by = 'self'"), 1);
    Enrolment grown = register_person(r, 2);
    grown.birth_year = 2007, grown.of_age = T("no"); /* whatever was said */
    joins(r, grown);
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian"), 0);
}

static void refuses_minors_in_a_party(void **state) {
    Register *r = *state;
    r->org.minimum_age = MEMBER_AGE_PARTY;
    Enrolment e = register_person(r, 1);
    e.birth_year = 2010, e.guardian_name = T("Sita Devi"), e.guardian_phone = T("9000000001");
    refuses(r, e, "birth_year", "too_young");
    e.birth_year = 2008, e.of_age = T("no");
    refuses(r, e, "birth_year", "too_young");
    e.of_age = T("yes");
    joins(r, e);
}

static void counts_people_abroad_in_their_country(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.unit_code = TEXT_NONE, e.settlement = TEXT_NONE;
    e.country = T("AE"), e.phone = T("+971 50 123 4567");
    refuses(r, e, "town", "town_missing");
    e.town = T(" दुबई ");
    Enrolled enrolled = joins(r, e);
    assert_true(text_eq(enrolled.unit.code, T("ABROAD-AE")));
    Member m = register_member_at(r, enrolled.serial);
    assert_true(text_eq(m.town, T("दुबई")));
    Unit unit = register_unit(r, "ABROAD-AE"), abroad = register_unit(r, "ABROAD");
    assert_true(text_eq(unit.name_en, T("United Arab Emirates")));
    assert_true(text_eq(unit.name_hi, T("संयुक्त अरब अमीरात")));
    assert_int_equal(unit.parent_id, abroad.id);
    assert_int_equal(abroad.parent_id, r->org.root_unit_id);
    Enrolment next = register_person(r, 2);
    next.unit_code = TEXT_NONE, next.country = T("AE"), next.town = T("Sharjah");
    joins(r, next);
    Enrolment nepal = register_person(r, 3);
    nepal.unit_code = TEXT_NONE, nepal.country = T("NP"), nepal.town = T("Kathmandu");
    joins(r, nepal);
    assert_int_equal(register_tally(r, "ABROAD-AE").members, 2);
    assert_int_equal(register_tally(r, "ABROAD").members, 3);
    assert_int_equal(register_tally(r, "IN").members, 3);
    assert_int_equal(register_day(r, "ABROAD").joined, 3);
    assert_int_equal(register_int(r, "SELECT count(*) FROM unit WHERE code LIKE 'ABROAD%'"), 3);
    Enrolment wrong = register_person(r, 4);
    wrong.country = T("AE"), wrong.town = T("Dubai");
    refuses(r, wrong, "country", "place_twice");
    wrong.unit_code = TEXT_NONE, wrong.country = T("IN");
    refuses(r, wrong, "country", "country_form");
    wrong.country = T("XQ");
    refuses(r, wrong, "country", "country_form");
    register_act_as_token(r, 1, "UP");
    wrong.country = T("NP");
    register_refused(r, register_enrol(r, &wrong, &enrolled), DENIED, "country", "unit_not_yours");
    register_agrees(r);
}

static void lists_countries_in_both_languages(void **state) {
    Register *r = *state;
    Country *list;
    int count = country_list(&r->ctx, LANG_EN, &list);
    assert_true(count > 200 && count < COUNTRY_MAX);
    assert_true(text_eq(list[0].code, T("AF")));
    for (int i = 0; i < count; i++) {
        assert_true(country_is_known(list[i].code));
        assert_true(list[i].name.len > 0);
    }
    assert_int_equal(country_list(&r->ctx, LANG_HI, &list), count);
    assert_true(text_eq(country_name(&r->ctx, T("NP"), LANG_HI), T("नेपाल")));
}

static void marks_who_has_no_phone(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.phone = TEXT_NONE;
    Member m = register_member_at(r, joins(r, e).serial);
    assert_true(text_eq(m.phone_of, T("none")) && text_eq(m.phone_proof, T("none")));
    register_member(r, 2);
    assert_int_equal(register_tally(r, "UP-174").members, 2);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 0);
    register_agrees(r);
}

static void keeps_the_wish_for_messages_apart(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1), wishes = register_person(r, 2);
    wishes.messages = true;
    joins(r, e);
    joins(r, wishes);
    assert_int_equal(consents(r, "purpose = 'membership'"), 2);
    assert_int_equal(consents(r, "purpose = 'messages'"), 1);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(asks_a_guardian_for_a_minor),
        WITH_REGISTER(opens_what_it_sealed),
        WITH_REGISTER(forgets_the_guardian_of_who_is_of_age),
        WITH_REGISTER(forgets_by_itself_in_the_year_after),
        WITH_REGISTER(believes_who_says_to_be_of_age_this_year),
        WITH_REGISTER(refuses_minors_in_a_party),
        WITH_REGISTER(counts_people_abroad_in_their_country),
        WITH_REGISTER(lists_countries_in_both_languages),
        WITH_REGISTER(marks_who_has_no_phone),
        WITH_REGISTER(keeps_the_wish_for_messages_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
