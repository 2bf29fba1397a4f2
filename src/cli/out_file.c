/* See out_file.h. */
#include "cli/out_file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

enum { PATH_BYTES = 4096, LINKS_MAX = 40 };

static Status not_written(Ctx *ctx, Text path) {
    Status status = fail_io(ctx, "file_not_written", "%s", strerror(errno));
    fail_arg(ctx, "file", path);
    return status;
}

/* Where a link leads that leads to nothing yet, too: realpath finds only what is there. */
static const char *behind_links(Ctx *ctx, const char *path) {
    for (int i = 0; i < LINKS_MAX; i++) {
        char link[PATH_BYTES];
        ssize_t len = readlink(path, link, sizeof link);
        if (len < 0 || len == sizeof link) return path;
        const char *slash = strrchr(path, '/');
        int folder = link[0] == '/' || !slash ? 0 : (int)(slash + 1 - path);
        path = arena_printf(ctx->arena, "%.*s%.*s%c", folder, path, (int)len, link, 0).ptr;
    }
    return path;
}

static bool is_output(const struct stat *st) {
    struct stat output;
    return fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == st->st_dev &&
           output.st_ino == st->st_ino;
}

static FILE *open_part(Ctx *ctx, OutFile *file) {
    file->part = arena_cstr(ctx->arena, arena_printf(ctx->arena, "%s.XXXXXX", file->target));
    int fd = mkstemp(file->part);
    FILE *stream = fd < 0 ? NULL : fdopen(fd, "wb");
    if (fd >= 0 && !stream) {
        (void)close(fd);
        (void)unlink(file->part);
    }
    return stream;
}

Status out_file_open(Ctx *ctx, Text path, OutFile *ret) {
    const char *given = arena_cstr(ctx->arena, path);
    struct stat st;
    bool there = stat(given, &st) == 0;
    *ret = (OutFile){.path = path, .target = given};
    /* a file that may not be written is not replaced either */
    if (there ? access(given, W_OK) != 0 : errno != ENOENT) return not_written(ctx, path);
    if (there && is_output(&st)) {
        ret->is_output = true;
        ret->stream = stdout;
    } else if (there && !S_ISREG(st.st_mode)) {
        ret->stream = fopen(given, "wb");
    } else {
        ret->target = behind_links(ctx, given);
        ret->stream = open_part(ctx, ret);
    }
    return ret->stream ? OK : not_written(ctx, path);
}

/* Has it all reached the disk, and its place when it is to be kept? */
static bool settle(OutFile *file, bool keep) {
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    if (!file->is_output) good &= fclose(file->stream) == 0;
    if (!file->part) return good;
    if (good && keep && rename(file->part, file->target) == 0) return true;
    int why = errno;
    (void)unlink(file->part);
    errno = why;
    return good && !keep;
}

Status out_file_close(Ctx *ctx, OutFile *file, Status status) {
    bool good = settle(file, status == OK);
    if (status != OK && (good || status != IO)) return status;
    if (good) return OK;
    ctx->error_count = 0; /* what drawing says of it says less */
    return not_written(ctx, file->path);
}

Status out_file_write(Ctx *ctx, Text path, Text bytes) {
    if (!path.len) {
        command_print_text(bytes);
        return OK;
    }
    OutFile file;
    TRY(out_file_open(ctx, path, &file));
    (void)fwrite(bytes.ptr, 1, bytes.len, file.stream);
    return out_file_close(ctx, &file, OK);
}
