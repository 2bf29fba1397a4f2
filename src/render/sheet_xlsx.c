/* The library writes to a file by name only: one in memory gets a name under /proc. */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "render/sheet.h"

enum { LABEL_WIDTH = 44, AMOUNT_WIDTH = 18, ROW_HEAD = 2 };

typedef struct Formats {
    lxw_format *bold, *head, *amount, *total;
} Formats;

static Formats formats_of(lxw_workbook *book) {
    Formats f = {workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                 workbook_add_format(book)};
    format_set_bold(f.bold);
    format_set_bold(f.head);
    format_set_align(f.head, LXW_ALIGN_RIGHT);
    format_set_text_wrap(f.head);
    /* groups as in India: crores, lakhs, thousands */
    const char *grouped = "[>=10000000]##\\,##\\,##\\,##0.00;[>=100000]##\\,##\\,##0.00;#,##0.00";
    format_set_num_format(f.amount, grouped);
    format_set_num_format(f.total, grouped);
    format_set_bold(f.total);
    return f;
}

static char *both(Ctx *ctx, const SheetText *t) {
    if (!t->alt.len) return arena_cstr(ctx->arena, t->text);
    return arena_cstr(ctx->arena, arena_printf(ctx->arena, "%.*s / %.*s", TEXT_ARG(t->text),
                                               TEXT_ARG(t->alt)));
}

static void add_texts(Ctx *ctx, lxw_worksheet *page, lxw_row_t at, const SheetText *first,
                      const SheetText *texts, int count, lxw_format *format) {
    (void)worksheet_write_string(page, at, 0, both(ctx, first), format);
    for (int i = 0; i < count; i++)
        (void)worksheet_write_string(page, at, (lxw_col_t)(i + 1), both(ctx, &texts[i]), format);
}

static void add_table(Ctx *ctx, lxw_workbook *book, const Formats *f, const Sheet *sheet,
                      const SheetTable *table, int index) {
    char name[16];
    (void)snprintf(name, sizeof name, "%d", index + 1);
    lxw_worksheet *page = workbook_add_worksheet(book, name);
    lxw_col_t texts = (lxw_col_t)table->text_count, amounts = (lxw_col_t)(texts + 1);
    (void)worksheet_set_column(page, 0, texts, LABEL_WIDTH, NULL);
    (void)worksheet_set_column(page, amounts, (lxw_col_t)(texts + table->column_count),
                               AMOUNT_WIDTH, NULL);
    (void)worksheet_write_string(page, 0, 0, both(ctx, &sheet->organisation), f->bold);
    (void)worksheet_write_string(page, 1, 0, both(ctx, &sheet->title), f->bold);
    (void)worksheet_write_string(page, 2, 0, both(ctx, &table->title), f->bold);
    lxw_row_t head = ROW_HEAD + 2;
    add_texts(ctx, page, head, &table->first, table->text_heads, table->text_count, f->bold);
    for (int i = 0; i < table->column_count; i++)
        (void)worksheet_write_string(page, head, (lxw_col_t)(amounts + i),
                                     both(ctx, &table->columns[i]), f->head);
    for (int i = 0; i < table->row_count; i++) {
        const SheetRow *row = &table->rows[i];
        lxw_row_t at = head + 1 + (lxw_row_t)i;
        add_texts(ctx, page, at, &row->label, row->texts, table->text_count,
                  row->total ? f->bold : NULL);
        for (int j = 0; j < table->column_count; j++)
            if (!(row->blank >> j & 1))
                (void)worksheet_write_number(page, at, (lxw_col_t)(amounts + j),
                                             (double)row->paise[j] / 100,
                                             row->total ? f->total : f->amount);
    }
    worksheet_freeze_panes(page, head + 1, 1);
    worksheet_set_paper(page, 9); /* A4 */
    worksheet_fit_to_pages(page, 1, 0);
}

static Status write_book(Ctx *ctx, const Sheet *sheet, int file) {
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    lxw_workbook *book = workbook_new(path);
    if (!book) return fail_io(ctx, "sheet_not_written", "no workbook");
    Formats formats = formats_of(book);
    for (int i = 0; i < sheet->table_count; i++)
        add_table(ctx, book, &formats, sheet, &sheet->tables[i], i);
    lxw_error error = workbook_close(book);
    if (error) return fail_io(ctx, "sheet_not_written", "xlsx: %s", lxw_strerror(error));
    return OK;
}

static Status read_back(Ctx *ctx, int file, Buffer *out) {
    struct stat now;
    if (fstat(file, &now) != 0) return fail_io(ctx, "sheet_not_written", "fstat");
    char *room = buffer_room(out, (size_t)now.st_size);
    bool whole = room && pread(file, room, (size_t)now.st_size, 0) == now.st_size;
    return whole ? OK : fail_io(ctx, "sheet_not_written", "read back");
}

Status sheet_xlsx(Ctx *ctx, const Sheet *sheet, Buffer *out) {
    int file = memfd_create("sheet", MFD_CLOEXEC);
    if (file < 0) return fail_io(ctx, "sheet_not_written", "memfd");
    Status status = write_book(ctx, sheet, file);
    if (status == OK) status = read_back(ctx, file, out);
    (void)close(file);
    return status;
}
