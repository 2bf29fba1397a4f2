/* A row is gathered in one buffer and copied when it ends: few, full pieces of the arena, and
 * nothing of rows that turn out empty. */
#include "domain/statement_rows.h"

Status statement_rows_fail(Ctx *ctx, Text file, const char *message) {
    fail(ctx, INVALID, "file", message);
    fail_arg(ctx, "file", file);
    return INVALID;
}

void statement_rows_begin(StatementRows *rows, Ctx *ctx, Statement *into) {
    *rows = (StatementRows){.ctx = ctx, .into = into};
    rows->bytes = arena_try(into->arena, STATEMENT_ROW_BYTES_MAX);
    if (!rows->bytes) rows->refused = "statement_large";
    into->rows = NULL;
    into->rows_count = 0;
}

/* Spreadsheets put no-break spaces into what they export. */
static Text trim(Text value) {
    for (;;) {
        size_t before = value.len;
        value = text_trim(value);
        if (text_starts_with(value, T("\u00A0"))) value = text_slice(value, 2, value.len);
        if (text_ends_with(value, T("\u00A0"))) value = text_slice(value, 0, value.len - 2);
        if (value.len == before) return value;
    }
}

static Text without_marks(Text value) {
    value = trim(value);
    if (text_starts_with(value, T("=\"")) && value.len > 2) value = text_slice(value, 1, value.len);
    if (value.len > 1 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
        value = text_slice(value, 1, value.len - 2);
    if (text_starts_with(value, T("'"))) value = text_slice(value, 1, value.len);
    if (text_ends_with(value, T("'"))) value = text_slice(value, 0, value.len - 1);
    return trim(value);
}

static void refuse(StatementRows *rows, const char *message) {
    if (!rows->refused) rows->refused = message;
}

void statement_rows_cell(StatementRows *rows, int32_t column, Text value) {
    if (rows->refused) return;
    value = without_marks(value);
    if (!value.len) return;
    if (column >= STATEMENT_COLUMNS_MAX) {
        refuse(rows, "statement_columns");
        return;
    }
    if (value.len > STATEMENT_CELL_BYTES_MAX ||
        value.len > STATEMENT_ROW_BYTES_MAX - rows->used) {
        refuse(rows, "statement_cell");
        return;
    }
    memcpy(rows->bytes + rows->used, value.ptr, value.len);
    while (rows->count <= column) rows->cells[rows->count++] = TEXT_NONE;
    rows->cells[column] = (Text){rows->bytes + rows->used, value.len};
    rows->used += value.len;
}

static bool grow(StatementRows *rows) {
    Statement *into = rows->into;
    if (into->rows_count < rows->room) return true;
    int64_t room = rows->room ? rows->room * 2 : 256;
    StatementRow *wider = arena_try(into->arena, sizeof *wider * (size_t)room);
    if (!wider) return false;
    if (into->rows_count) memcpy(wider, into->rows, sizeof *wider * (size_t)into->rows_count);
    into->rows = wider;
    rows->room = room;
    return true;
}

static bool keep(StatementRows *rows, int32_t line) {
    size_t cells_size = sizeof(Text) * (size_t)rows->count;
    Text *cells = arena_try(rows->into->arena, cells_size + rows->used);
    if (!cells || !grow(rows)) return false;
    char *bytes = (char *)cells + cells_size;
    memcpy(bytes, rows->bytes, rows->used);
    for (int32_t i = 0; i < rows->count; i++) {
        cells[i] = rows->cells[i];
        if (cells[i].len) cells[i].ptr = bytes + (cells[i].ptr - rows->bytes);
    }
    rows->into->rows[rows->into->rows_count++] = (StatementRow){cells, rows->count, line};
    return true;
}

bool statement_rows_end(StatementRows *rows, int32_t line) {
    if (!rows->refused && rows->count) {
        if (rows->into->rows_count == STATEMENT_ROWS_MAX) refuse(rows, "statement_rows");
        else if (!keep(rows, line)) refuse(rows, "statement_large");
    }
    if (rows->refused && !rows->line) rows->line = line;
    rows->count = 0;
    rows->used = 0;
    return !rows->refused;
}

Status statement_rows_status(StatementRows *rows) {
    const char *refused = rows->refused;
    if (!refused) return OK;
    statement_rows_fail(rows->ctx, rows->into->file, refused);
    if (strcmp(refused, "statement_large") == 0) {
        fail_arg_int(rows->ctx, "max", STATEMENT_FILE_BYTES_MAX >> 20);
    } else if (strcmp(refused, "statement_rows") == 0) {
        fail_arg_int(rows->ctx, "max", STATEMENT_ROWS_MAX);
    } else {
        fail_arg_int(rows->ctx, "line", rows->line);
        fail_arg_int(rows->ctx, "max",
                     strcmp(refused, "statement_cell") == 0 ? STATEMENT_CELL_BYTES_MAX
                                                            : STATEMENT_COLUMNS_MAX);
    }
    return INVALID;
}
