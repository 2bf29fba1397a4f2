/* Joining on the web: what is typed is never lost, codes are counted, nobody skips a step. */
#include "register_test.h"

#include "base/clock.h"
#include "crypto/secret_token.h"
#include "domain/application.h"
#include "web/webhook.h"

/* One browser with its cookie. */
typedef struct Visitor {
    char cookie[SECRET_TOKEN_CHARS];
    ApplicationForm form;
    Text name, name_alt, typed, code;
    bool agrees, messages, quiet;
    Application a; /* as it was answered last */
} Visitor;

static Text secret_of(const Visitor *v) { return (Text){v->cookie, SECRET_TOKEN_CHARS}; }

static Visitor visitor(const char *phone) {
    Visitor v = {.form = {.name = T("Asha Devi"), .phone = text_of(phone), .phone_of = T("self"),
                          .place = T("273303"), .settlement = T("rural"), .gender = T("f"),
                          .birth_year = T("1980")},
                 .name = T("Asha Devi"), .code = T("123456"), .agrees = true};
    secret_token_make(v.cookie);
    return v;
}

static Status save(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    return application_save(ctx, secret_of(v), &v->form, &v->a);
}

static Status consent(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    ApplicationConsent given = {v->name, v->name_alt, v->agrees, v->messages};
    return application_consent(ctx, secret_of(v), &given, v->code, &v->a);
}

static Status resend(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    return application_resend(ctx, secret_of(v), v->code, &v->a);
}

static Status verify(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    return application_verify(ctx, secret_of(v), v->typed, &v->a);
}

/* As the demo's pay button does: by a signed event. */
static Status pay(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    FeeOrder order;
    Webhook hook;
    TRY(application_load(ctx, secret_of(v), &v->a));
    if (v->a.step != APPLICATION_PAY) return OK;
    TRY(fee_order_for_member(ctx, v->a.serial, &order));
    TRY(webhook_demo_pay(ctx, &order, &hook));
    return application_load(ctx, secret_of(v), &v->a);
}

static Status load(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    return application_load(ctx, secret_of(v), &v->a);
}

/* Does it and expects this step, and this one error on this field (NULL: none). */
static void does(Register *r, Apply act, Visitor *v, ApplicationStep step, const char *field,
                 const char *message) {
    register_must(r, register_write(r, act, v));
    if (message) {
        assert_true(r->ctx.error_count > 0);
        assert_string_equal(r->ctx.errors[0].message, message);
        assert_string_equal(r->ctx.errors[0].field, field);
    } else if (r->ctx.error_count) {
        print_error("%s\n", r->ctx.errors[0].message);
        assert_int_equal(r->ctx.error_count, 0);
    }
    assert_int_equal(v->a.step, step);
    Application answered = v->a; /* what is kept is what was answered */
    register_must(r, register_read(r, load, v));
    assert_int_equal(v->a.step, step);
    assert_true(text_eq(v->a.form.name, answered.form.name));
    v->a = answered;
}

static void fills_in(Register *r, Visitor *v) {
    does(r, save, v, APPLICATION_CHECK, NULL, NULL);
    does(r, consent, v, APPLICATION_CODE, NULL, NULL);
}

static void types(Register *r, Visitor *v, const char *typed, ApplicationStep step,
                  const char *message) {
    v->typed = text_of(typed);
    does(r, verify, v, step, "code", message);
}

