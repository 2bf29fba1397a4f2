/* What a connection remembers must never be believed longer than it is true. */
#include "store_test.h"

#include "store/kept.h"

typedef struct Asked {
    char label[32]; /* what the kind of membership is called; empty: there is none */
    bool knew;      /* something was remembered under the test's name */
} Asked;

static Status set_label(Ctx *ctx, const char *label) {
    Query *q = query_begin(ctx, Q_MEMBERSHIP_KIND_INSERT);
    query_int(q, "org", 1);
    query_text(q, "kind", text_of(label));
    query_int(q, "renew_days", 0);
    query_int(q, "grace_days", 0);
    query_text(q, "rights", T(""));
    query_text(q, "rights_hi", T(""));
    query_text(q, "name_en", text_of(label));
    query_text(q, "name_hi", T(""));
    query_int(q, "fee_paise", 0);
    query_int(q, "term_days", 0);
    query_int(q, "minimum_age", 0);
    return query_run(q);
}

static Status ask(Ctx *ctx, const char *kind, char *ret_label) {
    Query *q = query_begin(ctx, Q_MEMBERSHIP_KIND_READ);
    query_int(q, "org", 1);
    query_text(q, "kind", text_of(kind));
    bool found;
    TRY(query_row(q, &found));
    ret_label[0] = 0;
    if (found) {
        (void)snprintf(ret_label, 32, "%.*s", TEXT_ARG(query_column_text(q, 1)));
        assert_false(query_column_is_null(q, 3));
        assert_int_equal(query_column_int(q, 3), 0);
        TRY(query_row(q, &found));
        assert_false(found);
    }
    return query_done(q);
}

/* Reads with another statement first, so that there is a snapshot. */
static Status ask_for_life(Ctx *ctx, void *argument) {
    Asked *asked = argument;
    Query *q = query_begin(ctx, Q_UNIT_LAST_ID);
    query_int(q, "org_id", 1);
    int64_t last;
    TRY(query_run_int(q, &last));
    asked->knew = lane_remembered(ctx, T("the test's")).len > 0;
    if (!asked->knew) lane_remember(ctx, T("the test's"), T("worked out"));
    return ask(ctx, "life", asked->label);
}

static Status insert_life(Ctx *ctx, void *argument) {
    (void)argument;
    return set_label(ctx, "life");
}

/* Sees its own change, which is then rolled back. */
static Status insert_and_refuse(Ctx *ctx, void *argument) {
    Asked *asked = argument;
    TRY(ask(ctx, "life", asked->label));
    TRY(set_label(ctx, "life"));
    TRY(ask(ctx, "life", asked->label));
    return fail(ctx, CONFLICT, NULL, "test");
}

static void expect(Folder *folder, Store *store, const char *label, bool knew) {
    Asked asked = {0};
    assert_int_equal(lane_read(store, &folder->ctx, ask_for_life, &asked), OK);
    assert_string_equal(asked.label, label);
    assert_int_equal(asked.knew, knew);
}

static void others_changes_are_seen_at_once(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Store *other = folder_open(folder, STORE_COMMAND); /* as another process has it */
    expect(folder, store, "", false);
    expect(folder, store, "", true);
    assert_int_equal(lane_write(other, &folder->ctx, insert_life, NULL), OK);
    expect(folder, store, "life", false);
    expect(folder, store, "life", true);
    store_close(other);
    store_close(store);
}

static void what_is_rolled_back_was_never_there(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Asked asked = {0};
    expect(folder, store, "", false);
    assert_int_equal(lane_write(store, &folder->ctx, insert_and_refuse, &asked), CONFLICT);
    assert_string_equal(asked.label, "life");
    assert_int_equal(lane_write(store, &folder->ctx, ask_for_life, &asked), OK);
    assert_string_equal(asked.label, "");
    assert_false(asked.knew); /* never in a write */
    assert_int_equal(lane_write(store, &folder->ctx, insert_life, NULL), OK);
    assert_int_equal(lane_write(store, &folder->ctx, ask_for_life, &asked), OK);
    assert_string_equal(asked.label, "life");
    store_close(store);
}

static void the_table_stays_within_its_bytes(void **state) {
    (void)state;
    Kept *kept = kept_new(4096);
    char key[16];
    static char large[2048];
    KeptColumn columns[2] = {{.type = KEPT_INT, .number = 7},
                             {.type = KEPT_BYTES, .bytes = T("a")}};
    kept_put(kept, T("one"), true, columns, 2);
    const KeptRow *row = kept_get(kept, T("one"));
    assert_non_null(row);
    assert_int_equal(row->columns[0].number, 7);
    assert_true(text_eq(row->columns[1].bytes, T("a")));
    assert_null(kept_get(kept, T("two")));
    columns[1].bytes = text_bytes(large, sizeof large);
    kept_put(kept, T("large"), true, columns, 2);
    assert_null(kept_get(kept, T("large")));
    columns[1].bytes = T("a");
    for (int i = 0; i < 200; i++) {
        (void)snprintf(key, sizeof key, "key %d", i);
        kept_put(kept, text_of(key), true, columns, 2);
        assert_non_null(kept_get(kept, text_of(key)));
    }
    assert_null(kept_get(kept, T("one"))); /* given up for room */
    kept_delete(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_changes_are_seen_at_once, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_was_never_there, folder_make,
                                        folder_remove),
        cmocka_unit_test(the_table_stays_within_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
