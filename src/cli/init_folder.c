/* Building aside, then moving; see init_folder.h. */
#include "cli/init_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char *path_of(Ctx *ctx, const char *dir, const char *name) {
    return arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s/%s", dir, name));
}

static Status fail_file(Ctx *ctx, const char *what) {
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail_io(ctx, full ? "store_disk_full" : missing ? "store_folder_missing"
                                                           : "store_read_only",
                   "%s: %d", what, errno);
}

/* What is renamed is there after a power cut only when its folder is on disk. */
static Status keep(Ctx *ctx, const char *dir) {
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool kept = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) (void)close(fd);
    return kept ? OK : fail_file(ctx, "fsync");
}

static const char *key_of(Ctx *ctx, const InitFolder *f, const char *dir) {
    return path_of(ctx, path_of(ctx, dir, "keys"), f->key_name);
}

static Status check_free(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    if (stat(f->data_dir, &st) != 0) return fail_file(ctx, "stat");
    if (!S_ISDIR(st.st_mode)) return fail(ctx, IO, NULL, "store_folder_missing");
    if (st.st_mode & (S_IWGRP | S_IWOTH)) return fail(ctx, DENIED, NULL, "store_folder_open");
    bool there = lstat(path_of(ctx, f->data_dir, "register.db"), &st) == 0;
    if (there && (!S_ISREG(st.st_mode) || st.st_size > 0))
        return fail(ctx, CONFLICT, NULL, "store_exists");
    if (lstat(key_of(ctx, f, f->data_dir), &st) != 0) return OK;
    (void)fail(ctx, CONFLICT, NULL, "key_without_register");
    fail_arg(ctx, "name", text_of(f->key_name));
    return CONFLICT;
}

Status init_folder_begin(Ctx *ctx, Text data_dir, const char *key_name, InitFolder *ret) {
    *ret = (InitFolder){.data_dir = arena_cstr(ctx->arena, data_dir), .key_name = key_name};
    ret->is_new = mkdir(ret->data_dir, 0700) == 0;
    if (!ret->is_new && errno != EEXIST) return fail_file(ctx, "mkdir");
    TRY(check_free(ctx, ret));
    char *build = path_of(ctx, ret->data_dir, ".init-XXXXXX");
    if (!mkdtemp(build)) return fail_file(ctx, "mkdtemp");
    ret->build_dir = build;
    return OK;
}

static Status move_key(Ctx *ctx, const InitFolder *f) {
    const char *keys = path_of(ctx, f->data_dir, "keys");
    if (mkdir(keys, 0700) != 0 && errno != EEXIST) return fail_file(ctx, "mkdir keys");
    if (rename(key_of(ctx, f, f->build_dir), key_of(ctx, f, f->data_dir)) != 0)
        return fail_file(ctx, "rename key");
    return keep(ctx, keys);
}

Status init_folder_settle(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    /* what is in the log of a closed register did not reach the file: the disk was full */
    if (lstat(path_of(ctx, f->build_dir, "register.db-wal"), &st) == 0 && st.st_size > 0)
        return fail_io(ctx, "store_disk_full", "the log is left");
    TRY(move_key(ctx, f));
    if (rename(path_of(ctx, f->build_dir, "register.db"),
               path_of(ctx, f->data_dir, "register.db")) != 0)
        return fail_file(ctx, "rename register");
    TRY(keep(ctx, f->data_dir));
    return f->is_new ? keep(ctx, path_of(ctx, f->data_dir, "..")) : OK;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk) {
    (void)st, (void)kind, (void)walk;
    (void)remove(path);
    return 0;
}

void init_folder_end(const InitFolder *f) {
    if (f->build_dir) (void)nftw(f->build_dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    if (f->is_new) (void)rmdir(f->data_dir); /* only when nothing is in it */
}
