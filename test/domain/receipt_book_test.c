/* Books, numbers, cash in hand: every number is used or void, every rupee is somewhere. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/pay_way.h"
#include "domain/receipt_book.h"
#include "domain/refund.h"

typedef struct Act {
    int64_t id, until, paise;
    Text text, reason;
    ReceiptBook book, *books;
    ReceiptOwed *owed;
    Receipt receipt;
    Member member;
    int count;
} Act;

static Status collector_issues(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_issue(ctx, a->id, T("UP"), a->until, T("Ramesh"), &a->book);
}

/* Whoever acts: the office issues. */
static Status issue(Ctx *ctx, void *argument) {
    Actor before = ctx->actor;
    ctx->actor = (Actor){.kind = ACTOR_OPERATOR};
    Status status = collector_issues(ctx, argument);
    ctx->actor = before;
    return status;
}

static Status spoil(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_void(ctx, a->id, a->reason, &a->receipt);
}

static Status deposit(Ctx *ctx, void *argument) {
    Act *a = argument;
    return receipt_book_deposit(ctx, a->id, a->paise, T("bank"), T("slip"));
}

static Status look(Ctx *ctx, void *argument) {
    Act *a = argument;
    TRY(receipt_book_list(ctx, 0, 10, &a->books, &a->count));
    int count;
    TRY(receipt_book_owed(ctx, 10, &a->owed, &count));
    a->id = count;
    return OK;
}

static Status give_back(Ctx *ctx, void *argument) {
    Act *a = argument;
    return refund_member(ctx, &a->member, a->text, a->reason, &a->paise);
}

static void enrols_as(Register *r, int64_t token, int which) {
    Actor before = r->ctx.actor;
    register_act_as_token(r, token, "UP");
    (void)register_member(r, which);
    r->ctx.actor = before;
}

static void has_token(Register *r) {
    register_run(r, "INSERT INTO api_token (org_id, token_id, secret_hash, role, unit_id, label, "
                    "created_at, expires_at) VALUES (1, 7, x'00', 'enroller', 1, 'Ramesh', 0, 9)");
}

static void every_number_is_used_or_void(void **state) {
    Register *r = *state;
    Act a = {.id = 7};
    register_refused(r, register_write(r, issue, &a), NOT_FOUND, NULL, "token_not_found");
    has_token(r);
    register_must(r, register_write(r, issue, &a));
    enrols_as(r, 7, 1);
    Act v = {.id = a.book.book, .reason = T("")};
    register_refused(r, register_write(r, spoil, &v), INVALID, "reason", "reason_form");
    v.reason = T("Torn slip");
    register_must(r, register_write(r, spoil, &v));
    assert_string_equal(arena_cstr(r->arena, receipt_text(&r->ctx, &v.receipt)),
                        "GKC/26-27/B001/0002");
    enrols_as(r, 7, 2);
    assert_int_equal(register_int(r, "SELECT max(receipt) FROM payment"), 3);
    Act l = {0};
    register_must(r, register_read(r, look, &l));
    assert_int_equal(l.count, 1);
    assert_int_equal(l.books[0].used, 2);
    assert_int_equal(l.books[0].voided, 1);
    assert_int_equal(register_int(r, "SELECT next_number - 1 - (SELECT count(*) FROM payment) - "
                                     "(SELECT count(*) FROM receipt_void) FROM receipt_book"), 0);
    v.id = 99;
    register_refused(r, register_write(r, spoil, &v), NOT_FOUND, NULL, "book_not_found");
    treasury_agrees(r);
}

