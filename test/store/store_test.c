/* Shared parts of the store's tests. */
#include "store_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

int folder_make(void **state) {
    Folder *folder = calloc(1, sizeof *folder);
    assert_non_null(folder);
    (void)snprintf(folder->path, sizeof folder->path, "/tmp/store-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    folder->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&folder->ctx, folder->arena);
    *state = folder;
    return 0;
}

static void empty(int fd) {
    DIR *dir = fdopendir(fd);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (unlinkat(fd, entry->d_name, 0) == 0) continue;
        empty(openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY));
        (void)unlinkat(fd, entry->d_name, AT_REMOVEDIR);
    }
    (void)closedir(dir);
}

int folder_remove(void **state) {
    Folder *folder = *state;
    empty(open(folder->path, O_RDONLY | O_DIRECTORY));
    (void)rmdir(folder->path);
    arena_delete(folder->arena);
    free(folder);
    return 0;
}

const char *message_in(const Ctx *ctx) {
    return ctx->error_count ? ctx->errors[0].message : "";
}

Store *folder_open(Folder *folder, StoreMode mode) {
    Store *store = NULL;
    ctx_forget_errors(&folder->ctx);
    Status status = store_open(
        &folder->ctx, &(StoreOptions){.data_dir = folder->path, .mode = mode}, &store);
    if (status != OK) print_error("%s: %s\n", message_in(&folder->ctx), folder->ctx.detail);
    assert_int_equal(status, OK);
    return store;
}

void folder_refused(Folder *folder, StoreMode mode, Status status, const char *message) {
    Store *store = NULL;
    ctx_forget_errors(&folder->ctx);
    assert_int_equal(store_open(&folder->ctx,
                                &(StoreOptions){.data_dir = folder->path, .mode = mode}, &store),
                     status);
    assert_null(store);
    assert_string_equal(message_in(&folder->ctx), message);
}

Status row_insert(Ctx *ctx, void *argument) {
    const Row *row = argument;
    Query *q = connection_query(ctx->tx, ctx, "row_insert",
                                "INSERT INTO pin_place (pin, place, district, offices) "
                                "VALUES (:pin, :place, '', 0)");
    query_int(q, "pin", row->pin);
    query_int(q, "place", row->place);
    return query_run(q);
}

Status row_insert_and_refuse(Ctx *ctx, void *row) {
    TRY(row_insert(ctx, row));
    return fail(ctx, CONFLICT, NULL, "test_refused");
}

Status row_refuse(Ctx *ctx, void *row) {
    (void)row;
    return fail(ctx, CONFLICT, NULL, "test_refused");
}

static Status count_rows(Ctx *ctx, void *argument) {
    int64_t *value = argument;
    Query *q = connection_query(ctx->tx, ctx, "count_rows",
                                "SELECT count(*) FROM pin_place WHERE pin = :pin");
    query_int(q, "pin", *value);
    return query_run_int(q, value);
}

int64_t rows_of(Store *store, Ctx *ctx, int64_t pin) {
    return lane_read(store, ctx, count_rows, &pin) == OK ? pin : -1;
}
