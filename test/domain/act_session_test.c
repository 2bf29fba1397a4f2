/* Acting on one's own card: only after a code to the phone, for a quarter of an hour, for this
 * member and this address alone. */
#include "register_test.h"

#include "base/clock.h"
#include "crypto/secret_token.h"
#include "domain/act_session.h"
#include "domain/correction.h"
#include "domain/denial.h"
#include "domain/member_card.h"

typedef struct Browser {
    char cookie[SECRET_TOKEN_CHARS], next[SECRET_TOKEN_CHARS];
    Member member;
    Text code, typed;
    ActSession session;
    bool found;
    Act other;
} Browser;

static Text text_of_cookie(const char *cookie) { return (Text){cookie, SECRET_TOKEN_CHARS}; }

static Browser browser(Member member) {
    Browser b = {.member = member, .code = T("123456"), .typed = T("123456")};
    secret_token_make(b.cookie);
    secret_token_make(b.next);
    return b;
}

static Status begin(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return act_session_begin(ctx, text_of_cookie(b->cookie), &b->member, ACT_LEAVE, T("leave"),
                             b->code, &b->session);
}

static Status open_it(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return act_session_open(ctx, text_of_cookie(b->cookie), text_of_cookie(b->next), &b->member,
                            b->typed, &b->session);
}

static Status demand(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return act_session_demand(ctx, text_of_cookie(b->next), &b->member, ACT_LEAVE);
}

static Status demand_other(Ctx *ctx, void *argument) {
    Browser *b = argument;
    return act_session_demand(ctx, text_of_cookie(b->next), &b->member, b->other);
}

static Status new_address(Ctx *ctx, void *argument) {
    return member_card_new_address(ctx, &((Browser *)argument)->member);
}

static void is_refused(Register *r, Browser *b) {
    register_refused(r, register_read(r, demand, b), DENIED, NULL, "act_code_needed");
}

static void opens_for_a_quarter_of_an_hour(void **state) {
    Register *r = *state;
    Browser b = browser(register_member(r, 1));
    is_refused(r, &b);
    register_must(r, register_write(r, begin, &b));
    is_refused(r, &b);
    register_must(r, register_write(r, open_it, &b));
    Actor before = r->ctx.actor;
    register_must(r, register_read(r, demand, &b));
    assert_int_equal(r->ctx.actor.kind, ACTOR_MEMBER);
    assert_int_equal(r->ctx.actor.id, b.member.serial);
    r->ctx.actor = before;
    for (int other = ACT_CARD; other <= ACT_DENY; other++) { /* the SMS named one alone */
        if (other == ACT_LEAVE) continue;
        b.other = (Act)other;
        register_refused(r, register_read(r, demand_other, &b), DENIED, NULL, "act_code_needed");
    }
    Browser planted = b; /* what the cookie was before the code */
    memcpy(planted.next, b.cookie, sizeof planted.next);
    is_refused(r, &planted);
    r->ctx.now_s += ACT_SESSION_S - 1;
    register_must(r, register_read(r, demand, &b));
    r->ctx.now_s += 1;
    is_refused(r, &b);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'card.open'"), 1);
}

static void is_of_this_member_and_address_alone(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.phone_of = T("household");
    register_must(r, register_enrol(r, &e, &enrolled));
    Browser one = browser(register_member_at(r, enrolled.serial));
    e = register_person(r, 1);
    e.phone_of = T("household");
    e.name = T("Sunita Verma");
    register_must(r, register_enrol(r, &e, &enrolled));
    Browser two = browser(register_member_at(r, enrolled.serial));
    two.code = T("654321");
    register_must(r, register_write(r, begin, &one));
    register_must(r, register_write(r, begin, &two));
    two.typed = one.code; /* the other's, on the very same phone */
    register_must(r, register_write(r, open_it, &two));
    assert_string_equal(r->ctx.errors[0].message, "code_wrong");
    register_must(r, register_write(r, open_it, &one));
    Browser mixed = one;
    mixed.member = two.member;
    is_refused(r, &mixed);
    register_must(r, register_read(r, demand, &one));
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR};
    register_must(r, register_write(r, new_address, &one));
    assert_int_equal(one.member.card_generation, 2);
    is_refused(r, &one);
}

static void keeps_the_limits_of_codes(void **state) {
    Register *r = *state;
    Browser b = browser(register_member(r, 1));
    for (int i = 0; i < PHONE_CODE_SENT_HOUR; i++) {
        register_must(r, register_write(r, begin, &b));
        assert_int_equal(r->ctx.error_count, 0);
    }
    register_must(r, register_write(r, begin, &b));
    assert_string_equal(r->ctx.errors[0].message, "code_limit");
    b.typed = T("000000");
    for (int i = 0; i < PHONE_CODE_TRIES; i++) {
        register_must(r, register_write(r, open_it, &b));
        assert_string_equal(r->ctx.errors[0].message, "code_wrong");
    }
    b.typed = b.code;
    register_must(r, register_write(r, open_it, &b));
    assert_string_equal(r->ctx.errors[0].message, "code_over");
    is_refused(r, &b);
}

static void sends_nothing_where_there_is_no_phone(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.phone = e.phone_of = T("");
    register_must(r, register_enrol(r, &e, &enrolled));
    Browser b = browser(register_member_at(r, enrolled.serial));
    register_refused(r, register_write(r, begin, &b), DENIED, NULL, "act_no_phone");
}

