/* Ten places, filled front by front and back by back. */
#include "render/card_sheet.h"

#define PAPER_WIDTH_MM 210.0
#define PAPER_HEIGHT_MM 297.0
#define COLUMNS 2
#define ROWS 5
#define LEFT_MM ((PAPER_WIDTH_MM - COLUMNS * CARD_WIDTH_MM) / 2)
#define TOP_MM ((PAPER_HEIGHT_MM - ROWS * CARD_HEIGHT_MM) / 2)

static void line(cairo_t *cr, double x, double y, double dx, double dy) {
    cairo_move_to(cr, x, y);
    cairo_rel_line_to(cr, dx, dy);
}

/* Marks in the margins where each cut goes, clear of the cards so that none is left on them. */
static void draw_marks(cairo_t *cr) {
    const double clear = 1.5, length = 6;
    for (int i = 0; i <= COLUMNS; i++) {
        double x = LEFT_MM + i * CARD_WIDTH_MM;
        line(cr, x, TOP_MM - clear, 0, -length);
        line(cr, x, PAPER_HEIGHT_MM - TOP_MM + clear, 0, length);
    }
    for (int i = 0; i <= ROWS; i++) {
        double y = TOP_MM + i * CARD_HEIGHT_MM;
        line(cr, LEFT_MM - clear, y, -length, 0);
        line(cr, PAPER_WIDTH_MM - LEFT_MM + clear, y, length, 0);
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.1);
    cairo_stroke(cr);
}

/* Backs stand mirrored: the paper is turned over its long edge. */
static Status draw_page(Ctx *ctx, Paper *paper, const CardFace *faces, int count, bool backs) {
    CardCanvas canvas = paper_canvas(paper);
    cairo_t *cr = canvas.cr;
    for (int i = 0; i < count; i++) {
        int column = backs ? COLUMNS - 1 - i % COLUMNS : i % COLUMNS;
        cairo_save(cr);
        cairo_translate(cr, LEFT_MM + column * CARD_WIDTH_MM,
                        TOP_MM + (double)(i / COLUMNS) * CARD_HEIGHT_MM);
        Status status = backs ? card_layout_back(ctx, &canvas, &faces[i])
                              : card_layout_front(ctx, &canvas, &faces[i]);
        cairo_restore(cr);
        TRY(status);
    }
    draw_marks(cr);
    return paper_show(ctx, paper);
}

Paper *card_sheet_new(CardPainter *painter, PaperWrite write, void *data) {
    return paper_new(painter, PAPER_WIDTH_MM, PAPER_HEIGHT_MM, write, data);
}

Status card_sheet_add(Ctx *ctx, Paper *paper, const CardFace *faces, int count) {
    TRY(draw_page(ctx, paper, faces, count, false));
    return draw_page(ctx, paper, faces, count, true);
}
