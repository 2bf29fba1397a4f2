/* What the faces of a sheet share, and its CSV. */
#include "render/sheet.h"

#include "render/messages.h"

Text sheet_amount(Arena *arena, int64_t paise) {
    uint64_t size = paise < 0 ? -(uint64_t)paise : (uint64_t)paise;
    Text rupees = message_number(arena, (int64_t)(size / 100));
    return arena_printf(arena, "%s%.*s.%02d", paise < 0 ? "-" : "", TEXT_ARG(rupees),
                        (int)(size % 100));
}

/* Quoted always; what a spreadsheet would take for a formula gets a space before it. */
static void add_cell(Buffer *out, Text text) {
    bool formula = text.len && memchr("=+-@\t\r", text.ptr[0], 6);
    buffer_add(out, formula ? T("\" ") : T("\""));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') buffer_byte(out, '"');
        buffer_byte(out, text.ptr[i]);
    }
    buffer_byte(out, '"');
}

static void add_table(Buffer *out, const SheetTable *table) {
    add_cell(out, table->title.text);
    buffer_add(out, T("\r\n"));
    add_cell(out, table->first.text);
    for (int i = 0; i < table->column_count; i++) {
        buffer_byte(out, ',');
        add_cell(out, table->columns[i].text);
    }
    for (int i = 0; i < table->row_count; i++) {
        buffer_add(out, T("\r\n"));
        add_cell(out, table->rows[i].label.text);
        for (int j = 0; j < table->column_count; j++) {
            int64_t paise = table->rows[i].paise[j];
            uint64_t size = paise < 0 ? -(uint64_t)paise : (uint64_t)paise;
            buffer_printf(out, ",%s%llu.%02d", paise < 0 ? "-" : "",
                          (unsigned long long)(size / 100), (int)(size % 100));
        }
    }
    buffer_add(out, T("\r\n"));
}

void sheet_csv(const Sheet *sheet, Buffer *out) {
    for (int i = 0; i < sheet->table_count; i++) {
        if (i) buffer_add(out, T("\r\n"));
        add_table(out, &sheet->tables[i]);
    }
}
