/* Judging a file of units whole, then writing it in chunks. */
#include "domain/unit_import.h"

#include "domain/normal.h"
#include "domain/unit_csv.h"
#include "domain/unit_import_error.h"

enum { REQUIRED_COLUMNS = 5, ALL_COLUMNS = 6 };

bool unit_import_error_add(Ctx *ctx, const UnitImport *import, int32_t line, const char *message,
                       const char *name, Text value) {
    (void)fail(ctx, INVALID, "file", message);
    fail_arg(ctx, "file", import->file);
    fail_arg_int(ctx, "line", line);
    if (name) fail_arg(ctx, name, text_slice(value, 0, LIMIT_UNIT_CODE_BYTES));
    return ctx->error_count < ERROR_MAX;
}

typedef struct Reading {
    Ctx *ctx;
    UnitImport *import;
    int columns; /* of the heading; 0 before it */
    int64_t room;
} Reading;

static bool read_heading(Reading *reading, const UnitCsvRow *row) {
    static const char *const names[] = {"code", "kind", "parent", "name_en", "name_hi",
                                        "reference"};
    bool good = row->count == REQUIRED_COLUMNS || row->count == ALL_COLUMNS;
    for (int i = 0; good && i < row->count; i++)
        good = text_eq(row->fields[i], text_of(names[i]));
    if (good) reading->columns = row->count;
    else
        (void)unit_import_error_add(reading->ctx, reading->import, row->line, "unit_import_heading",
                                NULL, TEXT_NONE);
    return good;
}

static bool name_fits(Text name) {
    return name.len <= LIMIT_UNIT_NAME_BYTES && normal_is_line(name);
}

/* Cheap for the many names of ASCII alone. */
static Text composed(Arena *arena, Text name) {
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] >= 0x80) return normal_composed(arena, name);
    return arena_copy(arena, name);
}

static bool read_row(void *argument, const UnitCsvRow *row) {
    Reading *reading = argument;
    if (!reading->columns) return read_heading(reading, row);
    Ctx *ctx = reading->ctx;
    UnitImport *import = reading->import;
    const Text *f = row->fields;
    if (row->count != reading->columns)
        return unit_import_error_add(ctx, import, row->line, "unit_import_columns", "columns",
                           arena_printf(ctx->arena, "%d", reading->columns));
    if (!unit_code_is_valid(f[0]))
        return unit_import_error_add(ctx, import, row->line, "unit_import_code", "code",
                           text_slice(f[0], 0, LIMIT_UNIT_CODE_BYTES));
    Text reference = row->count == ALL_COLUMNS ? f[5] : T("");
    if (!f[3].len + !f[4].len == 2 || !name_fits(f[3]) || !name_fits(f[4]) ||
        !name_fits(reference))
        return unit_import_error_add(ctx, import, row->line, "unit_import_name", "max",
                           arena_printf(ctx->arena, "%d", LIMIT_UNIT_NAME_BYTES));
    if (import->rows_count == reading->room) return false;
    import->rows[import->rows_count++] = (UnitImportRow){
        .code = arena_copy(ctx->arena, f[0]),
        .kind = arena_copy(ctx->arena, text_slice(f[1], 0, LIMIT_UNIT_CODE_BYTES)),
        .parent = arena_copy(ctx->arena, text_slice(f[2], 0, LIMIT_UNIT_CODE_BYTES + 1)),
        .name_en = composed(ctx->arena, f[3]), .name_hi = composed(ctx->arena, f[4]),
        .reference = arena_copy(ctx->arena, reference), .line = row->line};
    return true;
}

static int by_code(const void *a, const void *b, void *rows_argument) {
    const UnitImportRow *rows = rows_argument;
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int order = text_compare(rows[x].code, rows[y].code);
    return order ? order : (x > y) - (x < y);
}

