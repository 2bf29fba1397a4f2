/* One PDF surface for the whole file: its fonts are embedded once, whatever the number of pages. */
#include "render/card_sheet.h"

#include <cairo-pdf.h>

#define PAPER_WIDTH_MM 210.0
#define PAPER_HEIGHT_MM 297.0
#define COLUMNS 2
#define ROWS 5
#define LEFT_MM ((PAPER_WIDTH_MM - COLUMNS * CARD_WIDTH_MM) / 2)
#define TOP_MM ((PAPER_HEIGHT_MM - ROWS * CARD_HEIGHT_MM) / 2)

struct CardSheet {
    CardPainter *painter, *own;
    cairo_surface_t *surface;
    cairo_t *cr;
    CardSheetWrite write;
    void *data;
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned int length) {
    CardSheet *sheet = closure;
    bool taken = sheet->write(sheet->data, text_bytes(bytes, length));
    return taken ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

CardSheet *card_sheet_new(CardPainter *painter, CardSheetWrite write, void *data) {
    CardSheet *sheet = g_new0(CardSheet, 1);
    sheet->own = painter ? NULL : card_painter_new();
    sheet->painter = painter ? painter : sheet->own;
    sheet->write = write;
    sheet->data = data;
    sheet->surface = cairo_pdf_surface_create_for_stream(pass_on, sheet,
                                                         PAPER_WIDTH_MM * CARD_POINTS_PER_MM,
                                                         PAPER_HEIGHT_MM * CARD_POINTS_PER_MM);
    sheet->cr = cairo_create(sheet->surface);
    cairo_scale(sheet->cr, CARD_POINTS_PER_MM, CARD_POINTS_PER_MM);
    return sheet;
}

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
static Status draw_page(Ctx *ctx, CardSheet *sheet, const CardFace *faces, int count, bool backs) {
    cairo_t *cr = sheet->cr;
    CardCanvas canvas = card_painter_canvas(sheet->painter, cr, QR_MASK, 0);
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
    cairo_show_page(cr);
    return OK;
}

static Status outcome(Ctx *ctx, cairo_status_t drawn) {
    if (drawn == CAIRO_STATUS_SUCCESS) return OK;
    return fail_io(ctx, "card_not_drawn", "sheet: %s", cairo_status_to_string(drawn));
}

Status card_sheet_add(Ctx *ctx, CardSheet *sheet, const CardFace *faces, int count) {
    TRY(draw_page(ctx, sheet, faces, count, false));
    TRY(draw_page(ctx, sheet, faces, count, true));
    return outcome(ctx, cairo_status(sheet->cr));
}

Status card_sheet_finish(Ctx *ctx, CardSheet *sheet) {
    cairo_surface_finish(sheet->surface);
    return outcome(ctx, cairo_surface_status(sheet->surface));
}

void card_sheet_delete(CardSheet *sheet) {
    if (!sheet) return;
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->surface);
    card_painter_delete(sheet->own);
    g_free(sheet);
}
