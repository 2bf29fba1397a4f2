/* What the faces of a sheet share, and its CSV. */
#include "render/sheet.h"

#include "render/messages.h"

Text sheet_amount(Arena *arena, int64_t paise) {
    uint64_t size = paise < 0 ? -(uint64_t)paise : (uint64_t)paise;
    Text rupees = message_number(arena, (int64_t)(size / 100));
    return arena_printf(arena, "%s%.*s.%02d", paise < 0 ? "-" : "", TEXT_ARG(rupees),
                        (int)(size % 100));
}

Text sheet_cell(Arena *arena, const SheetRow *row, int column) {
    return row->blank >> column & 1 ? T("–") : sheet_amount(arena, row->paise[column]);
}

bool sheet_face_of(Text name, SheetFace *ret) {
    static const char *const endings[SHEET_FACE_COUNT] = {
        [SHEET_PDF] = ".pdf", [SHEET_XLSX] = ".xlsx", [SHEET_CSV] = ".csv"};
    for (int i = 0; i < SHEET_FACE_COUNT; i++) {
        size_t len = strlen(endings[i]);
        if (name.len < len || !text_eq(text_slice(name, name.len - len, len), text_of(endings[i])))
            continue;
        *ret = (SheetFace)i;
        return true;
    }
    return false;
}

Status sheet_write(Ctx *ctx, CardPainter *painter, const Sheet *sheet, SheetFace face,
                   Buffer *out) {
    if (face == SHEET_PDF) return sheet_pdf(ctx, painter, sheet, paper_to_buffer, out);
    if (face == SHEET_XLSX) return sheet_xlsx(ctx, sheet, out);
    sheet_csv(sheet, out);
    return OK;
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

/* Cells after the first of a line. */
static void add_cells(Buffer *out, const SheetText *texts, int count) {
    for (int i = 0; i < count; i++) {
        buffer_byte(out, ',');
        add_cell(out, texts[i].text);
    }
}

static void add_row(Buffer *out, const SheetTable *table, const SheetRow *row) {
    add_cell(out, row->label.text);
    add_cells(out, row->texts, table->text_count);
    for (int i = 0; i < table->column_count; i++) {
        int64_t paise = row->paise[i];
        uint64_t size = paise < 0 ? -(uint64_t)paise : (uint64_t)paise;
        buffer_byte(out, ',');
        if (!(row->blank >> i & 1))
            buffer_printf(out, "%s%llu.%02d", paise < 0 ? "-" : "",
                          (unsigned long long)(size / 100), (int)(size % 100));
    }
    buffer_add(out, T("\r\n"));
}

static void add_table(Buffer *out, const SheetTable *table) {
    add_cell(out, table->title.text);
    buffer_add(out, T("\r\n"));
    add_cell(out, table->first.text);
    add_cells(out, table->text_heads, table->text_count);
    add_cells(out, table->columns, table->column_count);
    buffer_add(out, T("\r\n"));
    for (int i = 0; i < table->row_count; i++) add_row(out, table, &table->rows[i]);
}

void sheet_csv(const Sheet *sheet, Buffer *out) {
    for (int i = 0; i < sheet->table_count; i++) {
        if (i) buffer_add(out, T("\r\n"));
        add_table(out, &sheet->tables[i]);
    }
}
