/* A year's account: what was there, what came and went by month, what is there; and its proof. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/account_year.h"
#include "domain/gateway_payout.h"
#include "domain/receipt_book.h"
#include "domain/refund.h"

typedef struct Reading {
    int64_t year;
    AccountYear found;
} Reading;

static Status read_year(Ctx *ctx, void *argument) {
    Reading *r = argument;
    return account_year_read(ctx, r->year, &r->found);
}

static AccountYear year_of(Register *r, int64_t year) {
    Reading reading = {.year = year};
    register_must(r, register_read(r, read_year, &reading));
    return reading.found;
}

static Status hand_in(Ctx *ctx, void *argument) {
    (void)argument;
    return receipt_book_deposit(ctx, 7, 500, T("bank"), T("slip"));
}

static Status give_back(Ctx *ctx, void *member) {
    int64_t paise;
    return refund_member(ctx, member, T("bank"), T("twice"), &paise);
}

static Status give_rest_back(Ctx *ctx, void *payment) {
    PaymentIn *p = payment;
    return payment_in_refund(ctx, p->id, T("too much"), p);
}

static void enrols_by_collector(Register *r, int which) {
    Actor before = r->ctx.actor;
    register_act_as_token(r, 7, "UP");
    (void)register_member(r, which);
    r->ctx.actor = before;
}

static void a_year_begins_where_the_last_one_ended(void **state) {
    Register *r = *state;
    register_set_day(r, 2026, 3, 31);
    enrols_by_collector(r, 1);
    register_set_day(r, 2026, 4, 1);
    enrols_by_collector(r, 2);
    register_must(r, register_write(r, hand_in, NULL));
    register_set_day(r, 2027, 3, 31);
    Member m = register_member(r, 3);
    AccountYear y = year_of(r, 2026);
    assert_int_equal(y.opening, 1100);
    assert_int_equal(y.kinds[ACCOUNT_COLLECTORS].opening, 1100);
    assert_int_equal(y.kinds[ACCOUNT_COLLECTORS].debit, 1100);
    assert_int_equal(y.kinds[ACCOUNT_COLLECTORS].credit, 500);
    assert_int_equal(y.kinds[ACCOUNT_COLLECTORS].closing, 1700);
    assert_int_equal(y.kinds[ACCOUNT_BANK].closing, 500);
    assert_int_equal(y.kinds[ACCOUNT_OFFICE].closing, 1100);
    assert_int_equal(y.kinds[ACCOUNT_FEES].months[0].credit, 1100);
    assert_int_equal(y.kinds[ACCOUNT_FEES].months[11].credit, 1100);
    assert_int_equal(y.received, 2200);
    assert_int_equal(y.paid, 0);
    assert_int_equal(y.closing, 3300);
    assert_true(y.balances);
    register_set_day(r, 2027, 4, 1);
    register_must(r, register_write(r, give_back, &m));
    assert_int_equal(year_of(r, 2026).closing, 3300);
    y = year_of(r, 2027);
    assert_int_equal(y.opening, 3300);
    assert_int_equal(y.paid, 1100);
    assert_int_equal(y.closing, 2200);
    assert_true(y.balances);
    assert_int_equal(year_of(r, 2025).closing, 1100);
    assert_int_equal(year_of(r, 2024).closing, 0);
    treasury_agrees(r);
}

/* A fee by bank stands in suspense first: the year received it once. */
static void counts_what_came_by_bank_once(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder order = treasury_order(r, &serial, 1);
    PaymentIn p = {.source = T("bank"), .external_id = T("a"), .at = r->ctx.now_s,
                   .amount_paise = 1500, .reference = fee_order_reference(&r->ctx, order.id)};
    p = treasury_pays(r, p, NULL);
    AccountYear y = year_of(r, 2026);
    assert_int_equal(y.received, 1500); /* a fee of 1100, and 400 too much */
    assert_int_equal(y.paid, 0);
    assert_true(y.balances);
    register_set_day(r, 2027, 4, 2); /* in the next year that goes back */
    register_must(r, register_write(r, give_rest_back, &p));
    y = year_of(r, 2027);
    assert_int_equal(y.received, 0);
    assert_int_equal(y.paid, 400);
    assert_true(y.balances);
    treasury_agrees(r);
}

static void says_when_the_books_do_not_agree(void **state) {
    Register *r = *state;
    (void)register_member(r, 1);
    assert_true(year_of(r, 2026).balances);
    register_run(r, "UPDATE ledger_day SET debit = debit + 1 WHERE account = 'cash:server'");
    assert_false(year_of(r, 2026).balances);
    register_run(r, "UPDATE ledger_day SET debit = debit - 1 WHERE account = 'cash:server'");
    register_run(r, "UPDATE payment SET amount_paise = amount_paise + 1");
    assert_false(year_of(r, 2026).balances);
}

static void is_for_the_whole_organisation_alone(void **state) {
    Register *r = *state;
    Reading reading = {.year = 2026};
    register_act_as_token(r, 7, "UP");
    register_refused(r, register_read(r, read_year, &reading), DENIED, NULL, "treasury_not_yours");
    register_act_as_token(r, 7, "IN");
    register_refused(r, register_read(r, read_year, &reading), DENIED, NULL, "treasury_not_yours");
    r->ctx.actor.can |= CAN_ADMINISTER;
    register_must(r, register_read(r, read_year, &reading));
    reading.year = 1999;
    register_refused(r, register_read(r, read_year, &reading), INVALID, "year", "account_year");
}

/* Whatever happened: the sums of the months are the year's, each year begins where the last one
 * ended, and what is for nothing known is nowhere. */
static void any_history_adds_up(void **state) {
    Register *r = *state;
    uint32_t random = 20261122;
    for (int i = 1; i <= 60; i++) {
        random = random * 1664525 + 1013904223;
        register_set_day(r, 2025 + (int)(random >> 30), 1 + (int)((random >> 20) % 12),
                         1 + (int)((random >> 10) % 28));
        int what = (int)((random >> 8) % 4);
        if (what == 0) enrols_by_collector(r, i);
        if (what == 1) (void)register_member(r, i);
        if (what == 2) {
            Member m = register_member(r, i);
            register_must(r, register_write(r, give_back, &m));
        }
        char id[16];
        (void)snprintf(id, sizeof id, "line-%d", i);
        if (what == 3)
            (void)treasury_pays(r, (PaymentIn){.source = T("bank"), .external_id = text_of(id),
                                               .at = r->ctx.now_s, .amount_paise = 700 + i},
                                NULL);
    }
    int64_t money = 0;
    for (int64_t year = 2024; year <= 2029; year++) {
        AccountYear y = year_of(r, year);
        assert_true(y.balances);
        assert_int_equal(y.opening, money);
        assert_int_equal(y.kinds[ACCOUNT_OTHER].debit + y.kinds[ACCOUNT_OTHER].credit, 0);
        for (int kind = 0; kind < ACCOUNT_KIND_COUNT; kind++) {
            int64_t moved = 0;
            for (int m = 0; m < ACCOUNT_YEAR_MONTHS; m++)
                moved += y.kinds[kind].months[m].debit - y.kinds[kind].months[m].credit;
            assert_int_equal(y.kinds[kind].opening + moved, y.kinds[kind].closing);
        }
        money = y.closing;
    }
    treasury_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(a_year_begins_where_the_last_one_ended),
        WITH_REGISTER(counts_what_came_by_bank_once),
        WITH_REGISTER(says_when_the_books_do_not_agree),
        WITH_REGISTER(is_for_the_whole_organisation_alone),
        WITH_REGISTER(any_history_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
