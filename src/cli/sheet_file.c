/* See sheet_file.h. */
#include "cli/sheet_file.h"

#include "cli/out_file.h"

enum { FILE_BYTES_MAX = 128 << 20 };

Status sheet_file_check(Cli *cli, Text path) {
    SheetFace face;
    if (!path.len || sheet_face_of(path, &face)) return OK;
    return command_misuse(cli, "out", "sheet_file_name");
}

Status sheet_file_write(Cli *cli, const Sheet *sheet, Text path) {
    SheetFace face;
    Buffer out = buffer_in(cli->ctx.arena, FILE_BYTES_MAX);
    TRY(sheet_file_check(cli, path));
    if (!sheet_face_of(path, &face)) return command_misuse(cli, "out", "sheet_file_name");
    TRY(sheet_write(&cli->ctx, NULL, sheet, face, &out));
    if (out.overflowed) return fail_io(&cli->ctx, "sheet_not_written", "the file is too long");
    return out_file_write(&cli->ctx, path, buffer_text(&out));
}
