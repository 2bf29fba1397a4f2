/* What a membership may become, what that leaves behind, and how it is counted. */
#include "register_test.h"

#include "domain/receipt.h"

static void knows_every_pair_of_states(void **state) {
    (void)state;
    /* row: from; column: to; applied, provisional, confirmed, suspended, ended, rejected, lapsed,
     * refunded, expired */
    static const char *const table[MEMBER_STATE_COUNT] = {
        [MEMBER_APPLIED] = ".pc.e.l..",     [MEMBER_PROVISIONAL] = "..cser..x",
        [MEMBER_CONFIRMED] = "...se..fx",   [MEMBER_SUSPENDED] = ".pc.e....",
        [MEMBER_ENDED] = ".........",       [MEMBER_REJECTED] = ".pc.e.l..",
        [MEMBER_LAPSED] = ".........",      [MEMBER_REFUNDED] = ".........",
        [MEMBER_EXPIRED] = ".pc.e....",
    };
    for (int from = 0; from < MEMBER_STATE_COUNT; from++)
        for (int to = 0; to < MEMBER_STATE_COUNT; to++)
            if (member_may_become((MemberState)from, (MemberState)to) != (table[from][to] != '.')) {
                print_error("from %d to %d\n", from, to);
                assert_true(false);
            }
}

static void reads_its_own_words(void **state) {
    (void)state;
    for (int i = 0; i < MEMBER_STATE_COUNT; i++) {
        MemberState read;
        assert_true(member_state_parse(member_state_text((MemberState)i), &read));
        assert_int_equal(read, i);
    }
    MemberState read = MEMBER_ENDED;
    assert_false(member_state_parse(T("Confirmed"), &read));
    assert_false(member_state_parse(T(""), &read));
    assert_int_equal(read, MEMBER_ENDED);
}

typedef struct Change {
    Member member;
    MemberState to;
} Change;

static Status change_apply(Ctx *ctx, void *argument) {
    Change *change = argument;
    return member_change_state(ctx, &change->member, change->to, T(""));
}

static void refuses_what_the_table_forbids(void **state) {
    Register *r = *state;
    Change change = {register_member(r, 1), MEMBER_PROVISIONAL};
    Status status = register_write(r, change_apply, &change);
    register_refused(r, status, CONFLICT, NULL, "member_state_refused");
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event"), 1);
    register_agrees(r);
}

/* Two clerks, one after the other from the same page. */
static void refuses_a_member_changed_meanwhile(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    Change old = {m, MEMBER_SUSPENDED};
    register_change(r, &m, MEMBER_ENDED);
    Status status = register_write(r, change_apply, &old);
    register_refused(r, status, CONFLICT, NULL, "member_changed_meanwhile");
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_ENDED);
    register_agrees(r);
}

static void suspends_resumes_and_ends(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_change(r, &m, MEMBER_SUSPENDED);
    Tally up = register_tally(r, "UP");
    assert_int_equal(up.members, 1);
    assert_int_equal(up.suspended, 1);
    register_agrees(r);
    register_change(r, &m, MEMBER_CONFIRMED);
    assert_int_equal(register_tally(r, "UP").suspended, 0);
    register_set_day(r, 2026, 12, 1);
    register_change(r, &m, MEMBER_ENDED);
    up = register_tally(r, "UP");
    assert_int_equal(up.members, 0);
    assert_int_equal(up.ended, 1);
    assert_int_equal(up.ever_joined, 1);
    TallyDay day = register_day(r, "UP-174");
    assert_int_equal(day.joined, 0);
    assert_int_equal(day.ended, 1);
    Member ended = register_member_at(r, m.serial);
    assert_int_equal(ended.ended_at, r->ctx.now_s);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type || sequence IN "
                                     "('join0', 'suspend1', 'resume2', 'end3')"), 4);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE actor = 'operator' AND "
                                     "action = 'member.state'"), 3);
    register_agrees(r);
}

/* Who ended and joins anew is the same person on the same phone, and no double. */
static void who_ended_may_join_anew(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_change(r, &m, MEMBER_ENDED);
    Member again = register_member(r, 1);
    assert_int_not_equal(again.serial, m.serial);
    assert_int_equal(register_tally(r, "IN").members, 1);
    assert_int_equal(register_tally(r, "IN").ever_joined, 2);
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, "phone", "member_duplicate");
    register_agrees(r);
}

static Member applied_member(Register *r, int which) {
    Enrolment e = register_person(r, which);
    e.fee_method = FEE_PENDING;
    e.fee_paise = 0;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(enrolled.state, MEMBER_APPLIED);
    assert_int_equal(enrolled.receipt.len, 0);
    return register_member_at(r, enrolled.serial);
}

typedef struct Confirming {
    Member *member;
    FeeMethod method;
    Text receipt;
} Confirming;

static Status confirm_apply(Ctx *ctx, void *argument) {
    Confirming *c = argument;
    return member_confirm_fee(ctx, c->member, c->method, REGISTER_FEE_PAISE, &c->receipt);
}

