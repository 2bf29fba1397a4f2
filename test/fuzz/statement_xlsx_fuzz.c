/* Statements as workbooks: whole archives, and, as damage to an archive is mostly noticed by its
 * sums, sheets and shared words put into a good one. Input for these: rows, a byte FF, words. */
#include "../domain/statement_zip.h"
#include "domain/statement.h"
#include "base/limits.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    Statement statement;
    Ctx ctx;
    Text bytes = text_bytes(data, size);
    if (size > 65536) return 0;
    if (!arena) arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&ctx, arena);
    if (!text_starts_with(bytes, T("PK"))) {
        size_t end = text_find_byte(bytes, '\xFF');
        bytes = statement_zip_workbook(arena, text_slice(bytes, 0, end),
                                       text_slice(bytes, end + 1, bytes.len));
    }
    if (statement_read(&ctx, T("file"), bytes, &statement) == OK) {
        for (int64_t i = 0; i < statement.rows_count; i++) {
            const StatementRow *row = &statement.rows[i];
            assert(row->count > 0 && row->count <= STATEMENT_COLUMNS_MAX);
            assert(i == 0 || row->line > statement.rows[i - 1].line);
            for (int32_t c = 0; c < row->count; c++) assert(text_is_utf8(row->cells[c]));
        }
    } else {
        assert(ctx.error_count > 0);
    }
    arena_clear(arena);
    return 0;
}
