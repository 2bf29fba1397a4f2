/* A paper of figures in both languages: tables of amounts, drawn on A4, written as a workbook or
 * as CSV, all from the same values. */
#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

#include "base/buffer.h"
#include "render/paper.h"

enum { SHEET_COLUMNS_MAX = 6, SHEET_TEXTS_MAX = 3, SHEET_TABLES_MAX = 4 };

/* In the reader's language and in the other one; alt is empty where it says the same. */
typedef struct SheetText {
    Text text, alt;
} SheetText;

typedef struct SheetRow {
    SheetText label;
    int64_t paise[SHEET_COLUMNS_MAX];
    bool total;
    unsigned blank; /* bit i: amount i is not known, or none */
    SheetText texts[SHEET_TEXTS_MAX];
} SheetRow;

typedef struct SheetTable {
    SheetText title;
    SheetText first;                      /* head of the labels */
    SheetText text_heads[SHEET_TEXTS_MAX]; /* of what stands between labels and amounts */
    int text_count;                        /* > 0: labels are short, as numbers are */
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

typedef enum SheetFace { SHEET_PDF, SHEET_XLSX, SHEET_CSV, SHEET_FACE_COUNT } SheetFace;
/* By how a file's name ends: "….pdf". */
bool sheet_face_of(Text name, SheetFace *ret);

/* "12,34,567.50", with "-" before it below 0: no sign of the currency, as in account books. */
Text sheet_amount(Arena *arena, int64_t paise);
/* The amount of a column, "–" where it is blank. */
Text sheet_cell(Arena *arena, const SheetRow *row, int column);
/* Any face, into out. painter may be NULL. As below. */
MUST_USE Status sheet_write(Ctx *ctx, CardPainter *painter, const Sheet *sheet, SheetFace face,
                            Buffer *out);
/* A4 pages through write(data, …). painter may be NULL. IO card_not_drawn. */
MUST_USE Status sheet_pdf(Ctx *ctx, CardPainter *painter, const Sheet *sheet, PaperWrite write,
                          void *data);
/* An XLSX workbook with a worksheet a table, amounts as numbers in rupees. IO sheet_not_written. */
MUST_USE Status sheet_xlsx(Ctx *ctx, const Sheet *sheet, Buffer *out);
/* RFC 4180, UTF-8: each table with its heads, an empty line between; "1234.50", blank: empty. */
void sheet_csv(const Sheet *sheet, Buffer *out);

#endif
