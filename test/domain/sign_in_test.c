/* Coming back by the phone: every phone is answered alike, a right code shows who is on it, and who
 * says who they are has confirmed the phone. */
#include "register_test.h"

#include "crypto/secret_token.h"
#include "domain/act_session.h"
#include "domain/sign_in.h"

typedef struct Browser {
    char cookie[SECRET_TOKEN_CHARS], next[SECRET_TOKEN_CHARS], act[SECRET_TOKEN_CHARS];
    Text phone, code, typed;
    int64_t slot;
    SignIn session;
    SignedIn in;
    bool found;
} Browser;

static Text secret(const char *cookie) { return (Text){cookie, SECRET_TOKEN_CHARS}; }

static Browser browser(const char *phone) {
    Browser b = {.phone = text_of(phone), .code = T("123456"), .typed = T("123456"), .slot = -1};
    secret_token_make(b.cookie);
    secret_token_make(b.next);
    secret_token_make(b.act);
    return b;
}

static Status begin(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return sign_in_begin(ctx, secret(b->cookie), b->phone, T("sign in"), b->code,
                         &b->session);
}

static Status resend(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return sign_in_resend(ctx, secret(b->cookie), T("sign in"), b->code, &b->session);
}

static Status try_code(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return sign_in_try(ctx, secret(b->cookie), secret(b->next), b->typed, &b->session);
}

static Status choose(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return sign_in_choose(ctx, secret(b->next), b->slot, secret(b->act), &b->in);
}

static Status find(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return sign_in_find(ctx, secret(b->next), &b->session, &b->found);
}

static Status demand(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return act_session_demand(ctx, secret(b->act), &b->in.member, ACT_CARD);
}

static void opens(Register *r, Browser *b) {
    register_must(r, register_write(r, begin, b));
    assert_int_equal(r->ctx.error_count, 0);
    register_must(r, register_write(r, try_code, b));
    assert_int_equal(r->ctx.error_count, 0);
}

static void chooses(Register *r, Browser *b) {
    Actor before = r->ctx.actor;
    register_must(r, register_write(r, choose, b));
    r->ctx.actor = before;
}

static Member joins(Register *r, const char *name, const char *phone, bool proved) {
    Enrolment e = register_person(r, 0);
    Enrolled enrolled;
    e.name = text_of(name), e.phone = text_of(phone), e.phone_of = T("household");
    e.phone_proof = proved ? T("code") : T("");
    register_must(r, register_enrol(r, &e, &enrolled));
    return register_member_at(r, enrolled.serial);
}

static void leads_the_only_one_to_the_card(void **state) {
    Register *r = *state;
    Member asha = joins(r, "Asha Devi", "9876543210", true);
    Browser b = browser("+919876543210");
    opens(r, &b);
    chooses(r, &b);
    assert_int_equal(b.in.member.serial, asha.serial);
    assert_true(b.in.acts && text_starts_with(b.in.path, T("/card/")));
    Actor before = r->ctx.actor;
    register_must(r, register_read(r, demand, &b));
    r->ctx.actor = before;
    register_must(r, register_read(r, find, &b));
    assert_false(b.found); /* it is used up */
    assert_int_equal(register_int(r, "SELECT count(*) FROM sign_in"), 0);
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.sign_in'"), 1);
}

static void lets_a_household_choose_and_confirms_the_phone(void **state) {
    Register *r = *state;
    joins(r, "Asha Devi", "9876543210", true);
    Member ramesh = joins(r, "Ramesh Kumar", "9876543210", false);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 1);
    Browser b = browser("+919876543210");
    opens(r, &b);
    chooses(r, &b);
    assert_int_equal(b.in.path.len, 0); /* it does not guess */
    b.slot = 2;
    chooses(r, &b);
    assert_string_equal(r->ctx.errors[0].message, "sign_in_choose");
    b.slot = 1;
    chooses(r, &b);
    assert_int_equal(b.in.member.serial, ramesh.serial);
    Member now = register_member_at(r, ramesh.serial);
    assert_true(text_eq(now.phone_proof, T("code")));
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 2);
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM member_event WHERE type = 'phone_proof'"), 1);
    register_agrees(r);
}