static void sort_and_find_doubles(Ctx *ctx, UnitImport *import) {
    import->by_code = ARENA_ARRAY(ctx->arena, int32_t, import->rows_count);
    for (int32_t i = 0; i < import->rows_count; i++) import->by_code[i] = i;
    qsort_r(import->by_code, (size_t)import->rows_count, sizeof(int32_t), by_code, import->rows);
    for (int64_t i = 1; i < import->rows_count; i++) {
        const UnitImportRow *row = &import->rows[import->by_code[i]];
        if (!text_eq(row->code, import->rows[import->by_code[i - 1]].code)) continue;
        if (!unit_import_error_add(ctx, import, row->line, "unit_import_double", "code", row->code))
            return;
    }
}

static int64_t count_lines(Text bytes) {
    int64_t lines = 1;
    for (size_t i = 0; i < bytes.len; i++) lines += bytes.ptr[i] == '\n' || bytes.ptr[i] == '\r';
    return lines;
}

static Status too_large(Ctx *ctx, const UnitImport *import) {
    (void)fail(ctx, INVALID, "file", "unit_import_large");
    fail_arg(ctx, "file", import->file);
    fail_arg_int(ctx, "max", UNIT_IMPORT_ROWS_MAX);
    return INVALID;
}

static Status judge_end(Ctx *ctx, UnitImport *import, UnitCsvEnd end, int32_t line, bool full) {
    if (end == UNIT_CSV_QUOTES)
        (void)unit_import_error_add(ctx, import, line, "unit_import_quotes", NULL, TEXT_NONE);
    if (end == UNIT_CSV_NOT_TEXT)
        (void)unit_import_error_add(ctx, import, line, "unit_import_not_text", NULL, TEXT_NONE);
    if (end == UNIT_CSV_STOPPED && full && !ctx->error_count) return too_large(ctx, import);
    if (!ctx->error_count && !import->rows_count) {
        (void)fail(ctx, INVALID, "file", "unit_import_empty");
        fail_arg(ctx, "file", import->file);
    }
    if (!ctx->error_count) sort_and_find_doubles(ctx, import);
    return ctx->error_count ? INVALID : OK;
}

Status unit_import_read(Ctx *ctx, Text file, Text bytes, UnitImport *ret) {
    UnitImport import = {.file = arena_copy(ctx->arena, file)};
    if (bytes.len > UNIT_IMPORT_FILE_BYTES_MAX) return too_large(ctx, &import);
    ctx_forget_errors(ctx);
    int64_t room = count_lines(bytes);
    if (room > UNIT_IMPORT_ROWS_MAX) room = UNIT_IMPORT_ROWS_MAX;
    import.rows = ARENA_ARRAY(ctx->arena, UnitImportRow, room);
    Reading reading = {.ctx = ctx, .import = &import, .room = room};
    int32_t line;
    UnitCsvEnd end = unit_csv_read(bytes, read_row, &reading, &line);
    TRY(judge_end(ctx, &import, end, line, import.rows_count == room));
    *ret = import;
    return OK;
}

Status unit_import_chunk_apply(Ctx *ctx, void *argument) {
    const UnitImport *import = argument;
    int64_t end = import->done + UNIT_IMPORT_CHUNK_ROWS, last_id;
    if (end > import->count) end = import->count;
    TRY(unit_last_id(ctx, &last_id));
    Unit parent = {.code = TEXT_NONE};
    for (int64_t i = import->done; i < end; i++) {
        const UnitImportRow *row = &import->rows[import->order[i]];
        if (!text_eq(parent.code, row->parent)) TRY(unit_by_code(ctx, row->parent, &parent));
        Unit unit = {.id = ++last_id, .code = row->code, .kind = row->kind,
                     .name_en = row->name_en, .name_hi = row->name_hi,
                     .reference = row->reference};
        TRY(unit_insert(ctx, &parent, &unit));
    }
    return OK;
}

void unit_import_chunk_committed(UnitImport *import) {
    import->done += UNIT_IMPORT_CHUNK_ROWS;
    if (import->done > import->count) import->done = import->count;
}