static void a_book_ends_when_it_was_issued_until(void **state) {
    Register *r = *state;
    Act a = {.id = 7, .until = r->ctx.now_s + CLOCK_DAY_S};
    has_token(r);
    register_must(r, register_write(r, issue, &a));
    enrols_as(r, 7, 1);
    register_set_day(r, 2026, 11, 23);
    register_act_as_token(r, 7, "UP");
    Enrolment e = register_person(r, 2);
    Enrolled enrolled;
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, NULL, "book_over");
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 1);
    register_refused(r, register_write(r, issue, &a), INVALID, "until", "book_until");
    a.until = r->ctx.now_s + CLOCK_DAY_S;
    register_must(r, register_write(r, issue, &a));
    register_must(r, register_enrol(r, &e, &enrolled));
    treasury_agrees(r);
}

/* The right to take money ends when it was given until, whatever year it is. */
static void a_new_year_gives_no_new_right(void **state) {
    Register *r = *state;
    Act a = {.id = 7, .until = clock_day_of(2027, 4, 11) * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S};
    has_token(r);
    register_must(r, register_write(r, issue, &a));
    enrols_as(r, 7, 1);
    register_set_day(r, 2027, 4, 10);
    enrols_as(r, 7, 2);
    assert_int_equal(register_int(r, "SELECT count(*) FROM receipt_book b JOIN receipt_book c ON "
                                     "c.book = b.book + 1 AND c.unit_id = b.unit_id AND c.until = "
                                     "b.until AND c.label = b.label AND b.label = 'Ramesh' AND "
                                     "c.financial_year = b.financial_year + 1"), 1);
    register_act_as_token(r, 7, "UP");
    Enrolment e = register_person(r, 3);
    Enrolled enrolled;
    register_set_day(r, 2027, 4, 11);
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, NULL, "book_over");
    register_set_day(r, 2028, 4, 1);
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, NULL, "book_over");
    treasury_agrees(r);
}

static void cash_is_taken_where_the_book_is_for(void **state) {
    Register *r = *state;
    Act a = {.id = 7};
    has_token(r);
    register_must(r, register_write(r, issue, &a)); /* for UP */
    register_act_as_token(r, 7, "IN");
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.unit_code = T("BR-203");
    register_refused(r, register_enrol(r, &e, &enrolled), DENIED, NULL, "book_elsewhere");
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 0);
    e.unit_code = T("UP-174");
    register_must(r, register_enrol(r, &e, &enrolled));
    treasury_agrees(r);
}

/* Whoever made the token said by that where and how long its holder may enrol, and take cash. */
static void a_first_book_is_as_the_token(void **state) {
    Register *r = *state;
    register_run(r, "INSERT INTO api_token (org_id, token_id, secret_hash, role, unit_id, label, "
                    "created_at, expires_at) SELECT 1, 7, x'00', 'enroller', unit_id, 'Ramesh', 0, "
                    "4000000000 FROM unit WHERE code = 'UP'");
    enrols_as(r, 7, 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM receipt_book b JOIN unit u USING "
                                     "(unit_id) WHERE u.code = 'UP' AND b.until = 4000000000 AND "
                                     "b.label = 'Ramesh' AND b.issued_at IS NULL"), 1);
    treasury_agrees(r);
}

/* The office's books of what comes by bank do not end with anybody's right to take cash. */
static void money_of_the_bank_needs_no_collector(void **state) {
    Register *r = *state;
    Act a = {.id = 7, .until = r->ctx.now_s + CLOCK_DAY_S};
    has_token(r);
    register_must(r, register_write(r, issue, &a));
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder order = treasury_order(r, &serial, 1);
    register_set_day(r, 2026, 11, 26);
    register_act_as_token(r, 7, "IN");
    PaymentIn paid = {.source = T("bank"), .external_id = T("a"),
                      .amount_paise = REGISTER_FEE_PAISE,
                      .reference = fee_order_reference(&r->ctx, order.id)};
    (void)treasury_pays(r, paid, NULL);
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment p JOIN receipt_book b USING "
                                     "(org_id, book) WHERE b.holder = 'server'"), 1);
    treasury_agrees(r);
}

