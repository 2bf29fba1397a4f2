/* One's trouble is never another's: disk full, a busy register, an interruption, a bug. */
#include "given.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forgetful_vfs.h"

static Store *open_on(Folder *folder, StoreMode mode, const char *vfs, int busy_wait_ms) {
    Store *store = NULL;
    StoreOptions options = {.data_dir = folder->path, .mode = mode, .vfs = vfs,
                            .busy_wait_ms = busy_wait_ms};
    assert_int_equal(store_open(&folder->ctx, &options, &store), OK);
    return store;
}

static void fill(Given *works, int count, int64_t pin) {
    memset(works, 0, (size_t)count * sizeof *works);
    for (int i = 0; i < count; i++) {
        works[i].apply = row_insert;
        works[i].row = (Row){pin, i};
    }
}

static Status insert_much(Ctx *ctx, void *argument) {
    const Row *row = argument;
    static char much[300000];
    memset(much, 'x', sizeof much);
    Query *q = connection_query(ctx->tx, ctx, "insert_much",
                                "INSERT INTO pin_place (pin, place, district, offices) "
                                "VALUES (:pin, :place, :district, 0)");
    query_int(q, "pin", row->pin);
    query_int(q, "place", row->place);
    query_text(q, "district", text_bytes(much, sizeof much));
    return query_run(q);
}

static void a_full_disk(void **state) {
    Folder *folder = *state;
    forgetful_start(1);
    Store *store = open_on(folder, STORE_CREATE, FORGETFUL_VFS, 0);
    Given works[5];
    fill(works, 5, 1);
    works[2].apply = insert_much;
    forgetful_limit(forgetful_used() + 120000);
    given_run(store, works, 5);
    given_expect(works, 5, "ooioo");
    assert_string_equal(message_in(&works[2].ctx), "store_disk_full");
    assert_int_equal(rows_of(store, &folder->ctx, 1), 4);
    given_free(works, 5);
    /* to the last byte: everybody is told, reading goes on */
    forgetful_limit(forgetful_used());
    fill(works, 2, 2);
    works[0].apply = works[1].apply = insert_much;
    given_run(store, works, 2);
    given_expect(works, 2, "ii");
    given_free(works, 2);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 4);
    /* room again: as if nothing had been */
    forgetful_limit(0);
    fill(works, 2, 3);
    works[0].apply = insert_much;
    given_run(store, works, 2);
    given_expect(works, 2, "oo");
    given_free(works, 2);
    assert_int_equal(rows_of(store, &folder->ctx, 2), 0);
    assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
    store_close(store);
}

/* One write or sync fails, whichever: the others never notice, and what was acknowledged stays. */
static void a_disk_that_fails_once(void **state) {
    Folder *folder = *state;
    int failed_at = 0;
    for (int operation = 1; operation <= 24; operation++) {
        forgetful_start((uint64_t)operation);
        Store *store = open_on(folder, STORE_CREATE, FORGETFUL_VFS, 0);
        Given works[5];
        fill(works, 5, 1);
        forgetful_fail_at(operation);
        given_run(store, works, 5);
        given_expect(works, 5, "ooooo");
        failed_at += works[0].runs > 1;
        given_free(works, 5);
        forgetful_cut_at(1);
        store_close(store);
        forgetful_reboot(FORGETFUL_ALL);
        store = open_on(folder, STORE_COMMAND, FORGETFUL_VFS, 0);
        assert_int_equal(rows_of(store, &folder->ctx, 1), 5);
        assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
        store_close(store);
        arena_clear(folder->arena);
    }
    assert_true(failed_at >= 3); /* its pages' writes and the sync */
}

static sqlite3 *take_register(Folder *folder) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/register.db", folder->path);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void a_busy_register(void **state) {
    Folder *folder = *state;
    Store *store = open_on(folder, STORE_CREATE, NULL, 30);
    sqlite3 *other = take_register(folder);
    Given works[3];
    fill(works, 3, 1);
    given_run_at_once(store, works, 3);
    given_expect(works, 3, "bbb");
    assert_string_equal(message_in(&works[1].ctx), "store_busy");
    given_free(works, 3);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 9}), BUSY);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 0); /* reading goes on */
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    fill(works, 3, 1);
    given_run(store, works, 3);
    given_expect(works, 3, "ooo");
    given_free(works, 3);
    store_close(store);
}

static void *let_go(void *argument) {
    (void)usleep(100000);
    (void)sqlite3_close(argument);
    return NULL;
}

