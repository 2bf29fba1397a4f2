/* The disk that forgets does forget, and does keep: else the tests of power cuts prove nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include <sqlite3.h>

#include "forgetful_vfs.h"

static sqlite3 *open_db(const char *pragmas) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2("/nowhere/x.db", &db,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, FORGETFUL_VFS),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, pragmas, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static int run(sqlite3 *db, const char *sql) { return sqlite3_exec(db, sql, NULL, NULL, NULL); }

static int64_t number(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
    int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    (void)sqlite3_finalize(statement);
    return value;
}

static void close_db(sqlite3 *db) { assert_int_equal(sqlite3_close(db), SQLITE_OK); }

static const char *const WAL_FULL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
static const char *const WAL_OFF = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF";
/* Its commit is a deletion, which only EXTRA syncs. */
static const char *const JOURNAL_FULL = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL";
static const char *const JOURNAL_EXTRA =
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA";

/* Two rows, a cut, a reboot: how many are there? */
static int64_t rows_after_cut(const char *pragmas, ForgetfulLoss loss, uint64_t seed) {
    forgetful_start(seed);
    sqlite3 *db = open_db(WAL_FULL);
    assert_int_equal(run(db, "CREATE TABLE t (a)"), SQLITE_OK);
    close_db(db);
    db = open_db(pragmas);
    assert_int_equal(run(db, "INSERT INTO t VALUES (1)"), SQLITE_OK);
    assert_int_equal(run(db, "INSERT INTO t VALUES (2)"), SQLITE_OK);
    forgetful_cut_at(1);
    assert_int_equal(run(db, "INSERT INTO t VALUES (3)"), SQLITE_IOERR);
    assert_true(forgetful_is_cut());
    assert_int_not_equal(run(db, "SELECT * FROM t"), SQLITE_OK);
    close_db(db);
    forgetful_reboot(loss);
    db = open_db("");
    int64_t rows = number(db, "SELECT count(*) FROM t");
    assert_int_equal(number(db, "SELECT count(*) FROM pragma_integrity_check('t') "
                                "WHERE integrity_check = 'ok'"), 1);
    close_db(db);
    return rows;
}

static void synced_rows_stay_and_unsynced_go(void **state) {
    (void)state;
    assert_int_equal(rows_after_cut(WAL_FULL, FORGETFUL_ALL, 1), 2);
    assert_int_equal(rows_after_cut(JOURNAL_EXTRA, FORGETFUL_ALL, 1), 2);
    assert_int_equal(rows_after_cut(JOURNAL_FULL, FORGETFUL_ALL, 1), 1);
    assert_int_equal(rows_after_cut(WAL_OFF, FORGETFUL_ALL, 1), 0);
    int64_t lost = 0, kept = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        assert_true(rows_after_cut(WAL_FULL, FORGETFUL_SOME, seed) >= 2);
        int64_t rows = rows_after_cut(WAL_OFF, FORGETFUL_SOME, seed);
        lost += rows < 2;
        kept += rows >= 1;
    }
    assert_true(lost > 0);
    assert_true(kept > 0);
}

static void pages_are_torn(void **state) {
    (void)state;
    int damaged = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        forgetful_start(seed);
        sqlite3 *db = open_db("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        (void)run(db, "CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(20000))");
        close_db(db);
        forgetful_reboot(FORGETFUL_SOME);
        db = open_db("");
        damaged += number(db, "SELECT length(a) FROM t") != 20000 ||
                   number(db, "SELECT count(*) FROM pragma_integrity_check "
                              "WHERE integrity_check = 'ok'") != 1;
        close_db(db);
    }
    assert_true(damaged > 10);
}

static void a_full_disk_refuses(void **state) {
    (void)state;
    forgetful_start(3);
    sqlite3 *db = open_db(WAL_FULL);
    assert_int_equal(run(db, "CREATE TABLE t (a)"), SQLITE_OK);
    forgetful_limit(forgetful_used());
    assert_int_equal(run(db, "INSERT INTO t VALUES (zeroblob(100000))"), SQLITE_FULL);
    forgetful_limit(0);
    assert_int_equal(run(db, "INSERT INTO t VALUES (zeroblob(100000))"), SQLITE_OK);
    close_db(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synced_rows_stay_and_unsynced_go),
        cmocka_unit_test(pages_are_torn),
        cmocka_unit_test(a_full_disk_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
