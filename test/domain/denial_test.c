/* A denial suspends at once; what the organisation decides ends or restores the membership, and
 * money that was paid for nobody goes back once. */
#include "domain/denial.h"

#include "domain/refund.h"
#include "treasury_test.h"

static Status deny(Ctx *ctx, void *member) { return denial_record(ctx, member); }
static Status withdraw(Ctx *ctx, void *member) { return denial_withdraw(ctx, member); }

typedef struct Deciding {
    int64_t id;
    bool upheld;
    Text reason;
    Denial denial;
} Deciding;

static Status decide(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return denial_decide(ctx, d->id, d->upheld, d->reason, &d->denial);
}

typedef struct Listing {
    Denial list[10];
    DenialCount counts[10];
    RefundDue due[10];
    int count, counts_count, due_count;
} Listing;

static Status list_apply(Ctx *ctx, void *argument) {
    Listing *l = argument;
    int64_t unit = ctx->org->root_unit_id;
    TRY(denial_list(ctx, unit, T("open"), 0, l->list, 10, &l->count));
    TRY(denial_counts(ctx, unit, l->counts, 10, &l->counts_count));
    return refund_due_list(ctx, NULL, l->due, 10, &l->due_count);
}

static Listing lists(Register *r) {
    Listing l;
    register_must(r, register_read(r, list_apply, &l));
    return l;
}

static Member denies(Register *r, int which) {
    Member m = register_member(r, which);
    register_must(r, register_write(r, deny, &m));
    return m;
}

typedef struct Settling {
    int64_t serial, paise;
} Settling;

static Status settle(Ctx *ctx, void *argument) {
    Settling *s = argument;
    return refund_due_settle(ctx, s->serial, T("bank"), &s->paise);
}

static void ends_what_never_was_and_gives_the_fee_back(void **state) {
    Register *r = *state;
    Member m = denies(r, 0);
    assert_int_equal(register_tally(r, "UP-174").suspended, 1);
    Deciding d = {.id = lists(r).list[0].id, .upheld = true};
    register_refused(r, register_write(r, decide, &d), INVALID, "reason", "reason_form");
    d.reason = T("signed by another hand");
    register_must(r, register_write(r, decide, &d));
    register_refused(r, register_write(r, decide, &d), CONFLICT, NULL, "denial_decided");
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_ENDED);
    assert_int_equal(register_tally(r, "UP-174").members, 0);
    Listing l = lists(r);
    assert_int_equal(l.count, 0);
    assert_int_equal(l.counts[0].denials, 1);
    assert_int_equal(l.counts[0].upheld, 1);
    assert_int_equal(l.due_count, 1);
    assert_int_equal(l.due[0].paise, REGISTER_FEE_PAISE);
    treasury_agrees(r);
    Settling s = {.serial = m.serial};
    register_must(r, register_write(r, settle, &s));
    assert_int_equal(s.paise, REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "bank"), -REGISTER_FEE_PAISE);
    register_refused(r, register_write(r, settle, &s), NOT_FOUND, NULL, "refund_not_due");
    assert_int_equal(lists(r).due_count, 0);
    treasury_agrees(r);
}

static void restores_what_was(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 0);
    Enrolled enrolled;
    e.fee_method = FEE_NONE;
    register_must(r, register_enrol(r, &e, &enrolled));
    Member provisional = register_member_at(r, enrolled.serial), held = register_member(r, 1);
    register_must(r, register_write(r, deny, &provisional));
    register_change(r, &held, MEMBER_SUSPENDED);
    register_must(r, register_write(r, deny, &held));
    Listing l = lists(r);
    assert_int_equal(l.count, 2);
    for (int i = 0; i < 2; i++) {
        Deciding d = {.id = l.list[i].id, .reason = T("her son had enrolled her")};
        register_must(r, register_write(r, decide, &d));
    }
    assert_int_equal(register_member_at(r, enrolled.serial).state, MEMBER_PROVISIONAL);
    assert_int_equal(register_member_at(r, held.serial).state, MEMBER_SUSPENDED);
    l = lists(r);
    assert_int_equal(l.counts_count, 0); /* what was taken back counts against nobody */
    assert_int_equal(l.due_count, 0);
    treasury_agrees(r);
}

