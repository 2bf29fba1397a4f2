/* unit import: units from a CSV file. */
#include "base/buffer.h"
#include "cli/progress.h"
#include "cli/register.h"
#include "domain/unit_import.h"
#include "render/messages.h"

/* The whole file, by its last path part in messages. */
static Status read_file(Cli *cli, Text path, Text *ret_bytes) {
    Ctx *ctx = &cli->ctx;
    FILE *file = fopen(arena_cstr(ctx->arena, path), "rb");
    if (!file) {
        Status status = fail(ctx, IO, NULL, "file_unreadable");
        fail_arg(ctx, "file", path);
        return status;
    }
    Buffer b = buffer_in(ctx->arena, UNIT_IMPORT_FILE_BYTES_MAX);
    char part[65536];
    size_t got;
    while (!b.overflowed && (got = fread(part, 1, sizeof part, file)) > 0)
        buffer_add(&b, (Text){part, got});
    bool bad = ferror(file) != 0;
    (void)fclose(file);
    if (bad) {
        Status status = fail(ctx, IO, NULL, "file_unreadable");
        fail_arg(ctx, "file", path);
        return status;
    }
    if (b.overflowed) return fail(ctx, INVALID, NULL, "unit_import_file_large");
    *ret_bytes = buffer_text(&b);
    return OK;
}

static Text file_name(Text path) {
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/') at--;
    return text_slice(path, at, path.len);
}

static Status run(Cli *cli) {
    Ctx *ctx = &cli->ctx;
    Text path = cli->arguments[0], bytes;
    UnitImport import;
    TRY(read_file(cli, path, &bytes));
    TRY(register_open(cli, STORE_COMMAND));
    TRY(unit_import_read(ctx, file_name(path), bytes, &import));
    TRY(lane_read(cli->store, ctx, unit_import_check_apply, &import));
    Progress progress = progress_begin(ctx, "progress_units");
    progress_catch_signals();
    while (import.done < import.count) {
        TRY(lane_write(cli->store, ctx, unit_import_chunk_apply, &import));
        unit_import_chunk_committed(&import);
        progress_update(&progress, import.done, import.count);
        if (progress_stop_wanted() && import.done < import.count)
            return fail(ctx, BUSY, NULL, "stopped_import_again");
    }
    progress_end(&progress, import.count);
    ErrorArg counts[] = {{"new", message_number(ctx->arena, import.count)},
                         {"present", message_number(ctx->arena, import.present)}};
    command_say(cli, "unit_import_done", counts, 2);
    return OK;
}

const Command unit_import_commands[] = {
    {"unit import", "FILE.csv", 1, NULL, run, "units from a CSV file, such as a state's booths",
     "Columns: code,kind,parent,name_en,name_hi[,reference]. The whole file is judged first; when\n"
     "anything is wrong, file and line are named and nothing is changed.",
     false},
    {.words = NULL},
};
