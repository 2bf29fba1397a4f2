/* Renewals: another term for each fee that is proved, once, however the money comes. */
#include "treasury_test.h"
#include "chance.h"

#include "base/clock.h"
#include "domain/check.h"
#include "domain/denial.h"
#include "domain/member_term.h"
#include "domain/payment_cash.h"

enum { TERM = 365, RENEW = 30, GRACE = 15 };

static void sets_a_term(Register *r) {
    register_run(r, "UPDATE membership_kind SET term_days = 365, renew_days = 30, grace_days = 15 "
                    "WHERE kind = 'ordinary'");
}

static void days_pass(Register *r, int days) { r->ctx.now_s += days * CLOCK_DAY_S; }

typedef struct Renewing {
    Member member;
    FeeOrder order;
} Renewing;

static Status order_apply(Ctx *ctx, void *argument) {
    Renewing *re = argument;
    return fee_order_for_renewal(ctx, &re->member, &re->order);
}

static PaymentIn money(Register *r, const FeeOrder *o, const char *id, int64_t paise) {
    return (PaymentIn){.source = T("demo"), .external_id = text_of(id), .at = r->ctx.now_s,
                       .amount_paise = paise, .utr = T(""), .gateway_order = T(""),
                       .problem = T(""), .reference = fee_order_reference(&r->ctx, o->id)};
}

static int64_t end_of(Register *r, int64_t serial) {
    return register_member_at(r, serial).expires_at;
}

static void runs_from_the_confirmation(void **state) {
    Register *r = *state;
    sets_a_term(r);
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder order = treasury_order(r, &serial, 1);
    days_pass(r, 20);
    (void)treasury_pays(r, money(r, &order, "pay_1", REGISTER_FEE_PAISE), NULL);
    Member m = register_member_at(r, serial);
    assert_int_equal(m.confirmed_at, r->ctx.now_s);
    assert_int_equal(m.expires_at, r->ctx.now_s + TERM * CLOCK_DAY_S);
    days_pass(r, 1); /* suspended and taken up again: the term stays */
    register_change(r, &m, MEMBER_SUSPENDED);
    register_change(r, &m, MEMBER_CONFIRMED);
    assert_int_equal(end_of(r, serial), m.expires_at);
    treasury_agrees(r);
}

static void opens_with_the_window_of_its_kind(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1);
    Renewing re = {.member = m};
    days_pass(r, TERM - RENEW - 1);
    register_refused(r, register_write(r, order_apply, &re), CONFLICT, NULL, "renew_not_now");
    days_pass(r, 1);
    FeeOrder order = treasury_renewal(r, m.serial);
    assert_int_equal(order.amount_paise, REGISTER_FEE_PAISE);
    assert_int_equal(treasury_renewal(r, m.serial).id, order.id); /* looking again makes no other */
    register_run(r, "UPDATE membership_kind SET fee_paise = 2000 WHERE kind = 'ordinary'");
    FeeOrder dearer = treasury_renewal(r, m.serial);
    assert_int_not_equal(dearer.id, order.id);
    assert_int_equal(dearer.amount_paise, 2000);
    register_run(r, "UPDATE membership_kind SET fee_paise = 0 WHERE kind = 'ordinary'");
    register_refused(r, register_write(r, order_apply, &re), CONFLICT, NULL, "renew_free");
}

static void extends_once_for_one_payment(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1);
    days_pass(r, TERM - 10);
    FeeOrder order = treasury_renewal(r, m.serial);
    PaymentIn paid = money(r, &order, "pay_1", REGISTER_FEE_PAISE);
    for (int i = 0; i < 3; i++) {
        bool is_new;
        (void)treasury_pays(r, paid, &is_new);
        assert_int_equal(is_new, i == 0);
        Member now = register_member_at(r, m.serial);
        assert_int_equal(now.expires_at, m.expires_at + TERM * CLOCK_DAY_S);
        assert_int_equal(now.card_issue, 2);
    }
    PaymentIn twice = treasury_pays(r, money(r, &order, "pay_2", REGISTER_FEE_PAISE), NULL);
    assert_true(text_eq(twice.problem, T("double"))); /* somebody decides, nothing is extended */
    assert_int_equal(end_of(r, m.serial), m.expires_at + TERM * CLOCK_DAY_S);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'renew'"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 2); /* two receipts */
    treasury_agrees(r);
}

