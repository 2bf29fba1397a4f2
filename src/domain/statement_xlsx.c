/* A workbook says in one part which sheets it has, in a second where they are, in a third which
 * numbers are dates, in a fourth the words; then come the sheets. */
#include "domain/statement_xlsx.h"

#include "domain/statement_xlsx_part.h"
#include "domain/statement_xlsx_sheet.h"

enum { SHEETS_MAX = 64 };

typedef struct Book {
    Arena *arena;
    StatementXlsxReader reader;
    StatementXlsxStyles styles;
    Text sheet_ids[SHEETS_MAX], sheet_parts[SHEETS_MAX]; /* in the workbook's order */
    int sheet_count;
    Text strings_part, styles_part;
} Book;

static void nothing(void *argument, const char *name) {
    (void)argument, (void)name;
}

static void on_workbook(void *argument, const char *name, const char **attributes) {
    Book *book = argument;
    if (strcmp(name, "workbookPr") == 0) {
        Text value = statement_xlsx_part_attribute(attributes, "date1904");
        book->styles.from_1904 = text_eq(value, T("1")) || text_eq(value, T("true"));
    }
    if (strcmp(name, "sheet") != 0 || book->sheet_count == SHEETS_MAX) return;
    /* Its name is an attribute "name", its own number "sheetId", the relation "r:id". */
    Text id = statement_xlsx_part_attribute(attributes, "id");
    if (id.len < 64) book->sheet_ids[book->sheet_count++] = arena_copy(book->arena, id);
}

static Text part_of(Arena *arena, Text target) {
    if (target.len > 200) return TEXT_NONE;
    if (text_starts_with(target, T("/")))
        return arena_copy(arena, text_slice(target, 1, target.len));
    return arena_printf(arena, "xl/%.*s", TEXT_ARG(target));
}

static void on_relation(void *argument, const char *name, const char **attributes) {
    Book *book = argument;
    if (strcmp(name, "Relationship") != 0) return;
    Text id = statement_xlsx_part_attribute(attributes, "Id");
    Text type = statement_xlsx_part_attribute(attributes, "Type");
    Text target = statement_xlsx_part_attribute(attributes, "Target");
    if (!book->strings_part.len && text_ends_with(type, T("/sharedStrings")))
        book->strings_part = part_of(book->arena, target);
    if (!book->styles_part.len && text_ends_with(type, T("/styles")))
        book->styles_part = part_of(book->arena, target);
    for (int i = 0; i < book->sheet_count; i++)
        if (!book->sheet_parts[i].len && text_eq(book->sheet_ids[i], id))
            book->sheet_parts[i] = part_of(book->arena, target);
}

static Status broken(const StatementRows *rows) {
    return statement_rows_fail(rows->ctx, rows->into->file, "statement_xlsx");
}

static Status read_outline(StatementRows *rows, StatementXlsxZip *zip, Book *book) {
    book->reader = (StatementXlsxReader){.start = on_workbook, .end = nothing, .argument = book};
    if (statement_xlsx_part_read(zip, T("xl/workbook.xml"), &book->reader) != STATEMENT_XLSX_DONE)
        return broken(rows);
    book->reader.start = on_relation;
    if (statement_xlsx_part_read(zip, T("xl/_rels/workbook.xml.rels"), &book->reader) !=
        STATEMENT_XLSX_DONE)
        return broken(rows);
    return OK;
}

Status statement_xlsx_read(StatementRows *rows, Text bytes) {
    StatementXlsxZip zip;
    StatementXlsxStrings strings = {0};
    if (!statement_xlsx_part_open(rows->into->arena, bytes, &zip)) return broken(rows);
    Book *book = arena_try(rows->into->arena, sizeof *book);
    if (!book) return broken(rows);
    book->arena = rows->into->arena;
    TRY(read_outline(rows, &zip, book));
    if (statement_xlsx_sheet_styles(&zip, book->styles_part, &book->styles) ==
            STATEMENT_XLSX_BROKEN ||
        statement_xlsx_sheet_strings(&zip, rows, book->strings_part, &strings) ==
            STATEMENT_XLSX_BROKEN)
        return broken(rows);
    for (int i = 0; i < book->sheet_count && !rows->into->rows_count && !rows->refused; i++) {
        if (!book->sheet_parts[i].len) continue;
        if (statement_xlsx_sheet_read(&zip, rows, book->sheet_parts[i], &book->styles, &strings) ==
            STATEMENT_XLSX_BROKEN)
            return broken(rows);
    }
    return OK;
}
