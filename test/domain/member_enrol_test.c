/* The one way in: what it makes of an enrolment, what it refuses, and what a repeat gets. */
#include "register_test.h"

#include "base/limits.h"
#include "domain/place.h"
#include "domain/token.h"

static void confirms_who_paid_in_cash(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(enrolled.state, MEMBER_CONFIRMED);
    assert_true(text_eq(enrolled.receipt, T("GKC/26-27/B001/0001")));
    assert_true(text_eq(enrolled.unit.code, T("UP-174")));
    assert_false(enrolled.replayed);
    Member m = register_member_at(r, enrolled.serial);
    assert_memory_equal(&m.number, &enrolled.number, sizeof m.number);
    assert_true(text_eq(m.fee_proof, T("cash")));
    assert_true(text_eq(m.phone_proof, T("unconfirmed")));
    assert_true(text_eq(m.phone_of, T("self")));
    assert_int_equal(m.confirmed_at, r->ctx.now_s);
    assert_int_equal(m.enroller_serial, -1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM consent WHERE notice = '1'"), 1);
    assert_int_equal(register_int(r, "SELECT amount_paise FROM payment"), REGISTER_FEE_PAISE);
    register_agrees(r);
}

static void confirms_at_once_where_nothing_is_to_pay(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.fee_method = FEE_PENDING;
    e.fee_paise = 0;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(enrolled.state, MEMBER_CONFIRMED);
    assert_int_equal(enrolled.receipt.len, 0);
    assert_true(text_eq(register_member_at(r, enrolled.serial).fee_proof, T("free")));
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 0);
    register_agrees(r);
}

static void makes_a_claim_without_proof_provisional(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.fee_method = FEE_NONE;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(enrolled.state, MEMBER_PROVISIONAL);
    assert_int_equal(enrolled.receipt.len, 0);
    assert_int_equal(register_tally(r, "UP-174").provisional, 1);
    register_agrees(r);
}

static void refuses_another_amount(void **state) {
    Register *r = *state;
    static const int64_t wrong[] = {0, 1099, 1101, 110000};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Enrolment e = register_person(r, 1);
        e.fee_paise = wrong[i];
        Enrolled enrolled;
        Status status = register_enrol(r, &e, &enrolled);
        register_refused(r, status, INVALID, "fee.amount_paise", "fee_differs");
        assert_true(text_eq(r->ctx.errors[0].args[0].value, T("11.00")));
    }
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 0);
}

/* The same phone, year and name, however it is written, is the same person. */
static void knows_a_double_in_another_script(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    e.name = T("Ramesh Kumar");
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    static const char *const same[] = {"रमेश कुमार", "RAMESH  KUMAR", "Shri Rameshkumar"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        e = register_person(r, 1);
        e.name = text_of(same[i]);
        e.phone = arena_printf(r->arena, "+91 %.*s", TEXT_ARG(e.phone));
        register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, "phone",
                         "member_duplicate");
    }
    e = register_person(r, 1);
    e.name = T("Ramesh Kumar");
    e.birth_year = 1955; /* the father */
    register_must(r, register_enrol(r, &e, &enrolled));
    e = register_person(r, 2); /* another phone */
    e.name = T("Ramesh Kumar");
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(register_tally(r, "IN").members, 3);
    register_agrees(r);
}

static void takes_six_on_one_phone(void **state) {
    Register *r = *state;
    Enrolled enrolled;
    for (int i = 0; i <= LIMIT_PHONE_MEMBERS; i++) {
        Enrolment e = register_person(r, 1);
        e.phone_of = T("household");
        e.birth_year = 1980 + i;
        Status status = register_enrol(r, &e, &enrolled);
        if (i < LIMIT_PHONE_MEMBERS)
            register_must(r, status);
        else
            register_refused(r, status, LIMIT, "phone", "phone_full");
    }
    assert_true(text_eq(r->ctx.errors[0].args[0].value, T("6")));
    assert_int_equal(register_tally(r, "IN").members, LIMIT_PHONE_MEMBERS);
    register_agrees(r);
}

static void needs_no_phone(void **state) {
    Register *r = *state;
    Enrolled enrolled;
    for (int i = 0; i < 2; i++) { /* nothing to know a double by */
        Enrolment e = register_person(r, 1);
        e.phone = TEXT_NONE;
        register_must(r, register_enrol(r, &e, &enrolled));
    }
    Member m = register_member_at(r, enrolled.serial);
    assert_true(text_eq(m.phone_of, T("none")) && text_eq(m.phone_proof, T("none")));
    assert_int_equal(m.phone_sealed.len, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM phone_slot"), 0);
    register_agrees(r);
}

static void enrols_only_in_ones_own_subtree(void **state) {
    Register *r = *state;
    register_act_as_token(r, 7, "UP-175");
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    register_refused(r, register_enrol(r, &e, &enrolled), DENIED, "unit", "unit_not_yours");
    e = register_person(r, 1);
    e.unit_code = TEXT_NONE;
    e.pin = 273303;
    register_refused(r, register_enrol(r, &e, &enrolled), DENIED, "pin", "unit_not_yours");
    register_act_as_token(r, 7, "UP");
    e = register_person(r, 1);
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(register_member_at(r, enrolled.serial).enrolled_by, 7);
    e = register_person(r, 2);
    e.unit_code = T("BR-203");
    register_refused(r, register_enrol(r, &e, &enrolled), DENIED, "unit", "unit_not_yours");
    register_agrees(r);
}

static void finds_the_unit_of_a_pin(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.unit_code = TEXT_NONE;
    e.pin = 273303;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_true(text_eq(enrolled.unit.code, T("UP-174")));
    e = register_person(r, 2);
    e.unit_code = TEXT_NONE;
    e.pin = 210427; /* in two districts */
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "pin", "pin_spans");
    e = register_person(r, 2);
    e.unit_code = TEXT_NONE;
    e.pin = 999999;
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "pin", "pin_unknown");
    e = register_person(r, 2);
    e.unit_code = T("XX-1");
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "unit", "unit_unknown");
}

