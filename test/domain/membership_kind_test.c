/* Kinds of membership, and terms: who may have them, renewal, expiry, and that the counts agree. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/check.h"
#include "domain/member_term.h"

static MembershipKind youth(void) {
    return (MembershipKind){.kind = T("youth"), .name_en = T("Youth"), .name_hi = T("युवा"),
                            .fee_paise = 500, .term_days = 365, .minimum_age = 20,
                            .renew_days = 30, .grace_days = 15, .rights = T("vote")};
}

static Status add(Ctx *ctx, void *kind) { return membership_kind_add(ctx, kind); }
static Status change(Ctx *ctx, void *kind) { return membership_kind_change(ctx, kind); }
static Status close_one(Ctx *ctx, void *kind) {
    return membership_kind_close(ctx, ((MembershipKind *)kind)->kind);
}
static Status read_one(Ctx *ctx, void *kind) {
    return membership_kind_read(ctx, ((MembershipKind *)kind)->kind, kind);
}

static void keeps_kinds_as_they_are_given(void **state) {
    Register *r = *state;
    MembershipKind kind = youth(), read = {.kind = T("youth")};
    register_must(r, register_write(r, add, &kind));
    register_refused(r, register_write(r, add, &kind), CONFLICT, "kind", "membership_kind_taken");
    register_must(r, register_read(r, read_one, &read));
    assert_int_equal(read.fee_paise, 500);
    assert_int_equal(read.grace_days, 15);
    assert_true(text_eq(read.name_hi, T("युवा")) && text_eq(read.rights, T("vote")));
    assert_true(text_eq(membership_kind_rights(&read, LANG_HI), T("vote"))); /* what there is */
    kind.rights_hi = T("वोट दे सकते हैं");
    kind.fee_paise = 700;
    register_must(r, register_write(r, change, &kind));
    register_must(r, register_read(r, read_one, &read));
    assert_int_equal(read.fee_paise, 700);
    assert_true(text_eq(membership_kind_rights(&read, LANG_EN), T("vote")));
    assert_true(text_eq(membership_kind_rights(&read, LANG_HI), kind.rights_hi));
    kind.rights_hi = T("दो\nपंक्तियाँ");
    register_refused(r, register_write(r, change, &kind), INVALID, "rights-hi",
                     "organisation_text_form");
    kind.rights_hi = TEXT_NONE;
    MembershipKind other = {.kind = T("nothing"), .name_en = T("N"), .name_hi = T("N")};
    register_refused(r, register_write(r, change, &other), NOT_FOUND, "kind",
                     "membership_kind_unknown");
    MembershipKind bad = {.kind = T("Youth 2"), .fee_paise = -1, .term_days = 99999999};
    register_refused(r, register_write(r, add, &bad), INVALID, "kind", "kind_code_form");
    assert_int_equal(r->ctx.error_count, 5); /* code, two names, fee, days */
    for (char c = 'a'; c < 'a' + MEMBERSHIP_KINDS_MAX - 2; c++) {
        char code[] = {'k', c, 0};
        kind.kind = text_of(code);
        register_must(r, register_write(r, add, &kind));
    }
    kind.kind = T("onemore");
    register_refused(r, register_write(r, add, &kind), LIMIT, "kind", "membership_kinds_many");
}

static void lets_join_with_an_open_kind_of_ones_age(void **state) {
    Register *r = *state;
    MembershipKind kind = youth();
    Enrolled enrolled;
    register_must(r, register_write(r, add, &kind));
    Enrolment e = register_person(r, 1);
    e.kind = T("youth");
    register_refused(r, register_enrol(r, &e, &enrolled), INVALID, "fee.amount_paise",
                     "fee_differs");
    e.fee_paise = 500;
    register_must(r, register_enrol(r, &e, &enrolled));
    Member m = register_member_at(r, enrolled.serial);
    assert_true(text_eq(m.kind, T("youth")));
    assert_int_equal(m.expires_at, m.joined_at + 365 * CLOCK_DAY_S);
    Card card = register_card(r, m.serial);
    assert_true(text_eq(card.kind.name_en, T("Youth")));
    Enrolment young = register_person(r, 2);
    young.kind = T("youth"), young.fee_paise = 500, young.birth_year = 2007;
    register_refused(r, register_enrol(r, &young, &enrolled), INVALID, "birth_year",
                     "kind_too_young");
    young.birth_year = 2006;
    register_must(r, register_enrol(r, &young, &enrolled));
    Enrolment unknown = register_person(r, 3);
    unknown.kind = T("royal");
    register_refused(r, register_enrol(r, &unknown, &enrolled), INVALID, "kind",
                     "membership_kind_unknown");
    register_must(r, register_write(r, close_one, &kind));
    Enrolment late = register_person(r, 4);
    late.kind = T("youth"), late.fee_paise = 500;
    register_refused(r, register_enrol(r, &late, &enrolled), INVALID, "kind",
                     "membership_kind_closed");
    MembershipKind ordinary = {.kind = T("ordinary")};
    register_refused(r, register_write(r, close_one, &ordinary), CONFLICT, "kind",
                     "membership_kind_last");
}