static void counts_an_applied_one_once_it_joined(void **state) {
    Register *r = *state;
    Member m = applied_member(r, 1);
    assert_int_equal(register_tally(r, "IN").ever_joined, 0);
    assert_int_equal(register_day(r, "IN").joined, 0);
    register_agrees(r);
    register_set_day(r, 2026, 11, 25);
    Confirming c = {.member = &m, .method = FEE_CASH};
    register_must(r, register_write(r, confirm_apply, &c));
    assert_memory_equal(c.receipt.ptr, "GKC/26-27/B001/0001", c.receipt.len);
    Member now = register_member_at(r, m.serial);
    assert_int_equal(now.state, MEMBER_CONFIRMED);
    assert_int_equal(now.confirmed_at, r->ctx.now_s);
    assert_true(text_eq(now.fee_proof, T("cash")));
    assert_int_equal(register_day(r, "IN").joined, 1);
    assert_int_equal(register_tally(r, "IN").fee_proved, 1);
    register_agrees(r);
    /* a second time nothing happens */
    register_must(r, register_write(r, confirm_apply, &c));
    assert_int_equal(c.receipt.len, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 1);
    register_agrees(r);
}

static void a_fee_does_not_lift_a_suspension(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1);
    register_change(r, &m, MEMBER_SUSPENDED);
    Confirming c = {.member = &m, .method = FEE_CASH};
    Status status = register_write(r, confirm_apply, &c);
    register_refused(r, status, CONFLICT, NULL, "member_state_refused");
    m = register_member_at(r, m.serial);
    register_change(r, &m, MEMBER_ENDED);
    status = register_write(r, confirm_apply, &c);
    register_refused(r, status, CONFLICT, NULL, "member_state_refused");
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 1);
    register_agrees(r);
}

/* Who never paid and goes never joined. */
static void an_applied_one_who_goes_counts_nowhere(void **state) {
    Register *r = *state;
    Member m = applied_member(r, 1);
    register_change(r, &m, MEMBER_ENDED);
    assert_int_equal(register_tally(r, "IN").ever_joined, 0);
    assert_int_equal(register_tally(r, "IN").ended, 0);
    assert_int_equal(register_day(r, "IN").ended, 0);
    register_agrees(r);
}

static void a_provisional_one_is_a_member(void **state) {
    Register *r = *state;
    Member m = applied_member(r, 1);
    register_change(r, &m, MEMBER_PROVISIONAL);
    Tally in = register_tally(r, "IN");
    assert_int_equal(in.members, 1);
    assert_int_equal(in.provisional, 1);
    assert_int_equal(in.fee_proved, 0);
    assert_int_equal(register_day(r, "IN").joined, 1);
    register_agrees(r);
    register_change(r, &m, MEMBER_SUSPENDED);
    register_change(r, &m, MEMBER_PROVISIONAL);
    Confirming c = {.member = &m, .method = FEE_DEMO};
    register_must(r, register_write(r, confirm_apply, &c));
    assert_int_equal(register_tally(r, "IN").provisional, 0);
    assert_int_equal(register_day(r, "IN").joined, 1);
    register_agrees(r);
    register_change(r, &m, MEMBER_ENDED);
    register_agrees(r);
}

static void a_provisional_one_who_goes_had_joined(void **state) {
    Register *r = *state;
    Member m = applied_member(r, 1);
    register_change(r, &m, MEMBER_PROVISIONAL);
    register_change(r, &m, MEMBER_ENDED);
    assert_int_equal(register_tally(r, "IN").ever_joined, 1);
    assert_int_equal(register_tally(r, "IN").ended, 1);
    register_agrees(r);
}

static Status reissue_apply(Ctx *ctx, void *member) {
    return member_reissue(ctx, member, T("lost"));
}

static void gives_new_cards_to_members_only(void **state) {
    Register *r = *state;
    Member m = register_member(r, 1), applied = applied_member(r, 2);
    register_must(r, register_write(r, reissue_apply, &m));
    assert_int_equal(m.card_issue, 2);
    assert_int_equal(register_member_at(r, m.serial).card_issue, 2);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'reissue'"),
                     1);
    Status status = register_write(r, reissue_apply, &applied);
    register_refused(r, status, CONFLICT, NULL, "member_state_refused");
    register_change(r, &m, MEMBER_ENDED);
    status = register_write(r, reissue_apply, &m);
    register_refused(r, status, CONFLICT, NULL, "member_state_refused");
    register_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_pair_of_states),
        cmocka_unit_test(reads_its_own_words),
        WITH_REGISTER(refuses_what_the_table_forbids),
        WITH_REGISTER(refuses_a_member_changed_meanwhile),
        WITH_REGISTER(suspends_resumes_and_ends),
        WITH_REGISTER(who_ended_may_join_anew),
        WITH_REGISTER(counts_an_applied_one_once_it_joined),
        WITH_REGISTER(a_fee_does_not_lift_a_suspension),
        WITH_REGISTER(an_applied_one_who_goes_counts_nowhere),
        WITH_REGISTER(a_provisional_one_is_a_member),
        WITH_REGISTER(a_provisional_one_who_goes_had_joined),
        WITH_REGISTER(gives_new_cards_to_members_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