static Status close_cash(Ctx *ctx, void *argument) {
    (void)argument;
    return pay_way_set(ctx, PAY_WAY_CASH, &(PayWay){.is_on = false});
}

static void nobody_takes_cash_that_is_closed(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    register_must(r, register_write(r, close_cash, NULL));
    register_refused(r, register_enrol(r, &e, &enrolled), CONFLICT, NULL, "pay_way_off");
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), 0);
    e.fee_method = FEE_PENDING;
    register_must(r, register_enrol(r, &e, &enrolled));
}

/* Books and what is handed in are the office's to write down. */
static void a_collector_issues_nothing(void **state) {
    Register *r = *state;
    Act a = {.id = 7, .paise = 100, .reason = T("Torn")};
    has_token(r);
    register_must(r, register_write(r, issue, &a));
    enrols_as(r, 7, 1);
    register_act_as_token(r, 7, "IN");
    const Apply acts[] = {collector_issues, spoil, deposit};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        register_refused(r, register_write(r, acts[i], &a), DENIED, NULL, "treasury_not_yours");
    treasury_agrees(r);
}

static void who_deposits_short_still_owes(void **state) {
    Register *r = *state;
    enrols_as(r, 7, 1);
    enrols_as(r, 7, 2);
    register_set_day(r, 2026, 11, 25);
    Act d = {.id = 7, .paise = 2 * REGISTER_FEE_PAISE + 1};
    register_refused(r, register_write(r, deposit, &d), CONFLICT, "amount", "deposit_too_much");
    d.paise = 2000;
    register_must(r, register_write(r, deposit, &d));
    Act l = {0};
    register_must(r, register_read(r, look, &l));
    assert_int_equal(l.id, 1);
    assert_int_equal(l.owed[0].paise, 200);
    assert_int_equal(l.owed[0].since, clock_day_of(2026, 11, 21));
    d.paise = 200;
    register_must(r, register_write(r, deposit, &d));
    register_must(r, register_read(r, look, &l));
    assert_int_equal(l.id, 0);
    assert_int_equal(treasury_balance(r, "bank"), 2 * REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

static void a_fee_given_back_ends_the_membership(void **state) {
    Register *r = *state;
    Act a = {.member = register_member(r, 1), .text = T("fees"), .reason = T("Paid by mistake")};
    register_refused(r, register_write(r, give_back, &a), INVALID, "from", "refund_account");
    a.text = T("cash:server");
    register_must(r, register_write(r, give_back, &a));
    assert_int_equal(a.paise, REGISTER_FEE_PAISE);
    Member m = register_member_at(r, a.member.serial);
    assert_int_equal(m.state, MEMBER_REFUNDED);
    assert_true(text_eq(m.fee_proof, T("refunded")));
    assert_int_equal(treasury_balance(r, "cash:server"), 0);
    assert_int_equal(treasury_balance(r, "refunds"), REGISTER_FEE_PAISE);
    assert_int_equal(register_tally(r, "IN").members, 0);
    assert_int_equal(register_tally(r, "IN").ended, 1);
    register_refused(r, register_write(r, give_back, &a), CONFLICT, NULL, "member_state_refused");
    treasury_agrees(r);
    Member again = register_member(r, 1); /* the phone's place is free */
    assert_int_not_equal(again.serial, m.serial);
    treasury_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(every_number_is_used_or_void),
        WITH_REGISTER(a_book_ends_when_it_was_issued_until),
        WITH_REGISTER(a_new_year_gives_no_new_right),
        WITH_REGISTER(cash_is_taken_where_the_book_is_for),
        WITH_REGISTER(a_first_book_is_as_the_token),
        WITH_REGISTER(money_of_the_bank_needs_no_collector),
        WITH_REGISTER(nobody_takes_cash_that_is_closed),
        WITH_REGISTER(a_collector_issues_nothing),
        WITH_REGISTER(who_deposits_short_still_owes),
        WITH_REGISTER(a_fee_given_back_ends_the_membership),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
