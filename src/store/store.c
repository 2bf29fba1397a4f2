/* Opening and closing a register: its folder, the server's lock, migrations. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/migrate.h"
#include "store/writer.h"

enum { LOCK_TRIES = 20, LOCK_WAIT_US = 50000, TURN_US = 6000,
       STORE_ARENA_BYTES = 1 << 20 };

/* A folder is on disk when its parent is. */
static Status keep_folder(Ctx *ctx, const char *dir) {
    int fd = open(arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s/..", dir)),
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool kept = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) (void)close(fd);
    return kept ? OK : fail_io(ctx, "store_failed", "fsync of the folder: %d", errno);
}

static Status make_folder(Ctx *ctx, const char *dir) {
    if (mkdir(dir, 0700) == 0) return keep_folder(ctx, dir);
    if (errno == EEXIST) return OK;
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return fail(ctx, NOT_FOUND, NULL, "store_folder_missing");
    case ENOSPC:
    case EDQUOT:
        return fail_io(ctx, "store_disk_full", "mkdir: %d", errno);
    default:
        return fail_io(ctx, "store_read_only", "mkdir: %d", errno);
    }
}

static Status check_folder(Ctx *ctx, const char *dir) {
    struct stat st;
    if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)) return OK;
    if (errno == EACCES) return fail_io(ctx, "store_not_readable", "stat: %d", errno);
    return fail(ctx, NOT_FOUND, NULL, "store_folder_missing");
}

static int open_lock(const char *data_dir, const char *name) {
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/%s", data_dir, name);
    if (len < 0 || (size_t)len >= sizeof path) return -1;
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* A verb that folds the log back holds the lock for a moment, so a few tries. */
static Status take_server_lock(Ctx *ctx, Store *store) {
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(store->lock_fd, LOCK_EX | LOCK_NB) == 0) return OK;
        (void)usleep(LOCK_WAIT_US);
    }
    return fail(ctx, CONFLICT, NULL, "store_server_running");
}

static Status open_locked(Ctx *ctx, Store *store) {
    const StoreOptions *options = &store->options;
    if (options->mode == STORE_CREATE)
        TRY(make_folder(ctx, options->data_dir));
    TRY(check_folder(ctx, options->data_dir));
    if (options->mode == STORE_READ_ONLY) {
        Tx *tx = NULL;
        int64_t version;
        TRY(connection_open(ctx, options, CONNECTION_READER, &tx));
        Status status = connection_version(tx, ctx, &version);
        connection_close(tx);
        if (status == OK && version < migrate_latest())
            return fail(ctx, CONFLICT, NULL, "store_older");
        return status;
    }
    Tx *writer = NULL;
    TRY(connection_open(ctx, options, options->mode == STORE_CREATE ? CONNECTION_CREATE
                                                                    : CONNECTION_WRITER, &writer));
    store->writer = writer;
    store->lock_fd = open_lock(options->data_dir, "server.lock");
    store->turn_fd = open_lock(options->data_dir, "turn.lock");
    if (store->lock_fd < 0 || store->turn_fd < 0)
        return fail_io(ctx, errno == ENOSPC || errno == EDQUOT ? "store_disk_full"
                                                               : "store_read_only",
                       "lock: %d", errno);
    if (options->mode == STORE_SERVE) TRY(take_server_lock(ctx, store));
    return migrate_run(store->writer, ctx);
}

static void give_back(Store *store) {
    for (Reader *reader = store->idle; reader; reader = reader->next)
        connection_close(reader->tx);
    connection_close(store->writer);
    if (store->lock_fd >= 0) (void)close(store->lock_fd);
    if (store->turn_fd >= 0) (void)close(store->turn_fd);
    (void)pthread_mutex_destroy(&store->queue_lock);
    (void)pthread_cond_destroy(&store->queue_filled);
    (void)pthread_mutex_destroy(&store->pool_lock);
    (void)pthread_mutex_destroy(&store->wake_lock);
    arena_delete(store->arena);
}