static void needs_a_gateway_in_earnest(void **state) {
    Register *r = *state;
    Browser b = browser(register_member(r, 1));
    register_refused(r, register_write(r, begin, &b), DENIED, NULL, "gateway_none");
    assert_int_equal(register_int(r, "SELECT count(*) FROM code_use"), 0);
}

static Status deny(Ctx *ctx, void *argument) { return denial_record(ctx, argument); }

static void suspends_who_denies_once(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_must(r, register_write(r, deny, &m));
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_SUSPENDED);
    register_must(r, register_write(r, deny, &m));
    assert_int_equal(register_int(r, "SELECT count(*) FROM denial"), 1);
    assert_int_equal(register_tally(r, "UP-174").suspended, 1);
    Member ended = register_member(r, 2);
    register_change(r, &ended, MEMBER_ENDED);
    register_refused(r, register_write(r, deny, &ended), CONFLICT, NULL, "member_state_refused");
    register_agrees(r);
}

typedef struct Asking {
    Member member;
    Text name, name_alt;
    bool done;
    int64_t id;
    Correction correction;
} Asking;

static Status ask(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return correction_ask(ctx, &a->member, a->name, a->name_alt, &a->done);
}

static Status accept(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return correction_decide(ctx, a->id, true, T("paper"), &a->member);
}

static Status refuse(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return correction_decide(ctx, a->id, false, T("no paper"), &a->member);
}

static Status newest(Ctx *ctx, void *argument) {
    Asking *a = argument;
    return correction_of_member(ctx, &a->member, &a->correction);
}

static bool told(Register *r, Asking *a) {
    register_must(r, register_read(r, newest, a));
    return correction_to_tell(&r->ctx, &a->correction);
}

static Status list(Ctx *ctx, void *ret_count) {
    Correction page[4];
    return correction_list(ctx, ctx->org->root_unit_id, 0, page, 4, ret_count);
}

static int waiting(Register *r) {
    int count;
    register_must(r, register_read(r, list, &count));
    return count;
}

static void mends_a_name_or_asks(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.name = T("Ramesh Kumar");
    register_must(r, register_enrol(r, &e, &enrolled));
    Asking a = {.member = register_member_at(r, enrolled.serial), .name = T("रमेश कुमार")};
    register_must(r, register_write(r, ask, &a));
    assert_true(a.done);
    assert_int_equal(register_member_at(r, enrolled.serial).card_issue, 2);
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM member_event WHERE type = 'correct'"), 1);
    a.name = T("Suresh Yadav");
    register_must(r, register_write(r, ask, &a));
    assert_false(a.done);
    a.name = T("Suresh Verma"); /* takes its place */
    register_must(r, register_write(r, ask, &a));
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM correction WHERE state = 'asked'"), 1);
    assert_int_equal(register_member_at(r, enrolled.serial).card_issue, 2);
    a.id = 1;
    register_refused(r, register_write(r, accept, &a), CONFLICT, NULL, "correction_decided");
    a.id = 2;
    register_act_as_token(r, 7, "BR");
    register_refused(r, register_write(r, accept, &a), NOT_FOUND, NULL, "correction_not_found");
    register_act_as_token(r, 7, "UP");
    register_must(r, register_write(r, accept, &a));
    assert_true(text_eq(register_member_at(r, enrolled.serial).name, T("Suresh Verma")));
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR};
    e = register_person(r, 1); /* the phone knows the new name, and no more the old one */
    e.name = T("Suresh Verma");
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, "phone", "member_duplicate");
    e.name = T("Ramesh Kumar");
    register_must(r, register_enrol(r, &e, &enrolled));
}

/* Nothing of who left is decided, and the list does not ask for it. */
static void decides_nothing_of_who_left(void **state) {
    Register *r = *state;
    Asking a = {.member = register_member(r, 1), .name = T("Suresh Verma"), .id = 1};
    register_must(r, register_write(r, ask, &a));
    assert_int_equal(waiting(r), 1);
    register_change(r, &a.member, MEMBER_ENDED);
    assert_int_equal(waiting(r), 0);
    register_refused(r, register_write(r, accept, &a), CONFLICT, NULL, "member_state_refused");
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM correction WHERE state = 'asked'"), 1);
}

static void tells_of_a_refusal_for_a_month(void **state) {
    Register *r = *state;
    Asking a = {.member = register_member(r, 1), .name = T("Suresh Verma"), .id = 1};
    register_must(r, register_write(r, ask, &a));
    register_must(r, register_write(r, refuse, &a));
    assert_true(told(r, &a));
    r->ctx.now_s += CORRECTION_TOLD_DAYS * CLOCK_DAY_S - 1;
    assert_true(told(r, &a));
    r->ctx.now_s += 1;
    assert_false(told(r, &a));
}

#define DEMO_TEST(f) cmocka_unit_test_setup_teardown(f, register_make_demo, register_remove)
#define MADE_TEST(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        DEMO_TEST(opens_for_a_quarter_of_an_hour),
        DEMO_TEST(is_of_this_member_and_address_alone),
        DEMO_TEST(keeps_the_limits_of_codes),
        DEMO_TEST(sends_nothing_where_there_is_no_phone),
        MADE_TEST(needs_a_gateway_in_earnest),
        MADE_TEST(suspends_who_denies_once),
        MADE_TEST(mends_a_name_or_asks),
        MADE_TEST(decides_nothing_of_who_left),
        MADE_TEST(tells_of_a_refusal_for_a_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