static Status expire(Ctx *ctx, void *done) {
    return register_due(ctx, &member_term_over, DUE_MAX, done);
}

static int expired_now(Register *r) {
    DueDone d;
    register_must(r, register_write(r, expire, &d));
    return d.done;
}

typedef struct Looking {
    Check read, check;
} Looking;

static Status look(Ctx *ctx, void *argument) {
    Looking *l = argument;
    return check_look(ctx, &l->read, &l->check);
}

static CheckVerdict verdict(Register *r, int64_t serial) {
    Card card = register_card(r, serial);
    Looking l;
    register_must(r, check_read(&r->ctx, card.check_code, &l.read));
    register_must(r, register_read(r, look, &l));
    return l.check.verdict;
}

static void waits_for_who_says_to_have_paid(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1), other = register_member(r, 2);
    days_pass(r, TERM + GRACE - 1);
    assert_int_equal(verdict(r, m.serial), CHECK_EXPIRED);
    FeeOrder order = treasury_renewal(r, m.serial);
    (void)treasury_claim(r, order.id, "123456789012");
    assert_int_equal(verdict(r, m.serial), CHECK_PROVISIONAL);
    days_pass(r, 10);
    assert_int_equal(expired_now(r), 1); /* the other one */
    assert_int_equal(register_member_at(r, other.serial).state, MEMBER_EXPIRED);
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_CONFIRMED);
    PaymentIn credit = money(r, &order, "line 1", REGISTER_FEE_PAISE);
    credit.source = T("bank"), credit.reference = T(""), credit.utr = T("123456789012");
    (void)treasury_pays(r, credit, NULL);
    assert_int_equal(end_of(r, m.serial), r->ctx.now_s + TERM * CLOCK_DAY_S);
    assert_int_equal(verdict(r, m.serial), CHECK_VALID);
    treasury_agrees(r);
}

static void takes_up_who_had_expired(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1);
    days_pass(r, TERM + GRACE);
    assert_int_equal(expired_now(r), 1);
    assert_int_equal(register_tally(r, "UP-174").members, 0);
    FeeOrder order = treasury_renewal(r, m.serial);
    (void)treasury_pays(r, money(r, &order, "pay_1", REGISTER_FEE_PAISE), NULL);
    Member now = register_member_at(r, m.serial);
    assert_int_equal(now.state, MEMBER_CONFIRMED);
    assert_int_equal(now.expires_at, r->ctx.now_s + TERM * CLOCK_DAY_S);
    assert_int_equal(register_tally(r, "UP-174").members, 1);
    treasury_agrees(r);
}

typedef struct Cash {
    Text target;
    int64_t paise;
    FeeOrder order;
} Cash;

static Status take_cash(Ctx *ctx, void *argument) {
    Cash *c = argument;
    return payment_cash_take(ctx, c->target, c->paise, TEXT_NONE, &c->order);
}

static Text number_of(Register *r, int64_t serial) {
    Member m = register_member_at(r, serial);
    char *number = ARENA_ARRAY(r->arena, char, NUMBER_TEXT_MAX);
    return (Text){number, number_text(&m.number, number)};
}

static Status make_order(Ctx *ctx, void *order) { return fee_order_make(ctx, order); }

typedef struct Standing {
    FeeOrder order;
    FeeStanding standing;
} Standing;

static Status read_standing(Ctx *ctx, void *argument) {
    Standing *s = argument;
    return fee_order_standing(ctx, &s->order, &s->standing);
}

static FeeStanding standing_of(Register *r, int64_t order) {
    Standing s = {.order = treasury_order_now(r, order)};
    register_must(r, register_read(r, read_standing, &s));
    return s.standing;
}

static Status deny(Ctx *ctx, void *member) { return denial_record(ctx, member); }
static Status take_back(Ctx *ctx, void *member) { return denial_withdraw(ctx, member); }

typedef struct Deciding {
    int64_t id;
    bool restores;
} Deciding;

static Status decide(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, d->id, &order));
    return d->restores ? fee_order_restore(ctx, &order, T("seen"))
                       : fee_order_reject(ctx, &order, T("no such transfer"));
}

static void decides(Register *r, int64_t order, bool restores) {
    register_must(r, register_write(r, decide, &(Deciding){order, restores}));
}

