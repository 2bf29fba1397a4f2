/* Phones proved by their own SMS or missed call: only by the right phone, in time, once. */
#include "register_test.h"

#include "domain/application.h"
#include "crypto/secret_token.h"

static const char secret[] = "a secret of the provider";

typedef struct Settings {
    PhoneWays ways;
    Text secret;
} Settings;

static Status set(Ctx *ctx, void *argument) {
    const Settings *s = argument;
    return phone_way_set(ctx, &s->ways, s->secret);
}

static Status read_ways(Ctx *ctx, void *ways) { return phone_way_read(ctx, ways); }

static void offers(Register *r, bool code, const char *sms, const char *call) {
    Settings s = {.secret = text_of(secret)};
    register_must(r, register_read(r, read_ways, &s.ways));
    s.ways.code = code;
    s.ways.sms_number = text_of(sms);
    s.ways.call_number = text_of(call);
    register_must(r, register_write(r, set, &s));
}

typedef struct Joining {
    char cookie[SECRET_TOKEN_CHARS];
    ApplicationForm form;
    Text fresh;
    Application a;
} Joining;

static Text secret_of(const Joining *j) { return (Text){j->cookie, SECRET_TOKEN_CHARS}; }

static Status save(Ctx *ctx, void *argument) {
    Joining *j = argument;
    return application_save(ctx, secret_of(j), &j->form, &j->a);
}
static Status consent(Ctx *ctx, void *argument) {
    Joining *j = argument;
    ApplicationConsent given = {j->form.name, T(""), true, false};
    return application_consent(ctx, secret_of(j), &given, j->fresh, &j->a);
}
static Status resend(Ctx *ctx, void *argument) {
    Joining *j = argument;
    return application_resend(ctx, secret_of(j), j->fresh, &j->a);
}
static Status proved(Ctx *ctx, void *argument) {
    Joining *j = argument;
    return application_proved(ctx, secret_of(j), &j->a);
}

static Joining joins(Register *r, const char *name, const char *phone) {
    Joining j = {.form = {.name = text_of(name), .phone = text_of(phone),
                          .phone_of = T("household"), .place = T("273303"),
                          .settlement = T("rural"), .gender = T("f"), .birth_year = T("1980")}};
    secret_token_make(j.cookie);
    j.fresh = arena_copy(r->arena, (Text){j.cookie, ONE_TIME_CODE_DIGITS});
    register_must(r, register_write(r, save, &j));
    register_must(r, register_write(r, consent, &j));
    assert_int_equal(j.a.step, APPLICATION_CODE);
    return j;
}

static Member is_proved(Register *r, Joining *j, const char *proof) {
    register_must(r, register_write(r, proved, j));
    assert_true(j->a.step >= APPLICATION_PAY);
    Member m = register_member_at(r, j->a.serial);
    assert_true(text_eq(m.phone_proof, text_of(proof)));
    return m;
}

static void still_waits(Register *r, Joining *j) {
    register_must(r, register_write(r, proved, j));
    assert_int_equal(j->a.step, APPLICATION_CODE);
}

typedef struct Event {
    Incoming incoming;
    bool taken;
} Event;

static Status receive(Ctx *ctx, void *argument) {
    Event *e = argument;
    return phone_wait_receive(ctx, &e->incoming, &e->taken);
}

static bool comes(Register *r, Incoming incoming) {
    static int nth;
    Event e = {.incoming = incoming};
    if (!e.incoming.id.len) e.incoming.id = arena_printf(r->arena, "event-%d", nth++);
    if (!e.incoming.at) e.incoming.at = r->ctx.now_s;
    register_must(r, register_write(r, receive, &e));
    return e.taken;
}

static bool sms(Register *r, const char *from, Text text) {
    return comes(r, (Incoming){.from = text_of(from), .text = text});
}

static bool rings(Register *r, const char *from) {
    return comes(r, (Incoming){.from = text_of(from), .text = T(""), .is_call = true});
}

static Text words(Register *r, const Joining *j) {
    return phone_wait_words(&r->ctx, T(""), T("join"), j->a.wait.digits);
}

static void takes_an_sms_of_the_phone_itself(void **state) {
    Register *r = *state;
    offers(r, true, "+919000000000", "");
    Joining j = joins(r, "Asha Devi", "9876543210"), other = joins(r, "Kamla Rani", "9876543211");
    assert_int_equal(j.a.wait.digits.len, PHONE_WAIT_DIGITS);
    still_waits(r, &j);
    assert_true(sms(r, "919876543211", words(r, &other)));
    assert_false(sms(r, "919876543211", words(r, &j)));           /* from another phone */
    assert_false(rings(r, "919876543210"));                       /* calls are not offered */
    assert_false(sms(r, "919876543210", T("JOIN")));
    assert_false(sms(r, "919876543210", T("")));
    assert_false(sms(r, "AD-GKCLUB", words(r, &j)));
    still_waits(r, &j);
    assert_true(sms(r, "919876543210", words(r, &j)));
    assert_true(phone_way_confirms(is_proved(r, &j, "sms_in").phone_proof));
    assert_false(sms(r, "919876543210", words(r, &j))); /* it is used up */
    register_agrees(r);
}