static void refuses_what_is_typed_wrong_all_at_once(void **state) {
    Register *r = *state;
    Enrolment e = {.name = T("123"), .phone = T("12"), .gender = T("q"), .birth_year = 1850,
                   .settlement = T("moon"), .phone_of = T("cat"), .notice = T("0")};
    ctx_forget_errors(&r->ctx);
    assert_int_equal(member_prepare(&r->ctx, &e), INVALID);
    static const char *const wanted[] = {"name", "phone_of", "phone", "pin", "settlement",
                                         "gender", "birth_year", "consent.notice", "consent.at"};
    assert_int_equal(r->ctx.error_count, (int)(sizeof wanted / sizeof *wanted));
    for (int i = 0; i < r->ctx.error_count; i++)
        assert_string_equal(r->ctx.errors[i].field, wanted[i]);
}

static Enrolment with_key(Register *r, int which, const char *key) {
    Enrolment e = register_person(r, which);
    e.idempotency_key = text_of(key);
    e.body = e.phone;
    return e;
}

static void answers_a_repeat_as_before(void **state) {
    Register *r = *state;
    register_act_as_token(r, 7, "UP");
    Enrolment e = with_key(r, 1, "k");
    Enrolled first, again;
    register_must(r, register_enrol(r, &e, &first));
    Member m = register_member_at(r, first.serial);
    register_set_day(r, 2027, 5, 1); /* another financial year */
    register_change(r, &m, MEMBER_ENDED);
    e = with_key(r, 1, "k");
    e.consent_at = first.joined_at;
    register_must(r, register_enrol(r, &e, &again));
    assert_true(again.replayed);
    assert_int_equal(again.serial, first.serial);
    assert_int_equal(again.state, first.state);
    assert_int_equal(again.joined_at, first.joined_at);
    assert_true(text_eq(again.receipt, first.receipt));
    assert_true(text_eq(again.unit.code, first.unit.code));
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 1);
    Enrolment other = with_key(r, 2, "k");
    register_refused(r, register_enrol(r, &other, &again), INVALID, "Idempotency-Key",
                     "idempotency_reused");
    register_act_as_token(r, 8, "UP"); /* another's key is another key */
    register_must(r, register_enrol(r, &other, &again));
    assert_false(again.replayed);
    register_agrees(r);
}

static Status confirm_apply(Ctx *ctx, void *member) {
    Text receipt;
    return member_confirm_fee(ctx, member, FEE_CASH, REGISTER_FEE_PAISE, &receipt);
}

/* A receipt that came later is no part of the first answer. */
static void answers_a_repeat_as_before_the_fee(void **state) {
    Register *r = *state;
    Enrolment e = with_key(r, 1, "k");
    e.fee_method = FEE_PENDING;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    Member m = register_member_at(r, enrolled.serial);
    register_must(r, register_write(r, confirm_apply, &m));
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_true(enrolled.replayed);
    assert_int_equal(enrolled.state, MEMBER_APPLIED);
    assert_int_equal(enrolled.receipt.len, 0);
}

static Text number_of(Register *r, const Member *m) {
    char text[NUMBER_TEXT_MAX];
    size_t len = number_text(&m->number, text);
    return arena_copy(r->arena, (Text){text, len});
}

static void credits_a_confirmed_member(void **state) {
    Register *r = *state;
    Member enroller = register_member(r, 1);
    Enrolment e = register_person(r, 2);
    e.enrolled_by = number_of(r, &enroller);
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(register_member_at(r, enrolled.serial).enroller_serial, enroller.serial);
    register_change(r, &enroller, MEMBER_SUSPENDED);
    Text wrong[] = {e.enrolled_by, T("GKC-000-0000-0000"), T("XYZ-204-7719-0350"), T("Asha")};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        e = register_person(r, 3);
        e.enrolled_by = wrong[i];
        register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "enrolled_by",
                         "enroller_unknown");
    }
    register_agrees(r);
}

static void ends_with_the_term_of_its_kind(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365");
    Member m = register_member(r, 1);
    assert_int_equal(m.expires_at, m.joined_at + INT64_C(365) * 86400);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(confirms_who_paid_in_cash),
        cmocka_unit_test_setup_teardown(confirms_at_once_where_nothing_is_to_pay,
                                        register_make_free, register_remove),
        WITH_REGISTER(makes_a_claim_without_proof_provisional),
        WITH_REGISTER(refuses_another_amount),
        WITH_REGISTER(knows_a_double_in_another_script),
        WITH_REGISTER(takes_six_on_one_phone),
        WITH_REGISTER(needs_no_phone),
        WITH_REGISTER(enrols_only_in_ones_own_subtree),
        WITH_REGISTER(finds_the_unit_of_a_pin),
        WITH_REGISTER(refuses_what_is_typed_wrong_all_at_once),
        WITH_REGISTER(answers_a_repeat_as_before),
        WITH_REGISTER(answers_a_repeat_as_before_the_fee),
        WITH_REGISTER(credits_a_confirmed_member),
        WITH_REGISTER(ends_with_the_term_of_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
