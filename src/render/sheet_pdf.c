/* Tables down A4 pages: a row is never parted, the heads stand again on top of each page. */
#include "render/card_colour.h"
#include "render/sheet.h"

#define WIDTH 210.0
#define HEIGHT 297.0
#define MARGIN 14.0
#define INNER (WIDTH - 2 * MARGIN)
#define BOTTOM (HEIGHT - 18)
#define BAND 26.0
#define ROW 9.2
#define HEAD 10.5
#define INK 0x1b1b22
#define QUIET_INK 0x5c5c68

typedef struct Page {
    Ctx *ctx;
    Paper *paper;
    const Sheet *sheet;
    CardCanvas canvas;
    int number;
    double y;
} Page;

static void begin_page(Page *p) {
    p->canvas = paper_canvas(p->paper);
    p->number++;
    p->y = MARGIN;
    CardType type = {.size = 2.8, .colour = QUIET_INK, .align = PANGO_ALIGN_CENTER};
    card_painter_text(&p->canvas, arena_printf(p->ctx->arena, "%d", p->number), &type, MARGIN,
                      HEIGHT - 8, INNER);
    if (p->number > 1) return;
    uint32_t ink = card_colour_on(p->sheet->accent);
    card_painter_box(p->canvas.cr, p->sheet->accent, 0, 0, WIDTH, BAND);
    CardType name = {.size = 5.6, .size_min = 3.6, .bold = true, .colour = ink};
    CardType alt = {.size = 3.4, .size_min = 2.6, .colour = ink};
    double half = INNER / 2 - 3, right = MARGIN + INNER / 2 + 3;
    card_painter_text(&p->canvas, p->sheet->organisation.text, &name, MARGIN, 12, half);
    card_painter_text(&p->canvas, p->sheet->organisation.alt, &alt, MARGIN, 19, half);
    name.align = alt.align = PANGO_ALIGN_RIGHT;
    name.size = 4.6;
    card_painter_text(&p->canvas, p->sheet->title.text, &name, right, 12, half);
    card_painter_text(&p->canvas, p->sheet->title.alt, &alt, right, 19, half);
    p->y = BAND + 6;
}

/* Room for so much, on a new page when this one is full. */
static Status need(Page *p, double height, bool *ret_new) {
    *ret_new = p->y + height > BOTTOM;
    if (!*ret_new) return OK;
    TRY(paper_show(p->ctx, p->paper));
    begin_page(p);
    return OK;
}

static double label_width(const SheetTable *t) {
    if (t->text_count) return t->text_count > 1 ? 13 : 62;
    return t->column_count > 4 ? 34 : 62;
}

/* Of one text; amounts share what the texts leave. */
static double text_width(const SheetTable *t) {
    if (!t->text_count) return 0;
    double texts = INNER - label_width(t) - 25.0 * t->column_count;
    return texts / t->text_count;
}

static double amounts_left(const SheetTable *t) {
    return label_width(t) + t->text_count * text_width(t);
}

static void cell(Page *p, const SheetTable *t, int column, Text text, CardType type, double y) {
    double left = MARGIN + amounts_left(t), each = (INNER - amounts_left(t)) / t->column_count;
    type.align = PANGO_ALIGN_RIGHT;
    card_painter_text(&p->canvas, text, &type, left + column * each + 1, y, each - 2);
}

/* A column of text in both languages, one above the other; column -1: the label. */
static void words(Page *p, const SheetTable *t, int column, const SheetText *text,
                  const CardType *type, double row_height) {
    CardType alt = {.size = 2.6, .size_min = 1.8, .colour = QUIET_INK};
    double left = MARGIN + 1.5, width = column < 0 ? label_width(t) : text_width(t);
    if (column >= 0) left += label_width(t) + column * text_width(t);
    bool two = text->alt.len > 0;
    double base = p->y + (two ? row_height * 0.43 : row_height * 0.63);
    card_painter_text(&p->canvas, text->text, type, left, base, width - 3);
    card_painter_text(&p->canvas, text->alt, &alt, left, base + row_height * 0.42, width - 3);
}

