/* Books of receipts by holder and financial year. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/receipt.h"

static void a_year_begins_on_the_first_of_april_in_india(void **state) {
    (void)state;
    int64_t begins = clock_day_of(2027, 4, 1) * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S;
    assert_int_equal(receipt_financial_year(begins - 1, CLOCK_INDIA_OFFSET_S), 2026);
    assert_int_equal(receipt_financial_year(begins, CLOCK_INDIA_OFFSET_S), 2027);
    /* in London it is still March then */
    assert_int_equal(receipt_financial_year(begins, 0), 2026);
    int64_t january = clock_day_of(2027, 1, 1) * CLOCK_DAY_S;
    assert_int_equal(receipt_financial_year(january, CLOCK_INDIA_OFFSET_S), 2026);
}

typedef struct Taking {
    const char *holder;
    Receipt receipt;
    int64_t unit_id;
    Text text;
} Taking;

static Status take(Ctx *ctx, void *argument) {
    Taking *t = argument;
    TRY(receipt_next(ctx, text_of(t->holder), ctx->now_s, &t->receipt, &t->unit_id));
    t->text = receipt_text(ctx, &t->receipt);
    return OK;
}

static void takes(Register *r, const char *holder, const char *wanted) {
    Taking t = {.holder = holder};
    register_must(r, register_write(r, take, &t));
    assert_string_equal(arena_cstr(r->arena, t.text), wanted);
}

static void every_holder_has_a_book_a_year(void **state) {
    Register *r = *state;
    takes(r, "server", "GKC/26-27/B001/0001");
    takes(r, "server", "GKC/26-27/B001/0002");
    takes(r, "token:7", "GKC/26-27/B002/0001");
    takes(r, "server", "GKC/26-27/B001/0003");
    r->ctx.now_s = clock_day_of(2027, 4, 1) * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S - 1;
    takes(r, "token:7", "GKC/26-27/B002/0002");
    r->ctx.now_s++;
    takes(r, "token:7", "GKC/27-28/B003/0001");
    takes(r, "server", "GKC/27-28/B004/0001");
    takes(r, "token:7", "GKC/27-28/B003/0002");
    /* a slip of March typed in late goes to its own year's book */
    r->ctx.now_s--;
    takes(r, "token:7", "GKC/26-27/B002/0003");
}

static void writes_centuries_and_long_numbers(void **state) {
    Register *r = *state;
    Receipt receipt = {.book = 1234, .number = 56789, .financial_year = 2099};
    assert_string_equal(arena_cstr(r->arena, receipt_text(&r->ctx, &receipt)),
                        "GKC/99-00/B1234/56789");
}

static void a_token_writes_in_its_own_book(void **state) {
    Register *r = *state;
    register_member(r, 1);
    register_act_as_token(r, 7, "UP");
    register_member(r, 2);
    register_act_as_token(r, 8, "UP");
    register_member(r, 3);
    register_member(r, 4);
    assert_int_equal(register_int(r, "SELECT count(*) FROM receipt_book"), 3);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment p JOIN receipt_book b "
                                     "ON b.book = p.book WHERE p.taken_by = b.holder OR "
                                     "(p.taken_by = 'operator' AND b.holder = 'server')"), 4);
    assert_int_equal(register_int(r, "SELECT receipt FROM payment ORDER BY serial DESC LIMIT 1"),
                     2);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_begins_on_the_first_of_april_in_india),
        WITH_REGISTER(every_holder_has_a_book_a_year),
        WITH_REGISTER(writes_centuries_and_long_numbers),
        WITH_REGISTER(a_token_writes_in_its_own_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