static void becomes_a_member_where_nothing_is_to_pay(void **state) {
    Register *r = *state;
    r->org.demo = true;
    Visitor v = visitor("98765 43210");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    assert_true(text_eq(v.a.phone_e164, T("+919876543210")));
    assert_true(text_eq(v.a.place_en, T("Maharajganj, Uttar Pradesh")));
    v.name = T("आशा देवी");
    v.name_alt = T("Asha Devi");
    does(r, consent, &v, APPLICATION_CODE, NULL, NULL);
    types(r, &v, " 123 456 ", APPLICATION_DONE, NULL);
    Member m = register_member_at(r, v.a.serial);
    assert_int_equal(m.state, MEMBER_CONFIRMED);
    assert_true(text_eq(m.name, T("आशा देवी")) && text_eq(m.name_alt, T("Asha Devi")));
    assert_true(text_eq(m.phone_proof, T("code")) && text_eq(m.how, T("web")));
    assert_true(text_eq(m.fee_proof, T("free")));
    assert_true(text_starts_with(v.a.card_path, T("/card/")));
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 1);
    /* back to the form: it stays a member, once */
    v.form.name = T("Somebody Else");
    register_must(r, register_write(r, save, &v));
    assert_int_equal(v.a.step, APPLICATION_DONE);
    types(r, &v, "123456", APPLICATION_DONE, NULL);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 1);
    register_agrees(r);
}

static void pays_in_a_demo(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    does(r, pay, &v, APPLICATION_CODE, NULL, NULL); /* not yet */
    types(r, &v, "१२३४५६", APPLICATION_PAY, NULL);
    assert_int_equal(v.a.state, MEMBER_APPLIED);
    assert_int_equal(v.a.fee_paise, REGISTER_FEE_PAISE);
    assert_int_equal(v.a.card_path.len, 0);
    assert_int_equal(register_tally(r, "IN").members, 0);
    does(r, pay, &v, APPLICATION_DONE, NULL, NULL);
    assert_true(text_starts_with(v.a.card_path, T("/card/")));
    assert_true(text_eq(register_member_at(r, v.a.serial).fee_proof, T("demo")));
    does(r, pay, &v, APPLICATION_DONE, NULL, NULL); /* a second press */
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 1);
    assert_int_equal(register_tally(r, "IN").members, 1);
    register_agrees(r);
}

static void does_not_pretend_to_pay_in_earnest(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    types(r, &v, "123456", APPLICATION_PAY, NULL);
    r->org.demo = false;
    register_refused(r, register_write(r, pay, &v), DENIED, NULL, "demo_only");
    assert_int_equal(register_member_at(r, v.a.serial).state, MEMBER_APPLIED);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 0);
}

static void keeps_what_was_typed_wrong(void **state) {
    Register *r = *state;
    Visitor v = visitor("12");
    v.form.name = T("Asha 5");
    v.form.birth_year = T("x");
    does(r, save, &v, APPLICATION_FORM, "name", "name_digits");
    assert_int_equal(r->ctx.error_count, 0); /* of the load after it */
    register_must(r, register_read(r, load, &v));
    assert_true(text_eq(v.a.form.name, T("Asha 5")));
    assert_true(text_eq(v.a.form.phone, T("12")));
    assert_true(text_eq(v.a.form.birth_year, T("x")));
    assert_true(text_eq(v.a.form.place, T("273303")));
    v.code = T("111111"); /* no way round the form */
    does(r, consent, &v, APPLICATION_FORM, NULL, NULL);
    types(r, &v, "111111", APPLICATION_FORM, NULL);
    assert_int_equal(register_int(r, "SELECT count(*) FROM code_use"), 0);
    Visitor empty = visitor("");
    empty.form = (ApplicationForm){0};
    register_must(r, register_write(r, save, &empty));
    assert_int_equal(empty.a.step, APPLICATION_FORM);
    assert_true(r->ctx.error_count >= 6);
}

