/* Every statement of queries/ fits the schema. */
#include "store_test.h"

static void every_statement_prepares(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Status status = store_prepare_all(store, &folder->ctx);
    if (status != OK) print_error("%s\n", folder->ctx.detail);
    assert_int_equal(status, OK);
    assert_true(QUERY_COUNT > 0);
    store_close(store);
}

static void a_wrong_statement_is_named(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Tx *tx = NULL;
    StoreOptions options = {.data_dir = folder->path, .mode = STORE_COMMAND};
    assert_int_equal(connection_open(&folder->ctx, &options, CONNECTION_READER, &tx), OK);
    Query *q = connection_query(tx, &folder->ctx, "flawed", "SELECT one FROM nowhere");
    bool row;
    assert_int_equal(query_row(q, &row), IO);
    assert_int_equal(query_column_int(q, 0), 0);
    assert_int_equal(query_done(q), IO);
    assert_string_equal(folder->ctx.detail, "flawed: no such table: nowhere");
    connection_close(tx);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_statement_prepares, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_wrong_statement_is_named, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
