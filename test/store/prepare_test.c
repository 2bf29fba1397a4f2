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

/* With 1 for every parameter: how it is looked up does not depend on what for. */
static Text explained(Arena *arena, const char *sql) {
    char *out = ARENA_ARRAY(arena, char, strlen(sql) + 1);
    size_t len = 0;
    for (const char *c = sql; *c; c++) {
        bool parameter = c[0] == ':' && c[1] >= 'a' && c[1] <= 'z';
        out[len++] = parameter ? '1' : *c;
        while (parameter && ((c[1] >= 'a' && c[1] <= 'z') || c[1] == '_')) c++;
    }
    return arena_printf(arena, "EXPLAIN QUERY PLAN %.*s", (int)len, out);
}

static bool contains(Arena *arena, Text text, const char *part) {
    return strstr(arena_cstr(arena, text), part);
}

/* Tables that grow with every member are read by these through an index that narrows them down,
 * never the whole of an organisation. */
static void no_scan_of_what_grows(void **state) {
    static const struct {
        QueryId id;
        const char *index;
    } looks[] = {
        {Q_FEE_ORDER_CLAIMED, "fee_order_claimed"}, {Q_PAY_LINK_DUE, "pay_link_by_due"},
        {Q_APPEAL_LIST, "appeal_by_state"},         {Q_APPEAL_OF_ORDER, "appeal_of_order"},
        {Q_PAYMENT_IN_LIST, "payment_in_open"},     {Q_PAYMENT_IN_BY_UTR, "payment_in_by_utr"},
        {Q_OUTBOX_EXPIRE, "outbox_by_due"},
        {Q_PAYMENT_IN_SEEN, "payment_in_by_utr"},   {Q_PAYMENT_IN_OF_ORDER, "payment_in_by_order"},
        {Q_PAYMENT_IN_COUNT_UTR, "payment_in_by_utr"},
        {Q_DESK_WAITING_PAYMENTS, "payment_in_open"},
        {Q_DESK_WAITING_CLAIMS, "fee_order_claimed"},
        {Q_DESK_WAITING_APPEALS, "appeal_by_state"},
        {Q_DESK_WAITING_REFUNDS, "refund_due_open"},
        {Q_DESK_WAITING_DENIALS, "denial_by_state"},
        {Q_DESK_WAITING_CORRECTIONS, "correction_by_state"},
        {Q_DESK_WAITING_ODDITIES, "oddity_by_live"},
        {Q_PAYMENT_IN_LIST_SEEN, "payment_in_seen"}, {Q_PAYMENT_IN_TALLY_SEEN, "payment_in_seen"},
        {Q_PAYMENT_IN_TALLY, "payment_in_open"},    {Q_FEE_ORDER_CLAIM, "payment_in_by_order"},
        {Q_FEE_ORDER_CLAIMED_PAGE, "fee_order_claimed"},
        {Q_STATEMENT_IMPORT_NEXT_COUNTING, "statement_import_by_state"},
        {Q_DENIAL_COUNTS, "denial_by_who"},         {Q_OUTBOX_FIGURES, "outbox_by_end"},
        {Q_PAY_LINK_FIGURES, "pay_link_by_due"},
        {Q_MEMBER_PHOTO_DRAFT_SWEEP, "member_photo_draft"},
        {Q_MEMBER_PHOTO_OFF_SWEEP, "member_photo_off"},
        {Q_MEMBER_UNPAID_BEFORE, "member_unpaid"}, {Q_MEMBER_TERM_OVER, "member_by_expiry"},
    };
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Tx *tx = NULL;
    StoreOptions options = {.data_dir = folder->path, .mode = STORE_COMMAND};
    assert_int_equal(connection_open(&folder->ctx, &options, CONNECTION_WRITER, &tx), OK);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        const QueryText *text = &query_texts[looks[i].id];
        Query *q = connection_query(tx, &folder->ctx, text->name,
                                    explained(folder->arena, text->sqlite).ptr);
        int by_index = 0, whole = 0;
        for (bool row; query_row(q, &row) == OK && row;) {
            Text step = arena_copy(folder->arena, query_column_text(q, 3));
            bool right = contains(folder->arena, step, looks[i].index);
            by_index += right;
            whole += !right && (text_ends_with(step, T("(org_id=?)")) ||
                                text_ends_with(step, T("(org_id=? AND source=?)")));
        }
        assert_int_equal(query_done(q), OK);
        if (!by_index || whole) print_error("%s\n", text->name);
        assert_true(by_index > 0);
        assert_int_equal(whole, 0);
    }
    connection_close(tx);
    store_close(store);
}