/* What a member and the register look like, wherever somebody reads it. */
static void stands(Register *r, int64_t serial, MemberState state, CheckVerdict said) {
    bool counts = state != MEMBER_EXPIRED;
    assert_int_equal(register_member_at(r, serial).state, state);
    assert_int_equal(verdict(r, serial), said);
    Tally t = register_tally(r, "UP-174");
    assert_int_equal(t.members, counts);
    assert_int_equal(t.ended, !counts);
    assert_int_equal(t.provisional, state == MEMBER_PROVISIONAL);
    assert_int_equal(t.fee_proved, counts);
    treasury_agrees(r);
}

static Member expired_one(Register *r) {
    sets_a_term(r);
    Member m = register_member(r, 1);
    days_pass(r, TERM + GRACE + 20);
    assert_int_equal(expired_now(r), 1);
    stands(r, m.serial, MEMBER_EXPIRED, CHECK_EXPIRED);
    return m;
}

static void who_expired_and_claims_has_a_card_at_once(void **state) {
    Register *r = *state;
    Member m = expired_one(r);
    FeeOrder order = treasury_renewal(r, m.serial);
    stands(r, m.serial, MEMBER_EXPIRED, CHECK_EXPIRED); /* an order says nothing yet */
    (void)treasury_claim(r, order.id, "123456789012");
    stands(r, m.serial, MEMBER_PROVISIONAL, CHECK_PROVISIONAL);
    assert_int_equal(treasury_renewal(r, m.serial).id, order.id);
    (void)treasury_claim(r, order.id, "123456789013"); /* a wrong number is mended */
    days_pass(r, 100);
    assert_int_equal(expired_now(r), 0); /* a claimed one never lapses by itself */
    stands(r, m.serial, MEMBER_PROVISIONAL, CHECK_PROVISIONAL);
    Card shown = register_card(r, m.serial);
    PaymentIn credit = money(r, &order, "line 1", REGISTER_FEE_PAISE);
    credit.source = T("bank"), credit.reference = T(""), credit.utr = T("123456789013");
    days_pass(r, 1);
    assert_true(text_eq(treasury_pays(r, credit, NULL).state, T("settled")));
    stands(r, m.serial, MEMBER_CONFIRMED, CHECK_VALID);
    assert_int_equal(end_of(r, m.serial), r->ctx.now_s + TERM * CLOCK_DAY_S);
    assert_int_equal(register_card(r, m.serial).member.card_issue, shown.member.card_issue + 1);
    Looking old;
    register_must(r, check_read(&r->ctx, shown.signed_code, &old.read));
    register_must(r, register_read(r, look, &old)); /* the one without a date is replaced */
    assert_int_equal(old.check.verdict, CHECK_REISSUED);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment"), 2);
}

static void a_claim_that_was_not_true_ends_it_again(void **state) {
    Register *r = *state;
    Member m = expired_one(r);
    FeeOrder order = treasury_renewal(r, m.serial);
    (void)treasury_claim(r, order.id, "123456789012");
    decides(r, order.id, false);
    stands(r, m.serial, MEMBER_EXPIRED, CHECK_EXPIRED);
    decides(r, order.id, true);
    stands(r, m.serial, MEMBER_PROVISIONAL, CHECK_PROVISIONAL);
    decides(r, order.id, false);
    (void)treasury_claim(r, order.id, "123456789013"); /* the right number this time */
    stands(r, m.serial, MEMBER_PROVISIONAL, CHECK_PROVISIONAL);
    register_run(r, "UPDATE fee_order SET state = 'open'"); /* should a claim ever go otherwise */
    assert_int_equal(expired_now(r), 1);
    stands(r, m.serial, MEMBER_EXPIRED, CHECK_EXPIRED);
    Cash c = {.target = number_of(r, m.serial), .paise = REGISTER_FEE_PAISE};
    (void)treasury_claim(r, order.id, "123456789014");
    register_must(r, register_write(r, take_cash, &c)); /* claimed, and then brought in cash */
    stands(r, m.serial, MEMBER_CONFIRMED, CHECK_VALID);
}