Status store_open(Ctx *ctx, const StoreOptions *options, Store **ret_store) {
    Arena *arena = arena_new(STORE_ARENA_BYTES);
    Store *store = ARENA_NEW(arena, Store);
    store->arena = arena;
    store->options = *options;
    store->options.data_dir = arena_cstr(arena, text_of(options->data_dir));
    if (options->vfs) store->options.vfs = arena_cstr(arena, text_of(options->vfs));
    if (store->options.batch_max <= 0) store->options.batch_max = STORE_BATCH_DEFAULT;
    store->lock_fd = store->turn_fd = -1;
    (void)pthread_mutex_init(&store->queue_lock, NULL);
    (void)pthread_cond_init(&store->queue_filled, NULL);
    (void)pthread_mutex_init(&store->pool_lock, NULL);
    (void)pthread_mutex_init(&store->wake_lock, NULL);
    Status status = open_locked(ctx, store);
    if (status == OK && store->writer) status = writer_start(store, ctx);
    if (status == OK)
        *ret_store = store;
    else
        give_back(store);
    return status;
}

void store_close(Store *store) {
    if (!store) return;
    writer_stop(store);
    assert(store->readers_out == 0); /* a read still runs */
    give_back(store);
}

const char *store_data_dir(const Store *store) { return store->options.data_dir; }

/* A snapshot that an idle reader kept would be in the way. */
static void let_readers_rest(Store *store, bool may) {
    (void)pthread_mutex_lock(&store->pool_lock);
    store->folding = !may;
    for (Reader *reader = may ? NULL : store->idle; reader; reader = reader->next)
        if (reader->tx) connection_let_go(reader->tx);
    (void)pthread_mutex_unlock(&store->pool_lock);
}

/* Beside a server, folding the log back is the server's. */
void store_checkpoint(Store *store) {
    bool server = store->options.mode == STORE_SERVE;
    if (!server && flock(store->lock_fd, LOCK_SH | LOCK_NB) != 0) return;
    let_readers_rest(store, false);
    connection_checkpoint(store->writer);
    let_readers_rest(store, true);
    if (!server) (void)flock(store->lock_fd, LOCK_UN);
}

Status store_begin_write(Store *store, Ctx *ctx) {
    (void)flock(store->turn_fd, LOCK_SH);
    Status status = connection_begin(store->writer, ctx, true);
    (void)flock(store->turn_fd, LOCK_UN);
    return status;
}

void store_let_others_write(Store *store) {
    if (flock(store->turn_fd, LOCK_EX | LOCK_NB) == 0)
        (void)flock(store->turn_fd, LOCK_UN);
    else
        (void)usleep(TURN_US);
}

static Status check_integrity(Ctx *ctx, void *argument) {
    (void)argument;
    Query *q = connection_query(ctx->tx, ctx, "integrity_check", "PRAGMA integrity_check(1)");
    bool row;
    TRY(query_row(q, &row));
    Text said = row ? query_column_text(q, 0) : T("nothing");
    TRY(query_done(q));
    if (text_eq(said, T("ok"))) return OK;
    (void)snprintf(ctx->detail, sizeof ctx->detail, "%.*s", TEXT_ARG(said));
    return fail(ctx, INVALID, NULL, "store_damaged");
}

Status store_check_integrity(Store *store, Ctx *ctx) {
    return lane_read(store, ctx, check_integrity, NULL);
}

static Status prepare_all(Ctx *ctx, void *argument) {
    (void)argument;
    for (int id = 0; id < QUERY_COUNT; id++) TRY(connection_prepare(ctx->tx, ctx, (QueryId)id));
    return OK;
}

Status store_prepare_all(Store *store, Ctx *ctx) {
    return lane_read(store, ctx, prepare_all, NULL);
}

static int64_t file_bytes(const char *data_dir, const char *name) {
    char path[4096];
    struct stat st;
    int len = snprintf(path, sizeof path, "%s/%s", data_dir, name);
    return len > 0 && (size_t)len < sizeof path && stat(path, &st) == 0 ? st.st_size : 0;
}

void store_figures(Store *store, StoreFigures *ret) {
    *ret = (StoreFigures){
        .writes = atomic_load(&store->writes),
        .batches = atomic_load(&store->batches),
        .retried_alone = atomic_load(&store->retried_alone),
        .database_bytes = file_bytes(store->options.data_dir, "register.db"),
    };
}
