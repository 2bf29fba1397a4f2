/* Which reader a file is for. */
#include "domain/statement.h"

#include "domain/statement_csv.h"
#include "domain/statement_html.h"
#include "domain/statement_text.h"
#include "domain/statement_xlsx.h"

static void drop_arena(void *arena) { arena_delete(arena); }

static Status read_text(Ctx *ctx, StatementRows *rows, Text bytes, Statement *ret) {
    Text text;
    TRY(statement_text_decode(ctx, ret, bytes, &text));
    if (!statement_html_is(text)) ret->separator = statement_csv_read(rows, text);
    else if (!statement_html_read(rows, text) && !rows->refused)
        return statement_rows_fail(ctx, ret->file, "statement_save_again");
    return OK;
}

Status statement_read(Ctx *ctx, Text file, Text bytes, Statement *ret) {
    StatementRows rows;
    *ret = (Statement){.arena = arena_new(STATEMENT_ARENA_BYTES)};
    arena_defer(ctx->arena, drop_arena, ret->arena);
    ret->file = arena_copy(ctx->arena, file);
    statement_rows_begin(&rows, ctx, ret);
    if (bytes.len > STATEMENT_FILE_BYTES_MAX) rows.refused = "statement_large";
    if (!rows.refused) {
        if (text_starts_with(bytes, T("PK\3\4"))) TRY(statement_xlsx_read(&rows, bytes));
        else TRY(read_text(ctx, &rows, bytes, ret));
    }
    TRY(statement_rows_status(&rows));
    return ret->rows_count ? OK : statement_rows_fail(ctx, ret->file, "statement_empty");
}