static void asks_which_of_several_places(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    v.form.place = T("210427");
    does(r, save, &v, APPLICATION_FORM, "place", "place_choose");
    assert_int_equal(v.a.places.count, 2);
    assert_true(text_eq(v.a.places.hits[0].unit.code, T("UP-175")));
    assert_true(text_eq(v.a.places.hits[1].unit.code, T("UP-174")));
    v.form.unit_code = T("BR-203"); /* none of these */
    does(r, save, &v, APPLICATION_FORM, "place", "place_choose");
    v.form.unit_code = T("UP-174");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    assert_true(text_starts_with(v.a.place_hi, T("महराजगंज, ")));
    v.form.unit_code = TEXT_NONE;
    v.form.place = T("नौतनवा");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    assert_true(text_eq(v.a.form.unit_code, T("UP-174")));
    v.form.place = T("Nautanva"); /* found by its sound: is it this one? */
    does(r, save, &v, APPLICATION_FORM, "place", "place_confirm");
    assert_int_equal(v.a.places.count, 1);
    v.form.unit_code = T("UP-174");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    assert_true(text_eq(v.a.form.unit_code, T("UP-174")));
    v.form.unit_code = TEXT_NONE;
    v.form.place = T("Atlantis");
    does(r, save, &v, APPLICATION_FORM, "place", "place_unknown");
}

static Status keep(Ctx *ctx, void *argument) {
    Visitor *v = argument;
    return application_keep(ctx, secret_of(v), &v->form, v->quiet, &v->a);
}

static void keeps_without_judging(void **state) {
    Register *r = *state;
    Visitor v = visitor("12");
    v.quiet = true;
    does(r, keep, &v, APPLICATION_FORM, NULL, NULL); /* begins one */
    register_must(r, register_read(r, load, &v));
    assert_true(text_eq(v.a.form.phone, T("12")));
    v.form.phone = T("9876543210");
    fills_in(r, &v);
    v.form.name = T("Somebody Else");
    does(r, keep, &v, APPLICATION_CODE, NULL, NULL); /* unasked: never back */
    assert_true(text_eq(v.a.form.name, T("Asha Devi")));
    v.quiet = false;
    does(r, keep, &v, APPLICATION_FORM, NULL, NULL);
    assert_true(text_eq(v.a.form.name, T("Somebody Else")));
    types(r, &v, "123456", APPLICATION_FORM, NULL); /* the code went with the form before */
    v.form.name = T("Asha Devi");
    r->ctx.now_s += 3600;
    fills_in(r, &v);
    types(r, &v, "123456", APPLICATION_PAY, NULL);
    does(r, keep, &v, APPLICATION_PAY, NULL, NULL); /* a member already */
}

static void needs_consent_and_a_good_name(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    v.agrees = false;
    does(r, consent, &v, APPLICATION_CHECK, "consent", "consent_needed");
    v.agrees = true;
    v.name = T("");
    does(r, consent, &v, APPLICATION_CHECK, "name", "name_missing");
    assert_int_equal(register_int(r, "SELECT count(*) FROM code_use"), 0);
    v.name = T("Asha");
    does(r, consent, &v, APPLICATION_CODE, NULL, NULL);
    assert_true(text_eq(v.a.demo_code, v.code));
}

static void sends_three_codes_an_hour(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    v.code = T("222222");
    does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
    v.code = T("333333");
    does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
    v.code = T("444444");
    does(r, resend, &v, APPLICATION_CODE, "code", "code_limit");
    Visitor other = visitor("+91 98765 43210"); /* another browser, the same phone */
    does(r, save, &other, APPLICATION_CHECK, NULL, NULL);
    does(r, consent, &other, APPLICATION_CHECK, "code", "code_limit");
    types(r, &v, "222222", APPLICATION_CODE, "code_wrong"); /* the newest alone counts */
    types(r, &v, "333333", APPLICATION_PAY, NULL);
    r->ctx.now_s += 3600;
    does(r, consent, &other, APPLICATION_CODE, NULL, NULL);
}

static void sends_ten_codes_a_day(void **state) {
    Register *r = *state;
    int64_t midnight = clock_day_of(2026, 11, 22) * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S;
    r->ctx.now_s = midnight - 6 * 3600;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    for (int sent = 1; sent < PHONE_CODE_SENT_DAY; sent++) {
        if (sent % PHONE_CODE_SENT_HOUR == 0) r->ctx.now_s += 3600;
        does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
    }
    r->ctx.now_s += 3600;
    does(r, resend, &v, APPLICATION_CODE, "code", "code_limit");
    r->ctx.now_s = midnight;
    does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
}

