/* The schema's macros, and what comes of the schema. */
#include "store_test.h"

#include "store/migrate.h"

static void expands(Folder *folder, const char *from, const char *to) {
    assert_string_equal(migrate_expand(folder->arena, text_of(from)), to);
}

static void macros_are_whole_words(void **state) {
    Folder *folder = *state;
    expands(folder, "a INT64, b BYTES", "a INTEGER, b BLOB");
    expands(folder, ") KEYED;", ") STRICT, WITHOUT ROWID;");
    expands(folder, ") STRICTLY", ") STRICT");
    expands(folder, "INT64S _INT64 MYBYTES BYTES_1 keyed", "INT64S _INT64 MYBYTES BYTES_1 keyed");
    expands(folder, "-- INT64\nINT64", "-- INT64\nINTEGER");
    expands(folder, "DEFAULT 'INT64' \"BYTES\" BYTES", "DEFAULT 'INT64' \"BYTES\" BLOB");
    expands(folder, "'open INT64", "'open INT64");
    expands(folder, "-- open INT64", "-- open INT64");
    expands(folder, "", "");
}

typedef struct Schema {
    int64_t version, tables, loose, clustered;
} Schema;

static Status number(Ctx *ctx, const char *sql, int64_t *ret) {
    return query_run_int(connection_query(ctx->tx, ctx, sql, sql), ret);
}

static Status look(Ctx *ctx, void *argument) {
    Schema *schema = argument;
    TRY(connection_version(ctx->tx, ctx, &schema->version));
    TRY(number(ctx, "SELECT count(*) FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'",
               &schema->tables));
    TRY(number(ctx, "SELECT count(*) FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%' "
                    "AND NOT strict", &schema->loose));
    return number(ctx, "SELECT count(*) FROM pragma_table_list WHERE wr", &schema->clustered);
}

static void every_table_is_strict(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Schema schema = {0};
    assert_int_equal(lane_read(store, &folder->ctx, look, &schema), OK);
    assert_int_equal(schema.version, migrate_latest());
    assert_true(schema.version >= 1);
    assert_true(schema.tables > 10);
    assert_true(schema.clustered > 10);
    assert_int_equal(schema.loose, 0);
    store_close(store);
    store = folder_open(folder, STORE_SERVE); /* migrating again changes nothing */
    Schema again = {0};
    assert_int_equal(lane_read(store, &folder->ctx, look, &again), OK);
    assert_memory_equal(&schema, &again, sizeof schema);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(macros_are_whole_words, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_table_is_strict, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
