/* Building aside, then moving; see init_folder.h. */
#include "cli/init_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char build_name[] = ".init-XXXXXX";
enum { BUILD_PREFIX = 6 };

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

static bool has_register(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    bool there = lstat(path_of(ctx, f->data_dir, "register.db"), &st) == 0;
    return there && (!S_ISREG(st.st_mode) || st.st_size > 0);
}

static bool is_one_file(const char *a, const char *b) {
    struct stat one, other;
    return lstat(a, &one) == 0 && lstat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk) {
    (void)st, (void)kind, (void)walk;
    (void)remove(path);
    return 0;
}

/* What an init left that was killed. It had linked its key into place when that is the same file in
 * both: without its register, which comes last, nothing was ever written under that key. */
static void clear_one(Ctx *ctx, const InitFolder *f, const char *build) {
    struct stat st;
    if (lstat(build, &st) != 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid()) return;
    const char *key = key_of(ctx, f, f->data_dir);
    if (!has_register(ctx, f) && is_one_file(key, key_of(ctx, f, build))) (void)unlink(key);
    (void)nftw(build, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static Status clear_left(Ctx *ctx, const InitFolder *f) {
    DIR *dir = opendir(f->data_dir);
    if (!dir) return fail_file(ctx, "opendir");
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (strncmp(entry->d_name, build_name, BUILD_PREFIX) == 0 &&
            strlen(entry->d_name) == sizeof build_name - 1)
            clear_one(ctx, f, path_of(ctx, f->data_dir, entry->d_name));
    (void)closedir(dir);
    return OK;
}

/* Held by the folder itself, so that it ends with the process and leaves nothing. */
static Status take_lock(Ctx *ctx, InitFolder *f) {
    f->lock_fd = open(f->data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->lock_fd < 0) return fail_file(ctx, "open");
    if (flock(f->lock_fd, LOCK_EX | LOCK_NB) == 0) return OK;
    return errno == EWOULDBLOCK ? fail(ctx, CONFLICT, NULL, "init_running")
                                : fail_file(ctx, "flock");
}

static Status check_folder(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    if (stat(f->data_dir, &st) != 0) return fail_file(ctx, "stat");
    if (!S_ISDIR(st.st_mode)) return fail(ctx, IO, NULL, "store_folder_missing");
    if (st.st_mode & (S_IWGRP | S_IWOTH)) return fail(ctx, DENIED, NULL, "store_folder_open");
    return OK;
}

static Status check_free(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    if (has_register(ctx, f)) return fail(ctx, CONFLICT, NULL, "store_exists");
    if (lstat(key_of(ctx, f, f->data_dir), &st) != 0) return OK;
    (void)fail(ctx, CONFLICT, NULL, "key_without_register");
    fail_arg(ctx, "name", text_of(f->key_name));
    return CONFLICT;
}

Status init_folder_begin(Ctx *ctx, Text data_dir, const char *key_name, InitFolder *ret) {
    *ret = (InitFolder){.data_dir = arena_cstr(ctx->arena, data_dir), .key_name = key_name,
                        .lock_fd = -1};
    ret->is_new = mkdir(ret->data_dir, 0700) == 0;
    if (!ret->is_new && errno != EEXIST) return fail_file(ctx, "mkdir");
    TRY(check_folder(ctx, ret));
    TRY(take_lock(ctx, ret));
    TRY(clear_left(ctx, ret));
    TRY(check_free(ctx, ret));
    char *build = path_of(ctx, ret->data_dir, build_name);
    if (!mkdtemp(build)) return fail_file(ctx, "mkdtemp");
    ret->build_dir = build;
    return OK;
}

/* A link, so that its other name proves whose it is until the register stands beside it; and it
 * replaces nothing. */
static Status place_key(Ctx *ctx, const InitFolder *f) {
    const char *keys = path_of(ctx, f->data_dir, "keys");
    if (mkdir(keys, 0700) != 0 && errno != EEXIST) return fail_file(ctx, "mkdir keys");
    if (link(key_of(ctx, f, f->build_dir), key_of(ctx, f, f->data_dir)) != 0)
        return fail_file(ctx, "link key");
    return keep(ctx, keys);
}

Status init_folder_settle(Ctx *ctx, const InitFolder *f) {
    struct stat st;
    /* what is in the log of a closed register did not reach the file: the disk was full */
    if (lstat(path_of(ctx, f->build_dir, "register.db-wal"), &st) == 0 && st.st_size > 0)
        return fail_io(ctx, "store_disk_full", "the log is left");
    TRY(place_key(ctx, f));
    if (rename(path_of(ctx, f->build_dir, "register.db"),
               path_of(ctx, f->data_dir, "register.db")) != 0)
        return fail_file(ctx, "rename register");
    TRY(keep(ctx, f->data_dir));
    return f->is_new ? keep(ctx, path_of(ctx, f->data_dir, "..")) : OK;
}

void init_folder_end(Ctx *ctx, const InitFolder *f) {
    if (f->build_dir) clear_one(ctx, f, f->build_dir);
    if (f->is_new) (void)rmdir(f->data_dir); /* only when nothing is in it */
    if (f->lock_fd >= 0) (void)close(f->lock_fd);
}