/* Of two claims one is enough; what an order of old says of the first fee means nothing. */
static void stays_while_any_claim_is_open(void **state) {
    Register *r = *state;
    sets_a_term(r);
    int64_t serials[] = {treasury_applicant(r, 1), treasury_applicant(r, 2)};
    FeeOrder both = treasury_order(r, serials, 2);
    (void)treasury_claim(r, both.id, "111111111111");
    FeeOrder alone = treasury_order(r, serials, 1);
    (void)treasury_pays(r, money(r, &alone, "pay_1", REGISTER_FEE_PAISE), NULL);
    days_pass(r, TERM + GRACE + 1);
    assert_int_equal(expired_now(r), 1); /* not the other, whose first fee is claimed */
    assert_int_equal(register_member_at(r, serials[1]).state, MEMBER_PROVISIONAL);
    FeeOrder first = treasury_renewal(r, serials[0]);
    (void)treasury_claim(r, first.id, "222222222222");
    register_run(r, "UPDATE membership_kind SET fee_paise = 2000 WHERE kind = 'ordinary'");
    FeeOrder again = {.people = 1, .serials = {serials[0]}, .fees = {2000}, .renews = {true}};
    register_must(r, register_write(r, make_order, &again));
    (void)treasury_claim(r, again.id, "333333333333");
    decides(r, first.id, false);
    assert_int_equal(register_member_at(r, serials[0]).state, MEMBER_PROVISIONAL);
    decides(r, both.id, false);
    assert_int_equal(register_member_at(r, serials[0]).state, MEMBER_PROVISIONAL);
    assert_int_equal(register_member_at(r, serials[1]).state, MEMBER_REJECTED);
    FeeStanding standing = standing_of(r, both.id);
    assert_int_equal(standing.confirmed, 1);
    assert_int_equal(standing.unproved_paise, REGISTER_FEE_PAISE);
    decides(r, again.id, false);
    assert_int_equal(register_member_at(r, serials[0]).state, MEMBER_EXPIRED);
    treasury_agrees(r);
}

static void a_denial_meanwhile_hides_no_payment(void **state) {
    Register *r = *state;
    Member m = expired_one(r);
    FeeOrder order = treasury_renewal(r, m.serial);
    (void)treasury_claim(r, order.id, "123456789012");
    m = register_member_at(r, m.serial);
    register_must(r, register_write(r, deny, &m));
    (void)treasury_pays(r, money(r, &order, "pay_1", REGISTER_FEE_PAISE), NULL);
    m = register_member_at(r, m.serial);
    assert_int_equal(m.state, MEMBER_SUSPENDED);
    register_must(r, register_write(r, take_back, &m));
    stands(r, m.serial, MEMBER_CONFIRMED, CHECK_VALID);
}

static void is_paid_in_cash(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1);
    int64_t joins = treasury_applicant(r, 2);
    Cash c = {.target = number_of(r, joins), .paise = 500};
    register_refused(r, register_write(r, take_cash, &c), INVALID, "cash", "cash_differs");
    c.paise = REGISTER_FEE_PAISE;
    register_must(r, register_write(r, take_cash, &c));
    assert_int_equal(register_member_at(r, joins).state, MEMBER_CONFIRMED);
    c.target = number_of(r, m.serial);
    register_refused(r, register_write(r, take_cash, &c), CONFLICT, NULL, "renew_not_now");
    days_pass(r, TERM - 5);
    register_must(r, register_write(r, take_cash, &c));
    assert_int_equal(end_of(r, m.serial), m.expires_at + TERM * CLOCK_DAY_S);
    c.target = fee_order_reference(&r->ctx, c.order.id);
    register_refused(r, register_write(r, take_cash, &c), CONFLICT, NULL, "order_paid");
    assert_int_equal(treasury_balance(r, "cash:server"), 3 * REGISTER_FEE_PAISE);
    FeeOrder other = treasury_renewal(r, joins);
    (void)treasury_pays(r, money(r, &other, "part", 100), NULL);
    c.target = number_of(r, joins);
    register_refused(r, register_write(r, take_cash, &c), CONFLICT, NULL, "cash_beside");
    register_act_as_token(r, 7, "BR");
    register_refused(r, register_write(r, take_cash, &c), NOT_FOUND, "order", "payment_target");
    r->ctx.actor.can = CAN_READ_MEMBER;
    ctx_forget_errors(&r->ctx);
    register_refused(r, register_write(r, take_cash, &c), DENIED, NULL, "unit_not_yours");
    treasury_agrees(r);
}