static void allows_five_tries_a_code(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    for (int i = 0; i < PHONE_CODE_TRIES; i++) {
        v.typed = T("654321");
        register_must(r, register_write(r, verify, &v));
        assert_string_equal(r->ctx.errors[0].message, "code_wrong");
        Text left = arena_printf(r->arena, "%d", PHONE_CODE_TRIES - 1 - i);
        assert_true(text_eq(r->ctx.errors[0].args[0].value, left));
    }
    types(r, &v, "123456", APPLICATION_CODE, "code_over"); /* the right one, too late */
    v.code = T("777777");
    does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
    types(r, &v, "123456", APPLICATION_CODE, "code_wrong");
    for (int i = 0; i < PHONE_CODE_TRIES; i++) { /* slips are no guesses */
        types(r, &v, "12", APPLICATION_CODE, "code_digits");
        types(r, &v, "7777770", APPLICATION_CODE, "code_digits");
        types(r, &v, "", APPLICATION_CODE, "code_missing");
    }
    types(r, &v, "777777", APPLICATION_PAY, NULL);
}

static void allows_fifteen_tries_a_day(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    for (int i = 0; i < PHONE_CODE_TRIES_DAY; i++) {
        if (i && i % PHONE_CODE_TRIES == 0) does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
        types(r, &v, "000000", APPLICATION_CODE, "code_wrong");
    }
    r->ctx.now_s += 3600;
    does(r, resend, &v, APPLICATION_CODE, NULL, NULL);
    types(r, &v, "123456", APPLICATION_CODE, "code_limit");
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 0);
}

static void lets_a_code_live_ten_minutes(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210"), in_time = visitor("9876543211");
    fills_in(r, &v);
    fills_in(r, &in_time);
    r->ctx.now_s += PHONE_CODE_LIFE_S - 1;
    types(r, &in_time, "123456", APPLICATION_PAY, NULL);
    r->ctx.now_s++;
    types(r, &v, "123456", APPLICATION_CODE, "code_over");
}

/* Proving one phone and joining with another is what a thief of phones would try. */
static void binds_a_code_to_its_phone(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    fills_in(r, &v);
    v.form.phone = T("9000000001");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    types(r, &v, "123456", APPLICATION_CHECK, NULL); /* no code was sent for this one */
    v.code = T("888888");
    does(r, consent, &v, APPLICATION_CODE, NULL, NULL);
    types(r, &v, "123456", APPLICATION_CODE, "code_wrong");
    types(r, &v, "888888", APPLICATION_PAY, NULL);
    /* nor may one cookie's code serve another's */
    Visitor other = visitor("9876543212");
    other.code = T("999999");
    fills_in(r, &other);
    types(r, &other, "888888", APPLICATION_CODE, "code_wrong");
}

/* Who has not the phone does not learn who is a member on it. */
static void tells_of_a_double_after_the_code_only(void **state) {
    Register *r = *state;
    Visitor first = visitor("9876543210"), again = visitor("9876543210");
    fills_in(r, &first);
    types(r, &first, "123456", APPLICATION_PAY, NULL);
    again.code = T("555555");
    fills_in(r, &again);
    types(r, &again, "123456", APPLICATION_CODE, "code_wrong");
    again.typed = T("555555");
    does(r, verify, &again, APPLICATION_FORM, "phone", "member_duplicate");
    assert_true(text_eq(again.a.form.name, T("Asha Devi")));
    types(r, &again, "555555", APPLICATION_FORM, NULL); /* it is used up */
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 1);
    register_agrees(r);
}

static void forgets_after_a_day(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210"), later = visitor("9876543211");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    r->ctx.now_s += APPLICATION_LIFE_S - 1;
    register_must(r, register_read(r, load, &v));
    r->ctx.now_s++;
    register_refused(r, register_read(r, load, &v), NOT_FOUND, NULL, "application_gone");
    register_refused(r, register_write(r, consent, &v), NOT_FOUND, NULL, "application_gone");
    does(r, save, &later, APPLICATION_CHECK, NULL, NULL);
    assert_int_equal(register_int(r, "SELECT count(*) FROM application"), 1); /* swept */
    Visitor stranger = visitor("9876543210");
    register_refused(r, register_read(r, load, &stranger), NOT_FOUND, NULL, "application_gone");
}