static void reads_words_as_phones_write_them(void **state) {
    Register *r = *state;
    offers(r, true, "56070", "");
    static const struct {
        const char *before, *between, *after;
        bool good;
    } cases[] = {
        {"JOIN", " ", "", true},      {"join", "", "", true},
        {"GKC Join", "-", ".", true}, {"JOIN", " ", " Asha 2026 98", true},
        {"No. 1234 join", ": ", "\nthanks", true},
        {"LEAVE", " ", "", false},    {"JOIN", " 1", "", false},
        {"JOIN", " ", "5", false},    {"", "", "", false},
        {"JOINS", " ", "", false},    {"JOIN us", " ", "", false},
        {"सदस्य JOIN", " ", "।", true}, {"JOIN सदस्य", " ", "", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Text phone = arena_printf(r->arena, "98765432%02d", (int)i);
        Joining j = joins(r, "Asha Devi", phone.ptr);
        Text text = arena_printf(r->arena, "%s%s%.*s%s", cases[i].before, cases[i].between,
                                 TEXT_ARG(j.a.wait.digits), cases[i].after);
        bool taken = sms(r, phone.ptr, text);
        if (taken != cases[i].good) print_error("%.*s\n", TEXT_ARG(text));
        assert_int_equal(taken, cases[i].good);
    }
}

static void takes_a_missed_call_for_the_newest_join(void **state) {
    Register *r = *state;
    offers(r, false, "", "+919000000000");
    assert_false(rings(r, "9876543210")); /* nobody waits */
    Joining first = joins(r, "Asha Devi", "9876543210");
    r->ctx.now_s += 60;
    Joining second = joins(r, "Kamla Rani", "9876543210");
    assert_true(rings(r, "09876543210"));
    still_waits(r, &first);
    is_proved(r, &second, "missed_call");
    assert_true(rings(r, "+91 98765 43210"));
    is_proved(r, &first, "missed_call");
    assert_int_equal(register_tally(r, "IN").phone_confirmed, 2);
    register_agrees(r);
}

static void counts_an_event_once(void **state) {
    Register *r = *state;
    offers(r, true, "", "+919000000000");
    Joining first = joins(r, "Asha Devi", "9876543210");
    Joining second = joins(r, "Kamla Rani", "9876543210");
    Incoming call = {.id = T("one"), .from = T("9876543210"), .is_call = true, .text = T("")};
    assert_true(comes(r, call));
    assert_false(comes(r, call));
    int waiting = 0;
    Joining *both[] = {&first, &second};
    for (int i = 0; i < 2; i++) {
        register_must(r, register_write(r, proved, both[i]));
        waiting += both[i]->a.step == APPLICATION_CODE;
    }
    assert_int_equal(waiting, 1);
}

static Status receive_at(Register *r, int64_t at, bool *ret_taken) {
    Event e = {.incoming = {.id = T("late"), .from = T("9876543210"), .is_call = true,
                            .text = T(""), .at = at}};
    Status status = register_write(r, receive, &e);
    *ret_taken = e.taken;
    return status;
}

static void refuses_what_is_late_or_early(void **state) {
    Register *r = *state;
    bool taken;
    offers(r, true, "", "+919000000000");
    int64_t begun = r->ctx.now_s;
    Joining j = joins(r, "Asha Devi", "9876543210");
    register_refused(r, receive_at(r, begun - PHONE_WAIT_S - 1, &taken), INVALID, NULL,
                     "incoming_late");
    register_refused(r, receive_at(r, begun + PHONE_WAIT_AHEAD_S + 1, &taken), INVALID, NULL,
                     "incoming_late");
    /* it was made before anybody waited for it */
    assert_false(comes(r, (Incoming){.from = T("9876543210"), .is_call = true, .text = T(""),
                                     .at = begun - PHONE_WAIT_BEHIND_S - 1}));
    r->ctx.now_s += PHONE_WAIT_S; /* whoever waits too long begins anew */
    assert_false(rings(r, "9876543210"));
    still_waits(r, &j);
    j.fresh = T("222222");
    register_must(r, register_write(r, resend, &j));
    assert_true(rings(r, "9876543210"));
    is_proved(r, &j, "missed_call");
}

static void forgets_the_proof_with_the_phone(void **state) {
    Register *r = *state;
    offers(r, true, "", "+919000000000");
    Joining j = joins(r, "Asha Devi", "9876543210");
    assert_true(rings(r, "9876543210"));
    j.form.phone = T("9876543211"); /* proves one, joins with another */
    register_must(r, register_write(r, save, &j));
    register_must(r, register_write(r, consent, &j));
    still_waits(r, &j);
    j.form.phone = T("9876543210");
    register_must(r, register_write(r, save, &j));
    register_must(r, register_write(r, consent, &j));
    still_waits(r, &j);
}

static void needs_no_code_where_none_is_sent(void **state) {
    Register *r = *state;
    offers(r, false, "+919000000000", "");
    Joining j = joins(r, "Asha Devi", "9876543210");
    assert_int_equal(j.a.demo_code.len, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM code_use"), 0);
    assert_true(sms(r, "9876543210", words(r, &j)));
    is_proved(r, &j, "sms_in");
}

static void proves_the_guardians_phone_of_a_minor(void **state) {
    Register *r = *state;
    offers(r, false, "+919000000000", "");
    Joining j = joins(r, "Asha Devi", "9876543210");
    j.form.birth_year = T("2012");
    j.form.guardian_name = T("Sita Devi");
    j.form.guardian_phone = T("9000000001");
    register_must(r, register_write(r, save, &j));
    register_must(r, register_write(r, consent, &j));
    assert_false(sms(r, "9876543210", words(r, &j)));
    assert_true(sms(r, "9000000001", words(r, &j)));
    is_proved(r, &j, "unconfirmed"); /* nobody has tried the child's */
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian WHERE proof = 'sms_in'"), 1);
    register_agrees(r);
}

static void refuses_wrong_settings(void **state) {
    Register *r = *state;
    Settings s;
    register_must(r, register_read(r, read_ways, &s.ways));
    const PhoneWays usual = s.ways;
    static const struct {
        const char *sms, *call, *keyword, *from, *secret, *field, *message;
    } wrong[] = {
        {"12", "", "", "from", secret, "sms-number", "phone_form"},
        {"", "56070", "", "from", secret, "call-number", "phone_form"},
        {"56070", "", "G K", "from", secret, "keyword", "phone_way_keyword"},
        {"56070", "", "", "fr om", secret, "field-from", "phone_way_field"},
        {"56070", "", "", "", secret, "field-from", "phone_way_field"},
        {"56070", "", "", "from", "short", "secret-file", "phone_way_secret"},
        {"56070", "", "", "from", NULL, "secret-file", "phone_way_secret"},
        {"", "", "", "from", NULL, "code", "phone_way_none"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        s = (Settings){usual, text_of(wrong[i].secret)};
        s.ways.sms_number = text_of(wrong[i].sms);
        s.ways.call_number = text_of(wrong[i].call);
        s.ways.keyword = text_of(wrong[i].keyword);
        s.ways.field_from = text_of(wrong[i].from);
        s.ways.code = false;
        register_refused(r, register_write(r, set, &s), INVALID, wrong[i].field,
                         wrong[i].message);
    }
    assert_int_equal(register_int(r, "SELECT count(*) FROM phone_way"), 0);
}

static void an_enrollers_word_is_a_mark_not_a_proof(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.phone_proof = T("witness");
    register_refused(r, register_enrol(r, &e, &enrolled), DENIED, "phone_proof", "witness_off");
    Settings s = {0};
    register_must(r, register_read(r, read_ways, &s.ways));
    s.ways.code = s.ways.witness = true;
    register_must(r, register_write(r, set, &s));
    e = register_person(r, 1);
    e.phone_proof = T("witness");
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_true(text_eq(register_member_at(r, enrolled.serial).phone_proof, T("witness")));
    assert_int_equal(register_tally(r, "IN").phone_confirmed, 0);
    e = register_person(r, 2);
    e.phone = e.phone_of = T("");
    e.phone_proof = T("witness"); /* of what? */
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "phone", "phone_form");
    register_agrees(r);
}

#define WITH_REGISTER(test)                                                                        \
    cmocka_unit_test_setup_teardown(test, register_make_sending, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(takes_an_sms_of_the_phone_itself),
        WITH_REGISTER(reads_words_as_phones_write_them),
        cmocka_unit_test_setup_teardown(takes_a_missed_call_for_the_newest_join,
                                        register_make_sending_free, register_remove),
        WITH_REGISTER(counts_an_event_once),
        WITH_REGISTER(refuses_what_is_late_or_early),
        WITH_REGISTER(forgets_the_proof_with_the_phone),
        WITH_REGISTER(needs_no_code_where_none_is_sent),
        WITH_REGISTER(proves_the_guardians_phone_of_a_minor),
        WITH_REGISTER(refuses_wrong_settings),
        WITH_REGISTER(an_enrollers_word_is_a_mark_not_a_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