/* Who left meanwhile is not renewed; the money waits for somebody's decision. */
static void keeps_the_money_of_who_left(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Member m = register_member(r, 1);
    days_pass(r, TERM - 1);
    FeeOrder order = treasury_renewal(r, m.serial);
    register_change(r, &m, MEMBER_ENDED);
    PaymentIn p = treasury_pays(r, money(r, &order, "pay_1", REGISTER_FEE_PAISE), NULL);
    assert_true(text_eq(p.state, T("open")) && text_eq(p.problem, T("late")));
    assert_int_equal(register_member_at(r, m.serial).state, MEMBER_ENDED);
    treasury_agrees(r);
}

/* Whatever comes, how often and in what parts: as many terms as full fees, and the books say so. */
static void a_year(Register *r, int64_t serial, int year, uint64_t *random) {
    int64_t end = end_of(r, serial);
    r->ctx.now_s = end - chance_next(random) % RENEW * CLOCK_DAY_S;
    FeeOrder order = treasury_renewal(r, serial);
    int parts = 1 + (int)(chance_next(random) % 3);
    int64_t left = REGISTER_FEE_PAISE;
    for (int part = 0; part < parts; part++) {
        bool all = part == parts - 1;
        int64_t paise = all ? left : 1 + chance_next(random) % (left / 2);
        left -= paise;
        Text id = arena_printf(r->arena, "pay_%d_%d", year, part);
        PaymentIn p = money(r, &order, arena_cstr(r->arena, id), paise);
        for (uint32_t again = chance_next(random) % 3 + 1; again; again--)
            (void)treasury_pays(r, p, NULL);
        if (!all && chance_next(random) % 2) (void)treasury_claim(r, order.id, "999999999999");
        assert_int_equal(end_of(r, serial), all ? end + TERM * CLOCK_DAY_S : end);
    }
}

static void renews_for_years(uint32_t seed) {
    enum { YEARS = 12 };
    void *made;
    uint64_t random = seed;
    assert_int_equal(register_make(&made), 0);
    Register *r = made;
    sets_a_term(r);
    Member m = register_member(r, 1);
    for (int year = 0; year < YEARS; year++) {
        a_year(r, m.serial, year, &random);
        treasury_agrees(r);
    }
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'renew'"),
                     YEARS);
    assert_int_equal(end_of(r, m.serial), m.expires_at + YEARS * TERM * CLOCK_DAY_S);
    assert_int_equal(register_remove(&made), 0);
}

static void extends_as_often_as_it_was_paid(void **state) {
    static const uint32_t seeds[] = {1, 20261121, 4711};
    (void)state;
    (void)chance_seeds(seeds, sizeof seeds / sizeof *seeds, renews_for_years);
}

static void repeats_the_answer_of_the_first_day(void **state) {
    Register *r = *state;
    sets_a_term(r);
    Enrolment e = register_person(r, 1);
    e.idempotency_key = T("one"), e.body = T("the body");
    Enrolled first, again;
    register_must(r, register_enrol(r, &e, &first));
    days_pass(r, TERM - 1);
    FeeOrder order = treasury_renewal(r, first.serial);
    (void)treasury_pays(r, money(r, &order, "pay_1", REGISTER_FEE_PAISE), NULL);
    Enrolment same = register_person(r, 1);
    same.idempotency_key = T("one"), same.body = T("the body");
    register_must(r, register_enrol(r, &same, &again));
    assert_true(again.replayed);
    assert_int_equal(again.expires_at, first.expires_at);
}

#define MADE_TEST(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        MADE_TEST(runs_from_the_confirmation),
        MADE_TEST(opens_with_the_window_of_its_kind),
        MADE_TEST(extends_once_for_one_payment),
        MADE_TEST(waits_for_who_says_to_have_paid),
        MADE_TEST(takes_up_who_had_expired),
        MADE_TEST(who_expired_and_claims_has_a_card_at_once),
        MADE_TEST(a_claim_that_was_not_true_ends_it_again),
        MADE_TEST(stays_while_any_claim_is_open),
        MADE_TEST(a_denial_meanwhile_hides_no_payment),
        MADE_TEST(is_paid_in_cash),
        MADE_TEST(keeps_the_money_of_who_left),
        cmocka_unit_test_teardown(extends_as_often_as_it_was_paid, chance_tells_the_seed),
        MADE_TEST(repeats_the_answer_of_the_first_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
