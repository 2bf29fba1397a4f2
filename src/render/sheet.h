/* A paper of figures in both languages: tables of amounts, drawn on A4, written as a workbook or
 * as CSV, all from the same values. */
#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

#include "base/buffer.h"
#include "render/paper.h"

enum { SHEET_COLUMNS_MAX = 6, SHEET_TABLES_MAX = 4 };

/* In the reader's language and in the other one; alt is empty where it says the same. */
typedef struct SheetText {
    Text text, alt;
} SheetText;

typedef struct SheetRow {
    SheetText label;
    int64_t paise[SHEET_COLUMNS_MAX];
    bool total;
} SheetRow;

typedef struct SheetTable {
    SheetText title;
    SheetText first;                      /* head of the labels */
    SheetText columns[SHEET_COLUMNS_MAX]; /* heads of the amounts */
    int column_count;
    SheetRow *rows;
    int row_count;
} SheetTable;

typedef struct Sheet {
    SheetText organisation, title;
    uint32_t accent; /* 0xRRGGBB */
    SheetText note;  /* under the tables */
    SheetTable tables[SHEET_TABLES_MAX];
    int table_count;
} Sheet;

/* "12,34,567.50", with "-" before it below 0: no sign of the currency, as in account books. */
Text sheet_amount(Arena *arena, int64_t paise);
/* A4 pages through write(data, …). painter may be NULL. IO card_not_drawn. */
MUST_USE Status sheet_pdf(Ctx *ctx, CardPainter *painter, const Sheet *sheet, PaperWrite write,
                          void *data);
/* An XLSX workbook with a worksheet a table, amounts as numbers in rupees. IO sheet_not_written. */
MUST_USE Status sheet_xlsx(Ctx *ctx, const Sheet *sheet, Buffer *out);
/* RFC 4180, UTF-8: each table with its heads, an empty line between; "1234.50". */
void sheet_csv(const Sheet *sheet, Buffer *out);

#endif