static void asks_who_is_alone_on_an_unconfirmed_phone(void **state) {
    Register *r = *state;
    joins(r, "Asha Devi", "9876543210", false);
    Browser b = browser("+919876543210");
    opens(r, &b);
    chooses(r, &b);
    assert_int_equal(b.in.path.len, 0);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 0);
    b.slot = 0;
    chooses(r, &b);
    assert_true(b.in.path.len > 0);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 1);
    register_agrees(r);
}

static void leads_who_owes_the_fee_to_its_order(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 0);
    Enrolled enrolled;
    e.phone = T("9876543210"), e.phone_of = T("self"), e.phone_proof = T("code");
    e.fee_method = FEE_PENDING, e.fee_paise = 0;
    register_must(r, register_enrol(r, &e, &enrolled));
    Browser b = browser("+919876543210");
    opens(r, &b);
    chooses(r, &b);
    assert_true(text_starts_with(b.in.path, T("/pay/")));
    assert_false(b.in.acts);
}

/* What a phone without members sees until its code was right is what any other sees. */
static void answers_every_phone_alike(void **state) {
    Register *r = *state;
    joins(r, "Asha Devi", "9876543210", true);
    Browser known = browser("+919876543210"), unknown = browser("+919876543211");
    Browser *both[] = {&known, &unknown};
    for (int i = 0; i < 2; i++) {
        Browser *b = both[i];
        for (int sent = 0; sent < PHONE_CODE_SENT_HOUR; sent++) {
            register_must(r, register_write(r, sent ? resend : begin, b));
            assert_int_equal(r->ctx.error_count, 0);
            assert_true(b->session.demo_code.len > 0);
        }
        register_must(r, register_write(r, resend, b));
        assert_string_equal(r->ctx.errors[0].message, "code_limit");
        b->typed = T("000000");
        register_must(r, register_write(r, try_code, b));
        assert_string_equal(r->ctx.errors[0].message, "code_wrong");
    }
    unknown.typed = unknown.code;
    register_must(r, register_write(r, try_code, &unknown));
    assert_int_equal(r->ctx.error_count, 0);
    chooses(r, &unknown);
    assert_int_equal(unknown.in.path.len, 0);
}

static void opens_nothing_without_the_right_code(void **state) {
    Register *r = *state;
    joins(r, "Asha Devi", "9876543210", true);
    Browser b = browser("+919876543210");
    register_must(r, register_write(r, begin, &b));
    b.slot = 0;
    memcpy(b.next, b.cookie, sizeof b.next);
    chooses(r, &b); /* before the code */
    assert_int_equal(b.in.path.len, 0);
    b.typed = T("000000");
    for (int i = 0; i < PHONE_CODE_TRIES; i++)
        register_must(r, register_write(r, try_code, &b));
    b.typed = b.code;
    register_must(r, register_write(r, try_code, &b));
    assert_string_equal(r->ctx.errors[0].message, "code_over");
    chooses(r, &b);
    assert_int_equal(b.in.path.len, 0);
    Browser late = browser("+919876543210");
    late.slot = 0;
    opens(r, &late);
    Browser planted = late; /* what the cookie was before the code */
    memcpy(planted.next, late.cookie, sizeof planted.next);
    chooses(r, &planted);
    assert_int_equal(planted.in.path.len, 0);
    r->ctx.now_s += SIGN_IN_S;
    chooses(r, &late);
    assert_int_equal(late.in.path.len, 0);
}

static void needs_a_gateway_in_earnest(void **state) {
    Register *r = *state;
    Browser b = browser("+919876543210");
    register_refused(r, register_write(r, begin, &b), DENIED, NULL, "gateway_none");
    assert_int_equal(register_int(r, "SELECT count(*) FROM sign_in"), 0);
}

#define DEMO_TEST(f) cmocka_unit_test_setup_teardown(f, register_make_demo, register_remove)
#define MADE_TEST(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        DEMO_TEST(leads_the_only_one_to_the_card),
        DEMO_TEST(lets_a_household_choose_and_confirms_the_phone),
        DEMO_TEST(asks_who_is_alone_on_an_unconfirmed_phone),
        DEMO_TEST(leads_who_owes_the_fee_to_its_order),
        DEMO_TEST(answers_every_phone_alike),
        DEMO_TEST(opens_nothing_without_the_right_code),
        MADE_TEST(needs_a_gateway_in_earnest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
