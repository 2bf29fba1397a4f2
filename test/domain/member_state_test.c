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

/* What the member counts for in each state: members, provisional, suspended, ever joined, ended. */
static const int64_t counts[MEMBER_STATE_COUNT][5] = {
    [MEMBER_APPLIED] = {0, 0, 0, 0, 0},   [MEMBER_PROVISIONAL] = {1, 1, 0, 1, 0},
    [MEMBER_CONFIRMED] = {1, 0, 0, 1, 0}, [MEMBER_SUSPENDED] = {1, 0, 1, 1, 0},
    [MEMBER_ENDED] = {0, 0, 0, 1, 1},     [MEMBER_REJECTED] = {0, 0, 0, 1, 1},
    [MEMBER_LAPSED] = {0, 0, 0, 0, 0},    [MEMBER_REFUNDED] = {0, 0, 0, 1, 1},
    [MEMBER_EXPIRED] = {0, 0, 0, 1, 1},
};

/* Every pair there may be, with the event that it leaves and, where the state alone does not say
 * it, what the member counts for then. */
static const struct {
    MemberState from, to;
    const char *event;
    MemberState counts_as;
} pairs[] = {
    {MEMBER_APPLIED, MEMBER_PROVISIONAL, "join", MEMBER_PROVISIONAL},
    {MEMBER_APPLIED, MEMBER_CONFIRMED, "join", MEMBER_CONFIRMED},
    {MEMBER_APPLIED, MEMBER_LAPSED, "lapse", MEMBER_LAPSED},
    {MEMBER_APPLIED, MEMBER_ENDED, "withdraw", MEMBER_APPLIED}, /* never joined */
    {MEMBER_PROVISIONAL, MEMBER_CONFIRMED, "confirm", MEMBER_CONFIRMED},
    {MEMBER_PROVISIONAL, MEMBER_SUSPENDED, "suspend", MEMBER_SUSPENDED},
    {MEMBER_PROVISIONAL, MEMBER_REJECTED, "reject", MEMBER_REJECTED},
    {MEMBER_PROVISIONAL, MEMBER_EXPIRED, "expire", MEMBER_EXPIRED},
    {MEMBER_PROVISIONAL, MEMBER_ENDED, "end", MEMBER_ENDED},
    {MEMBER_CONFIRMED, MEMBER_SUSPENDED, "suspend", MEMBER_SUSPENDED},
    {MEMBER_CONFIRMED, MEMBER_REFUNDED, "refund", MEMBER_REFUNDED},
    {MEMBER_CONFIRMED, MEMBER_EXPIRED, "expire", MEMBER_EXPIRED},
    {MEMBER_CONFIRMED, MEMBER_ENDED, "end", MEMBER_ENDED},
    {MEMBER_SUSPENDED, MEMBER_CONFIRMED, "resume", MEMBER_CONFIRMED},
    {MEMBER_SUSPENDED, MEMBER_PROVISIONAL, "resume", MEMBER_PROVISIONAL},
    {MEMBER_SUSPENDED, MEMBER_ENDED, "end", MEMBER_ENDED},
    {MEMBER_REJECTED, MEMBER_PROVISIONAL, "restore", MEMBER_PROVISIONAL},
    {MEMBER_REJECTED, MEMBER_CONFIRMED, "restore", MEMBER_CONFIRMED},
    {MEMBER_REJECTED, MEMBER_LAPSED, "lapse", MEMBER_REJECTED}, /* had joined */
    {MEMBER_REJECTED, MEMBER_ENDED, "withdraw", MEMBER_ENDED},
    {MEMBER_EXPIRED, MEMBER_PROVISIONAL, "restore", MEMBER_PROVISIONAL},
    {MEMBER_EXPIRED, MEMBER_CONFIRMED, "restore", MEMBER_CONFIRMED},
    {MEMBER_EXPIRED, MEMBER_ENDED, "withdraw", MEMBER_ENDED},
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static Member member_in(Register *r, int which, MemberState wanted) {
    Member m = applied_member(r, which);
    if (wanted == MEMBER_APPLIED) return m;
    if (wanted == MEMBER_LAPSED) {
        register_change(r, &m, wanted);
        return m;
    }
    register_change(r, &m, MEMBER_PROVISIONAL);
    if (wanted == MEMBER_PROVISIONAL) return m;
    if (wanted != MEMBER_REJECTED) register_change(r, &m, MEMBER_CONFIRMED);
    if (wanted != MEMBER_CONFIRMED) register_change(r, &m, wanted);
    return m;
}

typedef struct Count {
    Tally tally;
    TallyDay day;
} Count;

static Count count_at(Register *r, const char *unit) {
    return (Count){register_tally(r, unit), register_day(r, unit)};
}

/* The unit counts, against before, as one who counted as was and counts as is. */
static void counts_from_to(Register *r, const Count *before, const char *unit, MemberState was,
                           MemberState is) {
    Count now = count_at(r, unit);
    const int64_t *a = counts[was], *b = counts[is];
    assert_int_equal(now.tally.members - before->tally.members, b[0] - a[0]);
    assert_int_equal(now.tally.provisional - before->tally.provisional, b[1] - a[1]);
    assert_int_equal(now.tally.suspended - before->tally.suspended, b[2] - a[2]);
    assert_int_equal(now.tally.ever_joined - before->tally.ever_joined, b[3] - a[3]);
    assert_int_equal(now.tally.ended - before->tally.ended, b[4] - a[4]);
    assert_int_equal(now.tally.rural - before->tally.rural, b[0] - a[0]);
    assert_int_equal(now.tally.women - before->tally.women, b[0] - a[0]);
    assert_int_equal(now.day.joined - before->day.joined, b[3] - a[3]);
    assert_int_equal(now.day.ended - before->day.ended, b[4] - a[4]);
}

static int64_t written(Register *r) {
    return register_int(r, "SELECT (SELECT count(*) FROM member_event) + (SELECT count(*) FROM "
                           "audit) + (SELECT count(*) FROM phone_slot)");
}

static void becomes(Register *r, int which, MemberState from, MemberState to) {
    int pair = 0;
    while (pair < PAIRS && (pairs[pair].from != from || pairs[pair].to != to)) pair++;
    register_set_day(r, 2026, 11, 21);
    Change change = {member_in(r, which, from), to};
    register_set_day(r, 2026, 12, 2);
    Count state = count_at(r, "UP"), district = count_at(r, "UP-174");
    int64_t serial = change.member.serial, rows = written(r);
    Status status = register_write(r, change_apply, &change);
    if (pair == PAIRS) {
        register_refused(r, status, CONFLICT, NULL, "member_state_refused");
        assert_int_equal(register_member_at(r, serial).state, from);
        assert_int_equal(written(r), rows);
        counts_from_to(r, &state, "UP", from, from);
        return;
    }
    register_must(r, status);
    Member m = register_member_at(r, serial);
    assert_int_equal(m.state, to);
    bool over = to == MEMBER_ENDED || to == MEMBER_LAPSED || to == MEMBER_REFUNDED;
    assert_int_equal(m.ended_at, over ? r->ctx.now_s : 0);
    Text last = arena_printf(
        r->arena,
        "SELECT count(*) FROM member_event e WHERE serial = %lld AND type = '%s' AND state = '%s' "
        "AND sequence = (SELECT max(sequence) FROM member_event WHERE serial = e.serial)",
        (long long)serial, pairs[pair].event, member_state_text(to).ptr);
    assert_int_equal(register_int(r, last.ptr), 1);
    counts_from_to(r, &state, "UP", from, pairs[pair].counts_as);
    counts_from_to(r, &district, "UP-174", from, pairs[pair].counts_as);
}

/* All 81, by the one function that every other goes through; what was counted before stays. */
static void drives_every_pair(void **state) {
    Register *r = *state;
    int which = 0;
    for (int from = 0; from < MEMBER_STATE_COUNT; from++)
        for (int to = 0; to < MEMBER_STATE_COUNT; to++) {
            becomes(r, ++which, (MemberState)from, (MemberState)to);
            register_agrees(r);
        }
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"),
                     MEMBER_STATE_COUNT * MEMBER_STATE_COUNT);
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
        WITH_REGISTER(drives_every_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
