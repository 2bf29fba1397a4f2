/* See out_file.h. */
#include "cli/out_file.h"

#include "cli/command.h"

static Status not_written(Ctx *ctx, Text path) {
    Status status = fail(ctx, IO, NULL, "file_not_written");
    fail_arg(ctx, "file", path);
    return status;
}

Status out_file_open(Ctx *ctx, Text path, FILE **ret) {
    *ret = fopen(arena_cstr(ctx->arena, path), "wb");
    return *ret ? OK : not_written(ctx, path);
}

Status out_file_close(Ctx *ctx, FILE *file, Text path) {
    bool good = !ferror(file);
    good &= fclose(file) == 0;
    return good ? OK : not_written(ctx, path);
}

Status out_file_write(Ctx *ctx, Text path, Text bytes) {
    if (!path.len) {
        command_print_text(bytes);
        return OK;
    }
    FILE *file;
    TRY(out_file_open(ctx, path, &file));
    (void)fwrite(bytes.ptr, 1, bytes.len, file);
    return out_file_close(ctx, file, path);
}