static void draw_head(Page *p, const SheetTable *t) {
    CardType type = {.size = 2.9, .size_min = 1.9, .bold = true, .colour = INK};
    CardType alt = {.size = 2.6, .size_min = 1.8, .colour = QUIET_INK};
    card_painter_box(p->canvas.cr, card_colour_tint(p->sheet->accent, 0.12), MARGIN, p->y, INNER,
                     HEAD);
    words(p, t, -1, &t->first, &type, HEAD);
    for (int i = 0; i < t->text_count; i++) words(p, t, i, &t->text_heads[i], &type, HEAD);
    for (int i = 0; i < t->column_count; i++) {
        cell(p, t, i, t->columns[i].text, type, p->y + 4.4);
        cell(p, t, i, t->columns[i].alt, alt, p->y + 8.6);
    }
    p->y += HEAD;
}

/* above: the row above on the same page, or NULL. Lines of one entry say what it was once. */
static void draw_row(Page *p, const SheetTable *t, const SheetRow *row, const SheetRow *above) {
    CardType type = {.size = 3.1, .size_min = 2, .bold = row->total, .colour = INK};
    bool goes_on = t->text_count > 1 && above && text_eq(above->label.text, row->label.text);
    if (!goes_on) words(p, t, -1, &row->label, &type, ROW);
    for (int i = 0; i < t->text_count; i++)
        if (!goes_on || !text_eq(above->texts[i].text, row->texts[i].text))
            words(p, t, i, &row->texts[i], &type, ROW);
    for (int i = 0; i < t->column_count; i++)
        cell(p, t, i, sheet_cell(p->ctx->arena, row, i), type, p->y + 5.8);
    card_painter_box(p->canvas.cr, row->total ? QUIET_INK : 0xdddbe4, MARGIN, p->y + ROW - 0.15,
                     INNER, row->total ? 0.35 : 0.15);
    p->y += ROW;
}

static Status draw_table(Page *p, const SheetTable *t) {
    bool fresh;
    CardType title = {.size = 4.2, .size_min = 3, .bold = true,
                      .colour = card_colour_ink(p->sheet->accent)};
    CardType alt = {.size = 3.2, .size_min = 2.4, .colour = QUIET_INK};
    TRY(need(p, 12 + HEAD + 2 * ROW, &fresh));
    card_painter_text(&p->canvas, t->title.text, &title, MARGIN, p->y + 4, INNER);
    card_painter_text(&p->canvas, t->title.alt, &alt, MARGIN, p->y + 8.6, INNER);
    p->y += 12;
    draw_head(p, t);
    for (int i = 0; i < t->row_count; i++) {
        TRY(need(p, ROW, &fresh));
        if (fresh) draw_head(p, t);
        draw_row(p, t, &t->rows[i], fresh || !i ? NULL : &t->rows[i - 1]);
    }
    p->y += 7;
    return OK;
}

static Status draw_all(Page *p) {
    bool fresh;
    begin_page(p);
    for (int i = 0; i < p->sheet->table_count; i++) TRY(draw_table(p, &p->sheet->tables[i]));
    TRY(need(p, 14, &fresh));
    CardType type = {.size = 3.2, .size_min = 2.4, .lines = 2, .colour = INK};
    p->y += card_painter_text(&p->canvas, p->sheet->note.text, &type, MARGIN, p->y + 3, INNER);
    card_painter_text(&p->canvas, p->sheet->note.alt, &type, MARGIN, p->y + 3, INNER);
    TRY(paper_show(p->ctx, p->paper));
    return paper_finish(p->ctx, p->paper);
}

Status sheet_pdf(Ctx *ctx, CardPainter *painter, const Sheet *sheet, PaperWrite write,
                 void *data) {
    Page page = {.ctx = ctx, .sheet = sheet};
    page.paper = paper_new(painter, WIDTH, HEIGHT, write, data);
    paper_describe(ctx, page.paper, arena_printf(ctx->arena, "%.*s · %.*s",
                                                 TEXT_ARG(sheet->organisation.text),
                                                 TEXT_ARG(sheet->title.text)));
    Status status = draw_all(&page);
    paper_delete(page.paper);
    return status;
}
