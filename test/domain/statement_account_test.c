/* The account of a statement, from what stands above its table. */
#include "bare_ctx.h"

#include "domain/statement_account.h"
#include "domain/statement_columns.h"

static void digits(const char *above, const char *wanted) {
    Ctx *ctx = &bare_ctx;
    Statement s;
    StatementColumns columns;
    Text file = arena_printf(ctx->arena,
                             "%s\nDate,Description,Debit,Credit,Balance\n"
                             "21/11/2026,UPI/50100012349999,,11.00,11.00\n",
                             above);
    assert_int_equal(statement_read(ctx, T("x.csv"), file, &s), OK);
    statement_columns_guess(&s, &columns);
    assert_int_equal(columns.header, *above ? 1 : 0);
    Text found = statement_account_digits(&s, columns.header);
    assert_string_equal(arena_cstr(ctx->arena, found), wanted);
}

static void is_found_as_banks_write_it(void **state) {
    (void)state;
    digits("Account No,XXXXXX4321", "4321");
    digits("Statement of Account Number: 50100012345678 from 1 to 30", "5678");
    digits("A/C No :- ****9876 (Savings)", "9876");
    digits("खाता संख्या,00112233445", "3445");
}

static void nothing_else_is_taken_for_it(void **state) {
    (void)state;
    digits("", "");
    digits("Account of the club 2026", "");
    digits("Customer 50100012345678,Phone 9876543210", "");
    digits("Account No,12", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_found_as_banks_write_it, bare_ctx_make,
                                        bare_ctx_remove),
        cmocka_unit_test_setup_teardown(nothing_else_is_taken_for_it, bare_ctx_make,
                                        bare_ctx_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
