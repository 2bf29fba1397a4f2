/* Key files: made whole or not at all, read by their owner only. */
#include "store/keyfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Without O_NONBLOCK, a pipe of that name would be waited for for ever. */
enum { NAME_MAX_BYTES = 64, KEY_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };

static Status trouble(Ctx *ctx, const char *what, const char *name) {
    int error = errno;
    const char *message = error == ENOSPC || error == EDQUOT                    ? "store_disk_full"
                          : error == EROFS || error == EACCES || error == EPERM ? "store_read_only"
                                                                                : "key_not_written";
    Status status = fail_io(ctx, message, "%s: %d", what, error);
    fail_arg(ctx, "name", text_of(name));
    return status;
}

/* Opens DATA/keys; -1 with errno. */
static int open_folder(Ctx *ctx, const char *data_dir, bool make) {
    char *path = arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s/keys", data_dir));
    if (make && mkdir(path, 0700) == 0) {
        int parent = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool kept = parent >= 0 && fsync(parent) == 0;
        if (parent >= 0) (void)close(parent);
        if (!kept) return -1;
    }
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool write_all(int fd, Text bytes) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes = text_slice(bytes, (size_t)n, bytes.len);
    }
    return fsync(fd) == 0;
}

static bool write_new(int folder, const char *name, Text secret) {
    (void)unlinkat(folder, name, 0); /* left by a write cut short */
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool written = write_all(fd, secret);
    return close(fd) == 0 && written;
}

static Status write_in(Ctx *ctx, int folder, const char *name, Text secret, bool replace) {
    char fresh[NAME_MAX_BYTES + 8];
    (void)snprintf(fresh, sizeof fresh, ".%s.new", name);
    if (!write_new(folder, fresh, secret)) {
        Status status = trouble(ctx, "write", name);
        (void)unlinkat(folder, fresh, 0);
        return status;
    }
    /* a link refuses to replace, in one step with looking */
    int moved = replace ? renameat(folder, fresh, folder, name)
                        : linkat(folder, fresh, folder, name, 0);
    Status status = OK;
    if (moved != 0 && errno == EEXIST) {
        status = fail(ctx, CONFLICT, NULL, "key_exists");
        fail_arg(ctx, "name", text_of(name));
    } else if (moved != 0) {
        status = trouble(ctx, "rename", name);
    }
    if (!replace || moved != 0) (void)unlinkat(folder, fresh, 0);
    if (status == OK && fsync(folder) != 0) status = trouble(ctx, "fsync", name);
    return status;
}

static void check_name(const char *name) {
    assert(*name && *name != '.' && !strchr(name, '/') && strlen(name) <= NAME_MAX_BYTES);
    (void)name;
}

Status keyfile_write(Ctx *ctx, const char *data_dir, const char *name, Text secret,
                     bool replace) {
    check_name(name);
    assert(secret.len <= KEYFILE_MAX_BYTES);
    int folder = open_folder(ctx, data_dir, true);
    if (folder < 0) return trouble(ctx, "keys", name);
    Status status = write_in(ctx, folder, name, secret, replace);
    (void)close(folder);
    return status;
}

typedef struct Secret {
    size_t len;
    char bytes[];
} Secret;

static void wipe(void *resource) {
    Secret *secret = resource;
    explicit_bzero(secret->bytes, secret->len);
}

static Status refuse(Ctx *ctx, Status status, const char *message, const char *name) {
    (void)fail(ctx, status, NULL, message);
    fail_arg(ctx, "name", text_of(name));
    return status;
}

static Status read_open(Ctx *ctx, int fd, const char *name, Text *ret_secret) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > KEYFILE_MAX_BYTES)
        return refuse(ctx, IO, "key_unreadable", name);
    if (st.st_mode & 077) return refuse(ctx, IO, "key_mode", name);
    size_t size = (size_t)st.st_size;
    Secret *secret = arena_alloc(ctx->arena, sizeof *secret + size + 1);
    secret->len = size;
    arena_defer(ctx->arena, wipe, secret);
    for (size_t at = 0; at < size;) {
        ssize_t n = read(fd, secret->bytes + at, size - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return refuse(ctx, IO, "key_unreadable", name);
        at += (size_t)n;
    }
    *ret_secret = text_bytes(secret->bytes, size);
    return OK;
}

Status keyfile_read(Ctx *ctx, const char *data_dir, const char *name, Text *ret_secret) {
    check_name(name);
    int folder = open_folder(ctx, data_dir, false);
    int fd = folder < 0 ? -1 : openat(folder, name, KEY_FLAGS);
    int error = errno;
    if (folder >= 0) (void)close(folder);
    if (fd < 0)
        return error == ENOENT ? refuse(ctx, NOT_FOUND, "key_missing", name)
                               : refuse(ctx, IO, "key_unreadable", name);
    Status status = read_open(ctx, fd, name, ret_secret);
    (void)close(fd);
    return status;
}