static void is_taken_back_by_the_member_and_may_come_again(void **state) {
    Register *r = *state;
    Member m = denies(r, 0);
    register_must(r, register_write(r, deny, &m)); /* twice is once */
    assert_int_equal(lists(r).count, 1);
    m = register_member_at(r, m.serial);
    register_must(r, register_write(r, withdraw, &m));
    m = register_member_at(r, m.serial);
    assert_int_equal(m.state, MEMBER_CONFIRMED);
    register_refused(r, register_write(r, withdraw, &m), CONFLICT, NULL, "denial_decided");
    register_must(r, register_write(r, deny, &m));
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_SUSPENDED);
    assert_int_equal(lists(r).count, 1);
    register_agrees(r);
}

static void is_decided_only_where_it_happened(void **state) {
    Register *r = *state;
    (void)denies(r, 0);
    Deciding d = {.id = lists(r).list[0].id, .upheld = true, .reason = T("so it is")};
    register_act_as_token(r, 9, "BR");
    register_refused(r, register_write(r, decide, &d), NOT_FOUND, NULL, "denial_not_found");
    register_act_as_token(r, 9, "UP");
    register_must(r, register_write(r, decide, &d));
}

typedef struct Asking {
    Member member;
    Enroller staff, self;
} Asking;

static Status ask(Ctx *ctx, void *argument) {
    Asking *a = argument;
    const Member *m = &a->member;
    TRY(denial_enroller(ctx, m->enrolled_by, m->enroller_serial, &a->staff));
    return denial_enroller_of(ctx, m, &a->self);
}

static void tells_the_staff_of_their_own_units_members_only(void **state) {
    Register *r = *state;
    Enrolled enrolled;
    Enrolment brings = register_person(r, 1), e = register_person(r, 2);
    brings.unit_code = T("BR-203");
    brings.name = T("Ramesh Kumar");
    register_must(r, register_enrol(r, &brings, &enrolled));
    Member credited = register_member_at(r, enrolled.serial);
    char number[NUMBER_TEXT_MAX];
    e.enrolled_by = (Text){number, number_text(&credited.number, number)};
    register_must(r, register_enrol(r, &e, &enrolled));
    Asking a = {.member = register_member_at(r, enrolled.serial)};
    register_must(r, register_write(r, deny, &a.member));
    register_act_as_token(r, 9, "UP");
    register_must(r, register_read(r, ask, &a));
    assert_true(a.staff.elsewhere);
    assert_int_equal(a.staff.name.len + a.staff.number.len, 0);
    assert_true(text_eq(a.self.name, T("Ramesh Kumar"))); /* who denies is told */
    assert_true(text_eq(a.self.number, e.enrolled_by));
    assert_true(lists(r).list[0].enroller.elsewhere);
    assert_int_equal(lists(r).counts[0].enroller.name.len, 0);
    register_act_as_token(r, 9, "IN");
    register_must(r, register_read(r, ask, &a));
    assert_false(a.staff.elsewhere);
    assert_true(text_eq(a.staff.name, T("Ramesh Kumar")));
    assert_true(text_eq(lists(r).list[0].enroller.number, e.enrolled_by));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ends_what_never_was_and_gives_the_fee_back, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(restores_what_was, register_make, register_remove),
        cmocka_unit_test_setup_teardown(is_taken_back_by_the_member_and_may_come_again,
                                        register_make, register_remove),
        cmocka_unit_test_setup_teardown(is_decided_only_where_it_happened, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(tells_the_staff_of_their_own_units_members_only,
                                        register_make, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