static bool ends_whole(Text step) {
    static const char *const inner[] = {"SCAN CONSTANT ROW", "SCAN w", "SCAN o", "SCAN due",
                                        "SCAN wards", "SCAN waiting"}; /* of what is bounded */
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
        if (text_eq(step, text_of(inner[i]))) return false;
    return text_starts_with(step, T("SCAN ")) || text_ends_with(step, T("(org_id=?)")) ||
           text_ends_with(step, T("(org_id=? AND source=?)"));
}

/* Every statement but these narrows down what it reads of a table. */
static void what_reads_whole_tables_is_known(void **state) {
    static const QueryId known[] = {
        /* the last of a key: one step */
        Q_APPEAL_NEXT, Q_CORRECTION_NEXT, Q_DENIAL_NEXT, Q_ODDITY_NEXT, Q_API_TOKEN_NEXT,
        Q_FEE_ORDER_NEXT, Q_PAYMENT_IN_NEXT, Q_UNIT_LAST_ID, Q_AUDIT_INSERT,
        /* an index in its order, up to a limit */
        Q_DENIAL_COUNTS, Q_STATEMENT_IMPORT_LIST, Q_FEE_ORDER_CLAIMED, Q_API_TOKEN_COLLECTORS,
        Q_APPLICATION_DROP, /* by chance, and of no more than APPLICATION_UNFINISHED_MAX */
        Q_DESK_WAITING_CLAIMS, Q_DESK_WAITING_REFUNDS, /* an index of what waits, and no more */
        /* tables of few rows */
        Q_ODDITY_LOOK_READ, Q_ORGANISATION_READ, Q_MEMBERSHIP_KIND_LIST, Q_GATEWAY_TEMPLATE_LIST,
        Q_GATEWAY_TEMPLATE_CLEAR, Q_API_TOKEN_LIST, Q_PAY_WAY_LIST, Q_RECEIPT_BOOK_COUNT,
        Q_UNIT_KIND_LIST, Q_UNIT_SHARE_LIST,
        /* all is added up: only in a read, and only when somebody asks for it */
        Q_MEMBER_COUNT_GROUPS, Q_MEMBER_EVENT_COUNT_DAYS, Q_TALLY_ALL, Q_TALLY_DAY_ALL,
        Q_UNIT_PATHS, Q_ACCOUNT_DAYS, Q_ACCOUNT_BEFORE, Q_ACCOUNT_PROOF, Q_UNIT_SHARE_FEES,
    };
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Tx *tx = NULL;
    StoreOptions options = {.data_dir = folder->path, .mode = STORE_COMMAND};
    assert_int_equal(connection_open(&folder->ctx, &options, CONNECTION_WRITER, &tx), OK);
    int faults = 0;
    for (int id = 0; id < QUERY_COUNT; id++) {
        const QueryText *text = &query_texts[id];
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) is_known |= (int)known[i] == id;
        if (is_known) continue;
        Query *q = connection_query(tx, &folder->ctx, text->name,
                                    explained(folder->arena, text->sqlite).ptr);
        for (bool row; query_row(q, &row) == OK && row;) {
            Text step = arena_copy(folder->arena, query_column_text(q, 3));
            if (!ends_whole(step)) continue;
            print_error("%s: %.*s\n", text->name, TEXT_ARG(step));
            faults++;
        }
        assert_int_equal(query_done(q), OK);
    }
    assert_int_equal(faults, 0);
    connection_close(tx);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_statement_prepares, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(no_scan_of_what_grows, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_reads_whole_tables_is_known, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_wrong_statement_is_named, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