static Member with_term(Register *r, int which) {
    Enrolment e = register_person(r, which);
    Enrolled enrolled;
    e.kind = T("youth"), e.fee_paise = 500;
    register_must(r, register_enrol(r, &e, &enrolled));
    return register_member_at(r, enrolled.serial);
}

static Status renew(Ctx *ctx, void *member) { return member_term_renew(ctx, member); }

static Status expire(Ctx *ctx, void *done) {
    return register_due(ctx, &member_term_over, DUE_MAX, done);
}

static int expires(Register *r) {
    DueDone d;
    register_must(r, register_write(r, expire, &d));
    return d.done;
}

typedef struct Asking {
    Check read, check;
} Asking;

static Status look(Ctx *ctx, void *argument) {
    Asking *asking = argument;
    return check_look(ctx, &asking->read, &asking->check);
}

static CheckVerdict verdict(Register *r, Text code) {
    Asking asking = {0};
    register_must(r, check_read(&r->ctx, code, &asking.read));
    register_must(r, register_read(r, look, &asking));
    return asking.check.verdict;
}

static void renews_from_the_end_or_from_now(void **state) {
    Register *r = *state;
    MembershipKind kind = youth();
    register_must(r, register_write(r, add, &kind));
    Member m = with_term(r, 1);
    Text before = register_card(r, m.serial).check_code;
    int64_t end = m.expires_at;
    assert_false(member_term_may_renew(&r->ctx, &m, &kind));
    r->ctx.now_s = end - 30 * CLOCK_DAY_S;
    assert_true(member_term_may_renew(&r->ctx, &m, &kind));
    Tally tally = register_tally(r, "IN");
    register_must(r, register_write(r, renew, &m));
    m = register_member_at(r, m.serial);
    assert_int_equal(m.expires_at, end + 365 * CLOCK_DAY_S);
    assert_int_equal(m.card_issue, 2);
    Tally after = register_tally(r, "IN");
    assert_memory_equal(&tally, &after, sizeof tally);
    assert_int_equal(verdict(r, before), CHECK_REISSUED);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'renew'"), 1);
    r->ctx.now_s = m.expires_at + 5 * CLOCK_DAY_S; /* in the grace */
    register_must(r, register_write(r, renew, &m));
    assert_int_equal(m.expires_at, r->ctx.now_s + 365 * CLOCK_DAY_S);
    register_agrees(r);
    Member stale = m;
    register_must(r, register_write(r, renew, &m));
    register_refused(r, register_write(r, renew, &stale), CONFLICT, NULL,
                     "member_changed_meanwhile");
    Member life = register_member(r, 2);
    register_refused(r, register_write(r, renew, &life), CONFLICT, NULL, "renew_for_life");
    register_change(r, &m, MEMBER_ENDED);
    register_refused(r, register_write(r, renew, &m), CONFLICT, NULL, "member_state_refused");
}

static void expires_after_the_grace(void **state) {
    Register *r = *state;
    MembershipKind kind = youth();
    register_must(r, register_write(r, add, &kind));
    Member m = with_term(r, 1), kept = with_term(r, 2), life = register_member(r, 3);
    Text code = register_card(r, m.serial).check_code;
    register_change(r, &kept, MEMBER_SUSPENDED);
    r->ctx.now_s = m.expires_at + 15 * CLOCK_DAY_S - 1;
    assert_int_equal(expires(r), 0);
    assert_int_equal(register_tally(r, "UP-174").members, 3);
    assert_int_equal(verdict(r, code), CHECK_EXPIRED);
    r->ctx.now_s++;
    assert_int_equal(expires(r), 1);
    assert_int_equal(expires(r), 0);
    assert_int_equal(register_tally(r, "UP-174").members, 2);
    assert_int_equal(register_tally(r, "IN").ended, 1);
    assert_int_equal(register_day(r, "UP-174").ended, 1);
    assert_int_equal(verdict(r, code), CHECK_EXPIRED);
    assert_int_equal(register_member_at(r, kept.serial).state, MEMBER_SUSPENDED);
    assert_int_equal(register_member_at(r, life.serial).state, MEMBER_CONFIRMED);
    register_agrees(r);
    m = register_member_at(r, m.serial);
    assert_int_equal(m.state, MEMBER_EXPIRED);
    assert_true(member_term_may_renew(&r->ctx, &m, &kind));
    register_must(r, register_write(r, renew, &m));
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_CONFIRMED);
    assert_int_equal(register_tally(r, "UP-174").members, 3);
    assert_int_equal(register_day(r, "UP-174").ended, 0);
    assert_int_equal(verdict(r, register_card(r, m.serial).check_code), CHECK_VALID);
    register_agrees(r);
    r->ctx.now_s = m.expires_at + 400 * CLOCK_DAY_S;
    assert_int_equal(expires(r), 1);
    m = register_member_at(r, m.serial);
    register_change(r, &m, MEMBER_ENDED); /* counted as ended before: not twice */
    assert_int_equal(register_tally(r, "IN").ended, 1);
    register_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(keeps_kinds_as_they_are_given),
        WITH_REGISTER(lets_join_with_an_open_kind_of_ones_age),
        WITH_REGISTER(renews_from_the_end_or_from_now),
        WITH_REGISTER(expires_after_the_grace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
