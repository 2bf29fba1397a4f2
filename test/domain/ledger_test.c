/* Double entry: what does not balance is refused; balances and the day book say what was posted. */
#include "treasury_test.h"

#include "base/clock.h"

static Status post(Ctx *ctx, void *entry) { return ledger_post(ctx, entry); }

static LedgerEntry entry_of(const char *from, const char *to, int64_t paise) {
    return (LedgerEntry){.kind = T("fee"), .subject = T("member:1"),
                         .lines = {{text_of(to), paise}, {text_of(from), -paise}}, .count = 2};
}

static void refuses_what_does_not_balance(void **state) {
    Register *r = *state;
    LedgerEntry uneven = entry_of("fees", "bank", 1100);
    uneven.lines[1].paise = -1000;
    register_refused(r, register_write(r, post, &uneven), INVALID, NULL, "ledger_unbalanced");
    LedgerEntry nothing = entry_of("fees", "bank", 0);
    register_refused(r, register_write(r, post, &nothing), INVALID, NULL, "ledger_unbalanced");
    LedgerEntry single = {.kind = T("fee"), .lines = {{T("bank"), 5}}, .count = 1};
    register_refused(r, register_write(r, post, &single), INVALID, NULL, "ledger_unbalanced");
    LedgerEntry huge = {.kind = T("fee"), .count = 3,
                        .lines = {{T("bank"), INT64_MAX}, {T("fees"), INT64_MAX}, {T("cash"), 2}}};
    register_refused(r, register_write(r, post, &huge), INVALID, NULL, "ledger_unbalanced");
    assert_int_equal(register_int(r, "SELECT count(*) FROM ledger_entry"), 0);
}

static void refuses_codes_that_are_none(void **state) {
    Register *r = *state;
    static const char *const wrong[] = {"", "Bank", ":cash", "cash:", "cash token", "नक़द"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        LedgerEntry e = entry_of("fees", wrong[i], 1100);
        register_refused(r, register_write(r, post, &e), INVALID, NULL, "ledger_account");
    }
}

typedef struct Reading {
    Text prefix;
    int64_t first, last, after, since;
    LedgerAccount *accounts;
    LedgerEntry *entries;
    int count;
} Reading;

static Status read_accounts(Ctx *ctx, void *argument) {
    Reading *b = argument;
    return ledger_accounts(ctx, b->prefix, b->first, b->last, 10, &b->accounts, &b->count);
}

static Status read_day_book(Ctx *ctx, void *argument) {
    Reading *b = argument;
    return ledger_day_book(ctx, b->first, b->after, 2, &b->entries, &b->count);
}

static Status read_since(Ctx *ctx, void *argument) {
    Reading *b = argument;
    return ledger_owed_since(ctx, b->prefix, &b->since);
}

static int64_t today(const Register *r) { return clock_day(r->ctx.now_s, CLOCK_INDIA_OFFSET_S); }

static void posts(Register *r, const char *from, const char *to, int64_t paise) {
    LedgerEntry e = entry_of(from, to, paise);
    register_must(r, register_write(r, post, &e));
}

static void tells_balances_by_day_and_account(void **state) {
    Register *r = *state;
    posts(r, "fees", "cash:token:7", 1100);
    register_set_day(r, 2026, 11, 22);
    posts(r, "fees", "cash:token:7", 2200);
    posts(r, "cash:token:7", "bank", 1000);
    assert_int_equal(treasury_balance(r, "cash:token:7"), 2300);
    assert_int_equal(treasury_balance(r, "fees"), -3300);
    Reading b = {.prefix = T("cash:"), .first = today(r), .last = today(r)};
    register_must(r, register_read(r, read_accounts, &b));
    assert_int_equal(b.count, 1);
    assert_int_equal(b.accounts[0].opening, 1100);
    assert_int_equal(b.accounts[0].debit, 2200);
    assert_int_equal(b.accounts[0].credit, 1000);
    b.prefix = T("");
    register_must(r, register_read(r, read_accounts, &b));
    assert_int_equal(b.count, 3);
}

static void the_day_book_goes_on_where_it_stopped(void **state) {
    Register *r = *state;
    posts(r, "fees", "bank", 1);
    posts(r, "fees", "bank", 2);
    posts(r, "fees", "gateway", 3);
    Reading b = {.first = today(r)};
    register_must(r, register_read(r, read_day_book, &b));
    assert_int_equal(b.count, 2);
    assert_int_equal(b.entries[1].number, 2);
    assert_int_equal(b.entries[1].lines[0].paise, 2);
    b.after = 2;
    register_must(r, register_read(r, read_day_book, &b));
    assert_int_equal(b.count, 1);
    assert_int_equal(b.entries[0].count, 2);
    assert_true(text_eq(b.entries[0].lines[0].account, T("gateway")));
    assert_int_equal(b.entries[0].lines[1].paise, -3);
}

static void knows_since_when_cash_is_owed(void **state) {
    Register *r = *state;
    Reading b = {.prefix = T("cash:token:7")};
    int64_t first = today(r);
    register_must(r, register_read(r, read_since, &b));
    assert_true(b.since == INT64_MIN);
    posts(r, "fees", "cash:token:7", 1100);
    register_set_day(r, 2026, 11, 23);
    posts(r, "fees", "cash:token:7", 1100);
    register_set_day(r, 2026, 11, 25);
    posts(r, "fees", "cash:token:7", 1100);
    posts(r, "cash:token:7", "bank", 1000);
    register_must(r, register_read(r, read_since, &b));
    assert_int_equal(b.since, first); /* a rupee of the first day is not given on */
    posts(r, "cash:token:7", "bank", 100);
    register_must(r, register_read(r, read_since, &b));
    assert_int_equal(b.since, first + 2);
    posts(r, "cash:token:7", "bank", 2200);
    register_must(r, register_read(r, read_since, &b));
    assert_true(b.since == INT64_MIN);
}

static void fees_in_cash_and_by_the_demo_are_in_the_books(void **state) {
    Register *r = *state;
    (void)register_member(r, 1);
    assert_int_equal(treasury_balance(r, "cash:server"), REGISTER_FEE_PAISE);
    register_act_as_token(r, 7, "UP");
    (void)register_member(r, 2);
    assert_int_equal(treasury_balance(r, "cash:token:7"), REGISTER_FEE_PAISE);
    Enrolment e = register_person(r, 3);
    e.fee_method = FEE_DEMO;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(treasury_balance(r, "gateway"), REGISTER_FEE_PAISE);
    assert_int_equal(register_int(r, "SELECT count(*) FROM ledger_entry e JOIN payment p ON "
                                     "e.subject = 'member:' || p.serial"), 3);
    treasury_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(refuses_what_does_not_balance),
        WITH_REGISTER(refuses_codes_that_are_none),
        WITH_REGISTER(tells_balances_by_day_and_account),
        WITH_REGISTER(the_day_book_goes_on_where_it_stopped),
        WITH_REGISTER(knows_since_when_cash_is_owed),
        WITH_REGISTER(fees_in_cash_and_by_the_demo_are_in_the_books),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