static void sends_a_minors_code_to_the_guardian(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    v.form.birth_year = T("2008"); /* seventeen or eighteen */
    does(r, save, &v, APPLICATION_FORM, "of_age", "of_age_missing");
    assert_true(v.a.ask_of_age);
    v.form.of_age = T("no");
    does(r, save, &v, APPLICATION_FORM, "guardian_name", "guardian_missing");
    assert_true(v.a.minor);
    v.form.guardian_name = T("Sita Devi");
    v.form.guardian_phone = T("9000000001");
    does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
    assert_true(text_eq(v.a.phone_e164, T("+919000000001")));
    v.messages = true;
    does(r, consent, &v, APPLICATION_CODE, NULL, NULL);
    types(r, &v, "123456", APPLICATION_PAY, NULL);
    Member m = register_member_at(r, v.a.serial);
    assert_true(text_eq(m.phone_proof, T("unconfirmed"))); /* nobody has tried the child's */
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian WHERE proof = 'code'"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM consent WHERE given_by = 'guardian'"),
                     2);
    assert_int_equal(register_int(r, "SELECT count(*) FROM consent WHERE purpose = 'messages'"),
                     1);
    assert_true(register_int(r, "SELECT sum(sent) FROM code_use WHERE period < 0") > 0);
    Visitor other = visitor("9000000001"); /* the guardian's phone used its code: three may come */
    does(r, save, &other, APPLICATION_CHECK, NULL, NULL);
    other.code = T("222222");
    does(r, consent, &other, APPLICATION_CODE, NULL, NULL);
    does(r, resend, &other, APPLICATION_CODE, NULL, NULL);
    does(r, resend, &other, APPLICATION_CODE, NULL, NULL);
    does(r, resend, &other, APPLICATION_CODE, "code", "code_limit");
}

/* Six of one household in one evening; of the day each code counts. */
static void a_used_code_makes_room_in_its_hour(void **state) {
    Register *r = *state;
    for (int i = 0; i < 6; i++) {
        Visitor v = visitor("9876543210");
        v.form.phone_of = T("household");
        v.form.name = arena_printf(r->arena, "Asha %c", 'a' + i);
        does(r, save, &v, APPLICATION_CHECK, NULL, NULL);
        v.name = v.form.name;
        does(r, consent, &v, APPLICATION_CODE, NULL, NULL);
        types(r, &v, arena_cstr(r->arena, v.code), APPLICATION_PAY, NULL);
    }
    assert_int_equal(register_int(r, "SELECT max(sent) FROM code_use WHERE period > 0 AND "
                                     "phone_hash <> CAST('all' AS BLOB)"), 0);
    assert_int_equal(register_int(r, "SELECT max(sent) FROM code_use WHERE period < 0"), 6);
}

static void asks_for_the_kind_when_there_are_several(void **state) {
    Register *r = *state;
    Visitor v = visitor("9876543210");
    register_run(r, "INSERT INTO membership_kind (org_id, kind, name_en, name_hi, fee_paise, "
                    "term_days, minimum_age) VALUES (1, 'youth', 'Youth', 'Youth', 500, 365, 0)");
    does(r, save, &v, APPLICATION_FORM, "kind", "kind_choose");
    v.form.kind = T("royal");
    does(r, save, &v, APPLICATION_FORM, "kind", "kind_choose");
    v.form.kind = T("youth");
    fills_in(r, &v);
    assert_int_equal(v.a.fee_paise, 500);
    types(r, &v, "123456", APPLICATION_PAY, NULL);
    assert_int_equal(v.a.fee_paise, 500);
    assert_true(text_eq(register_member_at(r, v.a.serial).kind, T("youth")));
}

