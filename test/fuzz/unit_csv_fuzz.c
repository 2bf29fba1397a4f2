/* CSV files of units, up to all that can be judged without a register. */
#include "domain/unit_import.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    UnitImport import;
    Ctx ctx;
    if (size > 65536) return 0;
    if (!arena) arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&ctx, arena);
    if (unit_import_read(&ctx, T("units.csv"), text_bytes(data, size), &import) == OK) {
        assert(ctx.error_count == 0 && import.rows_count > 0);
        for (int64_t i = 0; i < import.rows_count; i++) {
            const UnitImportRow *row = &import.rows[i];
            assert(unit_code_is_valid(row->code) && row->line > 1);
            assert(text_is_utf8(row->name_en) && text_is_utf8(row->name_hi));
            assert(row->name_en.len + row->name_hi.len > 0);
            if (i == 0) continue;
            Text before = import.rows[import.by_code[i - 1]].code;
            assert(text_compare(before, import.rows[import.by_code[i]].code) < 0);
        }
    } else {
        assert(ctx.error_count > 0);
    }
    arena_clear(arena);
    return 0;
}
