/* One PDF surface for the whole file: its fonts are embedded once, whatever the number of pages. */
#include "render/paper.h"

#include <cairo-pdf.h>

#include "base/clock.h"

struct Paper {
    CardPainter *painter, *own;
    cairo_surface_t *surface;
    cairo_t *cr;
    PaperWrite write;
    void *data;
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned int length) {
    Paper *paper = closure;
    bool taken = paper->write(paper->data, text_bytes(bytes, length));
    return taken ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bool paper_to_buffer(void *buffer, Text bytes) {
    Buffer *out = buffer;
    buffer_add(out, bytes);
    return !out->overflowed;
}

Paper *paper_new(CardPainter *painter, double width_mm, double height_mm, PaperWrite write,
                 void *data) {
    Paper *paper = g_new0(Paper, 1);
    paper->own = painter ? NULL : card_painter_new();
    paper->painter = painter ? painter : paper->own;
    paper->write = write;
    paper->data = data;
    paper->surface = cairo_pdf_surface_create_for_stream(
        pass_on, paper, width_mm * PAPER_POINTS_PER_MM, height_mm * PAPER_POINTS_PER_MM);
    paper->cr = cairo_create(paper->surface);
    cairo_scale(paper->cr, PAPER_POINTS_PER_MM, PAPER_POINTS_PER_MM);
    return paper;
}

void paper_describe(Ctx *ctx, Paper *paper, Text title) {
    char day[11];
    clock_iso_day(clock_day(ctx->now_s, CLOCK_INDIA_OFFSET_S), day);
    cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE,
                                   arena_cstr(ctx->arena, title));
    cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
}

CardCanvas paper_canvas(Paper *paper) {
    return card_painter_canvas(paper->painter, paper->cr, QR_MASK, 0);
}

static Status outcome(Ctx *ctx, cairo_status_t drawn) {
    if (drawn == CAIRO_STATUS_SUCCESS) return OK;
    return fail_io(ctx, "card_not_drawn", "pdf: %s", cairo_status_to_string(drawn));
}

Status paper_show(Ctx *ctx, Paper *paper) {
    cairo_show_page(paper->cr);
    return outcome(ctx, cairo_status(paper->cr));
}

Status paper_finish(Ctx *ctx, Paper *paper) {
    cairo_surface_finish(paper->surface);
    return outcome(ctx, cairo_surface_status(paper->surface));
}

void paper_delete(Paper *paper) {
    if (!paper) return;
    cairo_destroy(paper->cr);
    cairo_surface_destroy(paper->surface);
    card_painter_delete(paper->own);
    g_free(paper);
}