static void takes_people_abroad(void **state) {
    Register *r = *state;
    Visitor v = visitor("+971 50 123 4567");
    v.form.place = v.form.settlement = TEXT_NONE;
    v.form.country = T("?");
    does(r, save, &v, APPLICATION_FORM, "country", "country_form");
    v.form.country = T("AE");
    v.form.town = T("Dubai");
    fills_in(r, &v);
    assert_true(text_eq(v.a.place_en, T("United Arab Emirates")));
    types(r, &v, "123456", APPLICATION_PAY, NULL);
    assert_int_equal(register_member_at(r, v.a.serial).unit_id, register_unit(r, "ABROAD-AE").id);
}

static void sends_no_more_in_a_day_than_the_organisation_may(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE allowance SET codes_day = 2");
    Visitor one = visitor("9876543210"), two = visitor("9876543211"), three = visitor("9876543212");
    fills_in(r, &one);
    fills_in(r, &two);
    does(r, save, &three, APPLICATION_CHECK, NULL, NULL);
    does(r, consent, &three, APPLICATION_CHECK, "code", "code_cap");
    r->ctx.now_s += 43200; /* after midnight */
    does(r, consent, &three, APPLICATION_CODE, NULL, NULL);
}

static Status drop_all_but_two(Ctx *ctx, void *nothing) {
    (void)nothing;
    return application_drop_oldest(ctx, 2, 100);
}

static void drops_the_oldest_of_a_flood(void **state) {
    Register *r = *state;
    Visitor member = visitor("9876543210"), flood[4];
    fills_in(r, &member);
    types(r, &member, "123456", APPLICATION_PAY, NULL);
    for (int i = 0; i < 4; i++) {
        r->ctx.now_s++;
        flood[i] = visitor("9876543211");
        does(r, save, &flood[i], APPLICATION_CHECK, NULL, NULL);
    }
    register_must(r, register_write(r, drop_all_but_two, NULL));
    register_refused(r, register_read(r, load, &flood[1]), NOT_FOUND, NULL, "application_gone");
    register_must(r, register_read(r, load, &flood[2]));
    register_must(r, register_read(r, load, &flood[3]));
    register_must(r, register_read(r, load, &member)); /* finished ones are no flood */
}

#define WITH_REGISTER(test) \
    cmocka_unit_test_setup_teardown(test, register_make_sending, register_remove)

/* A demo shows its codes; elsewhere a gateway would have to send them (outbox_test.c). */
#define WITH_DEMO(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, register_make_demo, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(becomes_a_member_where_nothing_is_to_pay,
                                        register_make_sending_free, register_remove),
        cmocka_unit_test_setup_teardown(pays_in_a_demo, register_make_demo, register_remove),
        WITH_DEMO(does_not_pretend_to_pay_in_earnest),
        WITH_DEMO(keeps_what_was_typed_wrong),
        WITH_DEMO(asks_which_of_several_places),
        WITH_DEMO(keeps_without_judging),
        WITH_DEMO(needs_consent_and_a_good_name),
        WITH_DEMO(sends_three_codes_an_hour),
        WITH_DEMO(a_used_code_makes_room_in_its_hour),
        WITH_DEMO(sends_ten_codes_a_day),
        WITH_DEMO(allows_five_tries_a_code),
        WITH_DEMO(allows_fifteen_tries_a_day),
        WITH_DEMO(lets_a_code_live_ten_minutes),
        WITH_DEMO(binds_a_code_to_its_phone),
        WITH_DEMO(tells_of_a_double_after_the_code_only),
        WITH_DEMO(forgets_after_a_day),
        WITH_DEMO(sends_a_minors_code_to_the_guardian),
        WITH_DEMO(asks_for_the_kind_when_there_are_several),
        WITH_DEMO(takes_people_abroad),
        WITH_DEMO(sends_no_more_in_a_day_than_the_organisation_may),
        WITH_DEMO(drops_the_oldest_of_a_flood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
