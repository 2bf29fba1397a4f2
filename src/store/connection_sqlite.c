/* Connections to DATA/register.db: WAL, synchronous=FULL, so that a commit is on disk. Nothing
 * here knows of queues or threads; each connection is used by one thread at a time. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/buffer.h"
#include "store/connection_sqlite.h"
#include "store/migrate.h"

enum {
    BUSY_WAIT_MS = 10000,
    BUSY_STEP_MS = 2,
    CONNECTION_ARENA_BYTES = 64 << 10,
    KEPT_ALL_BYTES = 1 << 20,
    CHECKPOINT_WAIT_MS = 50,
    CHECKPOINT_PAGES = 4000, /* 16 MB of log */
    WRITER_CACHE_KIB = 65536,
    READER_CACHE_KIB = 4096,
    READER_MMAP_BYTES = 1 << 30,
    LOG_KEPT_BYTES = 64 << 20,
    APPLICATION_ID = 0x53616e67, /* "Sang", in the file's header */
};

static const char *const control_texts[CONTROL_COUNT] = {
    [BEGIN_READ] = "BEGIN", [BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT", [ROLLBACK] = "ROLLBACK",
};

static const char *message_of(Tx *tx, int code, Status *ret_status) {
    int error = tx->db ? sqlite3_system_errno(tx->db) : 0;
    *ret_status = IO;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        *ret_status = BUSY;
        return "store_busy";
    case SQLITE_CONSTRAINT:
        *ret_status = CONFLICT;
        return "store_conflict";
    case SQLITE_FULL:
        return "store_disk_full";
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return "store_read_only";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return "store_damaged";
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (error == ENOSPC || error == EDQUOT || error == EFBIG) return "store_disk_full";
        if (error == EROFS || error == EACCES || error == EPERM) return "store_read_only";
        return (code & 0xff) == SQLITE_CANTOPEN ? "store_not_readable" : "store_failed";
    default:
        return "store_failed";
    }
}

Status connection_sqlite_fail(Tx *tx, Ctx *ctx, const char *what, int code) {
    Status status;
    const char *message = message_of(tx, code, &status);
    /* The engine's own sentence may quote what was bound; of a constraint it names columns only. */
    const char *sentence = (code & 0xff) == SQLITE_CONSTRAINT ? sqlite3_errmsg(tx->db)
                                                              : sqlite3_errstr(code);
    (void)snprintf(ctx->detail, sizeof ctx->detail, "%s: %s (%d)", what, sentence, code);
    if (tx->inside && (status == IO || status == BUSY || sqlite3_get_autocommit(tx->db)))
        tx->lost = true;
    return fail(ctx, status, NULL, message);
}

static Status run_control(Tx *tx, Ctx *ctx, enum ControlStatement which) {
    sqlite3_stmt *statement = tx->control[which];
    int code = SQLITE_OK;
    if (!statement)
        code = sqlite3_prepare_v3(tx->db, control_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                                  &tx->control[which], NULL);
    if (code == SQLITE_OK) {
        statement = tx->control[which];
        (void)sqlite3_step(statement);
        code = sqlite3_reset(statement);
    }
    if (code == SQLITE_OK) return OK;
    return ctx ? connection_sqlite_fail(tx, ctx, control_texts[which], code) : IO;
}

/* The snapshot that was kept is still what a new one would be. */
static bool take_up_rest(Tx *tx) {
    if (!tx->rests) return false;
    LogState now = log_index_state(tx->log_index);
    if (memcmp(&now, &tx->log_state, sizeof now) != 0) {
        connection_let_go(tx);
        return false;
    }
    tx->rests = false;
    tx->inside = true;
    return true;
}