static void a_short_wait_is_no_trouble(void **state) {
    Folder *folder = *state;
    Store *store = open_on(folder, STORE_CREATE, NULL, 0);
    sqlite3 *other = take_register(folder);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, let_go, other), 0);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 1}), OK);
    assert_int_equal(pthread_join(thread, NULL), 0);
    store_close(store);
}

static int interruptions;

/* Interrupts itself as often as interruptions says, in the middle of a statement. */
static Status insert_interrupted(Ctx *ctx, void *argument) {
    TRY(row_insert(ctx, argument));
    if (interruptions == 0) return OK;
    interruptions--;
    Query *q = connection_query(ctx->tx, ctx, "many", "SELECT name FROM sqlite_schema");
    bool row;
    TRY(query_row(q, &row));
    connection_interrupt(ctx->tx);
    const Row *given = argument;
    TRY(row_insert(ctx, &(Row){given->pin, given->place + 1000}));
    return query_done(q);
}

static void an_interruption(void **state) {
    Folder *folder = *state;
    Store *store = open_on(folder, STORE_CREATE, NULL, 0);
    Given works[4];
    fill(works, 4, 1);
    works[1].apply = insert_interrupted;
    interruptions = 2; /* in the batch, and in the first try alone */
    given_run(store, works, 4);
    given_expect(works, 4, "oooo");
    assert_int_equal(works[1].runs, 3);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 4);
    given_free(works, 4);
    fill(works, 4, 2);
    works[1].apply = insert_interrupted;
    interruptions = 1000; /* a bounded number of tries */
    given_run(store, works, 4);
    given_expect(works, 4, "oboo");
    assert_int_equal(rows_of(store, &folder->ctx, 2), 3);
    given_free(works, 4);
    store_close(store);
}

/* Goes on after the transaction was lost, as no apply may: nothing of it may stay. */
static Status overlook_errors(Ctx *ctx, void *argument) {
    const Row *row = argument;
    interruptions = 1;
    (void)insert_interrupted(ctx, argument);
    (void)row_insert(ctx, &(Row){row->pin, row->place + 2000});
    return OK;
}

static void overlooked_errors(void **state) {
    Folder *folder = *state;
    Store *store = open_on(folder, STORE_CREATE, NULL, 0);
    Given works[3];
    fill(works, 3, 1);
    works[1].apply = overlook_errors;
    given_run(store, works, 3);
    assert_int_equal(works[0].work.status, OK);
    assert_int_equal(works[1].work.status, IO);
    assert_int_equal(works[2].work.status, OK);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 2);
    given_free(works, 3);
    store_close(store);
}

static Status begin_twice(Ctx *ctx, void *argument) {
    (void)argument;
    (void)query_begin(ctx, Q_STORE_PING);
    (void)query_begin(ctx, Q_STORE_PING);
    return OK;
}

static Status bind_unknown(Ctx *ctx, void *argument) {
    (void)argument;
    query_int(query_begin(ctx, Q_STORE_PING), "nothing", 1);
    return OK;
}

static Status forget_binding(Ctx *ctx, void *argument) {
    (void)argument;
    return query_run(connection_query(ctx->tx, ctx, "test", "SELECT :one"));
}

static Status leave_early(Ctx *ctx, void *argument) {
    (void)argument;
    bool row;
    return query_row(query_begin(ctx, Q_STORE_PING), &row);
}

/* Does lane_read abort on it? In a child, as it may. */
static bool aborts(Folder *folder, Apply apply) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        (void)dup2(nowhere, STDERR_FILENO);
        Store *store = NULL;
        StoreOptions options = {.data_dir = folder->path, .mode = STORE_READ_ONLY};
        if (store_open(&folder->ctx, &options, &store) != OK) _exit(9);
        _exit(lane_read(store, &folder->ctx, apply, &(Row){1, 1}) == OK ? 0 : 8);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status)) assert_int_equal(WEXITSTATUS(status), 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void bugs_are_assertions(void **state) {
    Folder *folder = *state;
    store_close(open_on(folder, STORE_CREATE, NULL, 0));
    assert_true(aborts(folder, begin_twice));
    assert_true(aborts(folder, bind_unknown));
    assert_true(aborts(folder, forget_binding));
    assert_true(aborts(folder, row_insert)); /* a write inside a read */
    assert_false(aborts(folder, leave_early));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_full_disk), TEST(a_disk_that_fails_once), TEST(a_busy_register),
        TEST(a_short_wait_is_no_trouble), TEST(an_interruption), TEST(overlooked_errors),
        TEST(bugs_are_assertions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
