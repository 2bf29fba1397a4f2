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

static double label_width(const SheetTable *t) { return t->column_count > 4 ? 34 : 62; }

static void cell(Page *p, const SheetTable *t, int column, Text text, CardType type, double y) {
    double left = MARGIN + label_width(t), each = (INNER - label_width(t)) / t->column_count;
    type.align = PANGO_ALIGN_RIGHT;
    card_painter_text(&p->canvas, text, &type, left + column * each + 1, y, each - 2);
}

static void draw_head(Page *p, const SheetTable *t) {
    CardType type = {.size = 2.9, .size_min = 1.9, .bold = true, .colour = INK};
    CardType alt = {.size = 2.6, .size_min = 1.8, .colour = QUIET_INK};
    card_painter_box(p->canvas.cr, card_colour_tint(p->sheet->accent, 0.12), MARGIN, p->y, INNER,
                     HEAD);
    card_painter_text(&p->canvas, t->first.text, &type, MARGIN + 1.5, p->y + 4.4,
                      label_width(t) - 3);
    card_painter_text(&p->canvas, t->first.alt, &alt, MARGIN + 1.5, p->y + 8.6,
                      label_width(t) - 3);
    for (int i = 0; i < t->column_count; i++) {
        cell(p, t, i, t->columns[i].text, type, p->y + 4.4);
        cell(p, t, i, t->columns[i].alt, alt, p->y + 8.6);
    }
    p->y += HEAD;
}

static void draw_row(Page *p, const SheetTable *t, const SheetRow *row) {
    CardType type = {.size = 3.1, .size_min = 2, .bold = row->total, .colour = INK};
    CardType alt = {.size = 2.6, .size_min = 1.8, .colour = QUIET_INK};
    bool two = row->label.alt.len > 0;
    double base = p->y + (two ? 4 : 5.8);
    card_painter_text(&p->canvas, row->label.text, &type, MARGIN + 1.5, base, label_width(t) - 3);
    card_painter_text(&p->canvas, row->label.alt, &alt, MARGIN + 1.5, base + 3.9,
                      label_width(t) - 3);
    for (int i = 0; i < t->column_count; i++)
        cell(p, t, i, sheet_amount(p->ctx->arena, row->paise[i]), type, p->y + 5.8);
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
        draw_row(p, t, &t->rows[i]);
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
