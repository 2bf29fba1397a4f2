/* Reading a secret that somebody put into a file. */
#include "cli/secret_file.h"

#include <stdio.h>

enum { SECRET_FILE_BYTES = 256 };

Status secret_file_read(Cli *cli, Text name, Text *ret) {
    bool from_input = text_eq(name, T("-"));
    FILE *file = from_input ? stdin : fopen(arena_cstr(cli->ctx.arena, name), "rb");
    if (!file) return fail_io(&cli->ctx, "secret_file_read", "not readable");
    char *bytes = arena_alloc(cli->ctx.arena, SECRET_FILE_BYTES);
    size_t len = fread(bytes, 1, SECRET_FILE_BYTES, file);
    if (!from_input) (void)fclose(file);
    *ret = text_trim((Text){bytes, len});
    return OK;
}
