/* Opening a register, and everything that stands in its way. */
#include "store_test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/migrate.h"

static char *path_in(Folder *folder, const char *name) {
    return arena_cstr(folder->arena, arena_printf(folder->arena, "%s/%s", folder->path, name));
}

static void raw(Folder *folder, const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path_in(folder, "register.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int mode_of(Folder *folder, const char *name) {
    struct stat st;
    assert_int_equal(stat(path_in(folder, name), &st), 0);
    return st.st_mode & 07777;
}

static void making_one(void **state) {
    Folder *folder = *state;
    assert_int_equal(rmdir(folder->path), 0);
    folder_refused(folder, STORE_COMMAND, NOT_FOUND, "store_folder_missing");
    Store *store = folder_open(folder, STORE_CREATE);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 1}), OK);
    assert_int_equal(mode_of(folder, ""), 0700);
    assert_int_equal(mode_of(folder, "register.db"), 0600);
    assert_int_equal(mode_of(folder, "register.db-wal"), 0600);
    assert_string_equal(store_data_dir(store), folder->path);
    store_close(store);
    folder_refused(folder, STORE_CREATE, CONFLICT, "store_exists");
    store = folder_open(folder, STORE_COMMAND);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 1);
    StoreFigures figures;
    store_figures(store, &figures);
    assert_true(figures.database_bytes > 4096);
    store_close(store);
}

static void no_register_there(void **state) {
    Folder *folder = *state;
    folder_refused(folder, STORE_SERVE, NOT_FOUND, "store_not_found");
    folder_refused(folder, STORE_READ_ONLY, NOT_FOUND, "store_not_found");
    assert_int_not_equal(access(path_in(folder, "register.db"), F_OK), 0);
    raw(folder, "CREATE TABLE of_something_else (a)");
    folder_refused(folder, STORE_COMMAND, NOT_FOUND, "store_not_found");
    folder_refused(folder, STORE_CREATE, CONFLICT, "store_exists");
}

static void a_damaged_one(void **state) {
    Folder *folder = *state;
    FILE *file = fopen(path_in(folder, "register.db"), "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++) assert_true(fputs("not a database ", file) >= 0);
    (void)fclose(file);
    folder_refused(folder, STORE_COMMAND, IO, "store_damaged");
    folder_refused(folder, STORE_CREATE, IO, "store_damaged");
}

static void of_another_version(void **state) {
    Folder *folder = *state;
    store_close(folder_open(folder, STORE_CREATE));
    char sql[64];
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)migrate_latest() + 1);
    raw(folder, sql);
    struct stat before, after;
    assert_int_equal(stat(path_in(folder, "register.db"), &before), 0);
    folder_refused(folder, STORE_SERVE, CONFLICT, "store_newer");
    folder_refused(folder, STORE_COMMAND, CONFLICT, "store_newer");
    folder_refused(folder, STORE_READ_ONLY, CONFLICT, "store_newer");
    assert_int_equal(stat(path_in(folder, "register.db"), &after), 0);
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
}

static void two_servers(void **state) {
    Folder *folder = *state;
    store_close(folder_open(folder, STORE_CREATE));
    Store *server = folder_open(folder, STORE_SERVE);
    folder_refused(folder, STORE_SERVE, CONFLICT, "store_server_running");
    /* a verb beside the server: both write, both see */
    Store *verb = folder_open(folder, STORE_COMMAND);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(lane_write(verb, &folder->ctx, row_insert, &(Row){1, i}), OK);
        assert_int_equal(lane_write(server, &folder->ctx, row_insert, &(Row){2, i}), OK);
    }
    assert_int_equal(rows_of(server, &folder->ctx, 1), 20);
    assert_int_equal(rows_of(verb, &folder->ctx, 2), 20);
    store_close(verb);
    store_close(server);
    store_close(folder_open(folder, STORE_SERVE));
}

static Status look_only(Ctx *ctx, void *argument) {
    (void)argument;
    return query_run(query_begin(ctx, Q_STORE_PING));
}

static void reading_only(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 1}), OK);
    store_close(store);
    store = folder_open(folder, STORE_READ_ONLY);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 1);
    assert_int_equal(lane_read(store, &folder->ctx, look_only, NULL), OK);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 2}), IO);
    assert_string_equal(message_in(&folder->ctx), "store_read_only");
    store_close(store);
}

/* Root may write anywhere, so somebody else tries; the exit code tells what went wrong. */
static int as_nobody(Folder *folder) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 10;
    Store *store = NULL;
    StoreOptions options = {.data_dir = folder->path, .mode = STORE_COMMAND};
    if (store_open(&folder->ctx, &options, &store) != IO) return 11;
    if (strcmp(message_in(&folder->ctx), "store_read_only") != 0) return 12;
    ctx_forget_errors(&folder->ctx);
    options.mode = STORE_READ_ONLY;
    if (store_open(&folder->ctx, &options, &store) != OK) return 13;
    if (rows_of(store, &folder->ctx, 1) != 1) return 14;
    store_close(store);
    return 0;
}

static void on_a_read_only_folder(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 1}), OK);
    store_close(store);
    assert_int_equal(chmod(path_in(folder, "register.db"), 0444), 0);
    assert_int_equal(chmod(folder->path, 0555), 0);
    pid_t child = fork();
    if (child == 0) _exit(as_nobody(folder));
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(folder->path, 0700), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void odd_paths(void **state) {
    Folder *folder = *state;
    Folder odd = *folder;
    assert_true(strlen(folder->path) < sizeof odd.path - sizeof "/a?b#c%20 d");
    memcpy(odd.path + strlen(folder->path), "/a?b#c%20 d", sizeof "/a?b#c%20 d");
    Store *store = folder_open(&odd, STORE_CREATE);
    assert_int_equal(lane_write(store, &odd.ctx, row_insert, &(Row){1, 1}), OK);
    assert_int_equal(rows_of(store, &odd.ctx, 1), 1);
    assert_int_equal(access(path_in(&odd, "register.db"), F_OK), 0);
    store_close(store);
}

static void damage_is_found(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, 1}), OK);
    assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
    store_close(store);
    /* an index that does not fit its table */
    raw(folder, "PRAGMA writable_schema = ON;"
                "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
                "WHERE name = 'unit') WHERE name = 'tally'");
    store = folder_open(folder, STORE_COMMAND);
    assert_int_equal(store_check_integrity(store, &folder->ctx), INVALID);
    assert_string_equal(message_in(&folder->ctx), "store_damaged");
    assert_true(strlen(folder->ctx.detail) > 0);
    store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(making_one), TEST(no_register_there), TEST(a_damaged_one),
        TEST(of_another_version), TEST(two_servers), TEST(reading_only),
        TEST(on_a_read_only_folder), TEST(odd_paths), TEST(damage_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