Status connection_begin(Tx *tx, Ctx *ctx, bool write) {
    assert(!tx->inside);
    assert(!write || !tx->read_only);
    if (take_up_rest(tx)) return OK;
    if (tx->log_index) tx->log_state = log_index_state(tx->log_index);
    TRY(run_control(tx, ctx, write ? BEGIN_WRITE : BEGIN_READ));
    tx->inside = true;
    tx->lost = false;
    tx->kept_checked = tx->kept_off = false;
    if (write) (void)connection_keeps(tx); /* before its own commit makes a version of its own */
    return OK;
}

static unsigned data_version(Tx *tx) {
    unsigned version = 0;
    (void)sqlite3_file_control(tx->db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

/* Without a snapshot the version would be that of the last one. */
bool connection_keeps(Tx *tx) {
    if (tx->kept_off) return false;
    if (tx->kept_checked) return true;
    if (sqlite3_txn_state(tx->db, "main") == SQLITE_TXN_NONE) return false;
    unsigned version = data_version(tx);
    if (version != tx->kept_version) kept_forget(tx->kept);
    tx->kept_version = version;
    return tx->kept_checked = true;
}

void connection_stop_keeping(Tx *tx) {
    kept_forget(tx->kept);
    tx->kept_off = true;
}

Status connection_commit(Tx *tx, Ctx *ctx) {
    assert(tx->inside && !tx->open);
    Status status = tx->lost ? fail(ctx, IO, NULL, "store_failed") : run_control(tx, ctx, COMMIT);
    if (status != OK) {
        connection_rollback(tx);
        return status;
    }
    tx->inside = false;
    if (!tx->read_only) tx->kept_version = data_version(tx); /* its own changes left kept true */
    return OK;
}

void connection_rollback(Tx *tx) {
    connection_end_queries(tx);
    if (!sqlite3_get_autocommit(tx->db)) (void)run_control(tx, NULL, ROLLBACK);
    tx->inside = tx->lost = false;
}

void connection_end_queries(Tx *tx) {
    while (tx->open) {
        Status known = query_done(tx->open);
        (void)known;
    }
}

/* The log's state was read before the snapshot was taken: a commit in between only makes the next
 * read take a new one. */
Status connection_rest(Tx *tx, Ctx *ctx) {
    assert(tx->read_only);
    bool known = tx->log_index && !tx->lost && !tx->kept_off;
    if (!known || sqlite3_txn_state(tx->db, "main") != SQLITE_TXN_READ) {
        if (!tx->log_index) tx->log_index = log_index_of(tx->db);
        return connection_commit(tx, ctx);
    }
    assert(tx->inside && !tx->open);
    tx->inside = false;
    tx->rests = true;
    return OK;
}

void connection_let_go(Tx *tx) {
    if (!tx->rests) return;
    tx->rests = false;
    connection_rollback(tx);
}

int64_t connection_changes(const Tx *tx) { return sqlite3_total_changes64(tx->db); }

bool connection_is_lost(const Tx *tx) {
    return tx->lost || (tx->inside && sqlite3_get_autocommit(tx->db));
}

static int note_log_length(void *argument, sqlite3 *db, const char *name, int pages) {
    (void)db;
    (void)name;
    ((Tx *)argument)->wal_pages = pages;
    return SQLITE_OK;
}

bool connection_wants_checkpoint(const Tx *tx) { return tx->wal_pages >= tx->checkpoint_at; }

/* RESTART keeps writers of other processes out meanwhile: before 3.51.3, SQLite could lose pages
 * when the log was reset by a commit while it was being folded back ("WAL reset bug"). */
void connection_checkpoint(Tx *tx) {
    int in_log = 0, folded = 0;
    int64_t patience_ms = tx->patience_ms;
    tx->patience_ms = CHECKPOINT_WAIT_MS;
    int code =
        sqlite3_wal_checkpoint_v2(tx->db, "main", SQLITE_CHECKPOINT_RESTART, &in_log, &folded);
    tx->patience_ms = patience_ms;
    /* a reader that stays must not make every batch try again */
    tx->checkpoint_at = CHECKPOINT_PAGES + (code == SQLITE_OK ? 0 : tx->wal_pages);
    if (code == SQLITE_OK) tx->wal_pages = 0;
}

Status connection_script(Tx *tx, Ctx *ctx, const char *sql) {
    connection_stop_keeping(tx);
    int code = sqlite3_exec(tx->db, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK) return OK;
    Status status = connection_sqlite_fail(tx, ctx, "script", code);
    /* nothing is bound in a script: its flaw may be quoted */
    (void)snprintf(ctx->detail, sizeof ctx->detail, "script: %s", sqlite3_errmsg(tx->db));
    return status;
}

static Status read_pragma(Tx *tx, Ctx *ctx, const char *sql, int64_t *ret) {
    return query_run_int(connection_query(tx, ctx, sql, sql), ret);
}

Status connection_version(Tx *tx, Ctx *ctx, int64_t *ret_version) {
    return read_pragma(tx, ctx, "PRAGMA user_version", ret_version);
}

Status connection_set_version(Tx *tx, Ctx *ctx, int64_t version) {
    char sql[80];
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d",
                   (int)version, APPLICATION_ID);
    return connection_script(tx, ctx, sql);
}

void connection_interrupt(Tx *tx) { sqlite3_interrupt(tx->db); }

/* Refuses before anything is changed. */
static Status check_what_is_there(Tx *tx, Ctx *ctx, ConnectionKind kind) {
    int64_t version, application, tables;
    TRY(connection_version(tx, ctx, &version));
    TRY(read_pragma(tx, ctx, "PRAGMA application_id", &application));
    TRY(read_pragma(tx, ctx, "SELECT count(*) FROM sqlite_schema", &tables));
    if (kind == CONNECTION_CREATE)
        /* an empty file is what a creation cut short leaves behind */
        return version || tables ? fail(ctx, CONFLICT, NULL, "store_exists") : OK;
    if (version == 0 || application != APPLICATION_ID)
        return fail(ctx, NOT_FOUND, NULL, "store_not_found");
    if (version > migrate_latest()) return fail(ctx, CONFLICT, NULL, "store_newer");
    return OK;
}

static Status set_up(Tx *tx, Ctx *ctx, const StoreOptions *options, ConnectionKind kind) {
    TRY(check_what_is_there(tx, ctx, kind));
    char sql[200];
    (void)snprintf(sql, sizeof sql, "PRAGMA cache_size = -%lld; PRAGMA temp_store = MEMORY",
                   kind == CONNECTION_READER ? (long long)READER_CACHE_KIB
                   : options->cache_kib      ? (long long)options->cache_kib
                                             : (long long)WRITER_CACHE_KIB);
    TRY(connection_script(tx, ctx, sql));
    if (kind == CONNECTION_READER) {
        (void)snprintf(sql, sizeof sql, "PRAGMA mmap_size = %d", READER_MMAP_BYTES);
        return connection_script(tx, ctx, sql);
    }
    if (sqlite3_db_readonly(tx->db, "main")) return fail(ctx, IO, NULL, "store_read_only");
    (void)snprintf(sql, sizeof sql,
                   "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                   "PRAGMA journal_size_limit = %d", LOG_KEPT_BYTES);
    TRY(connection_script(tx, ctx, sql));
    (void)sqlite3_wal_hook(tx->db, note_log_length, tx);
    return OK;
}

/* SQLite's own waiting sleeps up to 100 ms at a time and so seldom gets its turn beside a busy
 * writer. */
static int wait_for_others(void *argument, int tries) {
    const Tx *tx = argument;
    if ((int64_t)tries * BUSY_STEP_MS >= tx->patience_ms) return 0;
    (void)usleep(BUSY_STEP_MS * 1000);
    return 1;
}

static Status open_file(Tx *tx, Ctx *ctx, const char *address, int flags, const char *vfs) {
    int code = sqlite3_open_v2(address, &tx->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
                               SQLITE_OPEN_EXRESCODE, vfs);
    if (code != SQLITE_OK) return connection_sqlite_fail(tx, ctx, "open", code);
    (void)sqlite3_busy_handler(tx->db, wait_for_others, tx);
    return OK;
}

/* SQLite takes file: addresses, in which these bytes mean something. */
static char *address_of(Ctx *ctx, const char *path, const char *query) {
    Buffer b = buffer_in(ctx->arena, 4 * strlen(path) + 64);
    buffer_add(&b, T("file:"));
    for (const char *c = path; *c; c++) {
        if (*c == '%' || *c == '?' || *c == '#')
            buffer_printf(&b, "%%%02X", (unsigned)*c);
        else
            buffer_byte(&b, *c);
    }
    buffer_add(&b, text_of(query));
    return arena_cstr(ctx->arena, buffer_text(&b));
}

static bool exists(const StoreOptions *options, const char *path) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(options->vfs);
    assert(vfs);
    int there = 0;
    return vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there;
}

/* On a read-only folder the log's index cannot be made; without a log there is no need of it. */
static Status open_unchanging(Tx *tx, Ctx *ctx, const StoreOptions *options, const char *path) {
    (void)sqlite3_close_v2(tx->db);
    *tx = (Tx){.arena = tx->arena, .kept = tx->kept, .read_only = true,
               .patience_ms = tx->patience_ms};
    ctx_forget_errors(ctx);
    TRY(open_file(tx, ctx, address_of(ctx, path, "?immutable=1"), SQLITE_OPEN_READONLY,
                  options->vfs));
    return set_up(tx, ctx, options, CONNECTION_READER);
}

static Status open_register(Tx *tx, Ctx *ctx, const StoreOptions *options, ConnectionKind kind) {
    char *path = arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s/register.db",
                                                     options->data_dir));
    if (kind != CONNECTION_CREATE && !exists(options, path))
        return fail(ctx, NOT_FOUND, NULL, "store_not_found");
    if (kind == CONNECTION_CREATE && !options->vfs) {
        /* for its mode, which the log takes over */
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0) (void)close(fd);
    }
    int flags = kind == CONNECTION_READER   ? SQLITE_OPEN_READONLY
                : kind == CONNECTION_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                            : SQLITE_OPEN_READWRITE;
    Status status = open_file(tx, ctx, address_of(ctx, path, ""), flags, options->vfs);
    if (status == OK) status = set_up(tx, ctx, options, kind);
    if (status == IO && options->mode == STORE_READ_ONLY &&
        !exists(options, arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s-wal", path))))
        status = open_unchanging(tx, ctx, options, path);
    return status;
}

/* Counting memory would have every thread wait for one lock at each allocation. */
static void configure(void) { (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

Status connection_open(Ctx *ctx, const StoreOptions *options, ConnectionKind kind, Tx **ret_tx) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, configure);
    Arena *arena = arena_new(sizeof(Tx) + CONNECTION_ARENA_BYTES);
    Tx *tx = ARENA_NEW(arena, Tx);
    tx->arena = arena;
    tx->kept = kept_new(KEPT_ALL_BYTES);
    tx->read_only = kind == CONNECTION_READER;
    tx->patience_ms = options->busy_wait_ms ? options->busy_wait_ms : BUSY_WAIT_MS;
    Status status = open_register(tx, ctx, options, kind);
    tx->checkpoint_at = CHECKPOINT_PAGES;
    if (status == OK)
        *ret_tx = tx;
    else
        connection_close(tx);
    return status;
}

void connection_close(Tx *tx) {
    if (!tx) return;
    connection_end_queries(tx);
    for (int i = 0; i < CONTROL_COUNT; i++) (void)sqlite3_finalize(tx->control[i]);
    for (int i = 0; i < QUERY_COUNT; i++) (void)sqlite3_finalize(tx->queries[i].statement);
    int code = sqlite3_close(tx->db);
    assert(code == SQLITE_OK);
    (void)code;
    kept_delete(tx->kept);
    arena_delete(tx->arena);
}
