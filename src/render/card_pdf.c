/* Why not one page with both sides: card printers want a page a side, and so do readers. */
#include "render/card_pdf.h"

#include <cairo-pdf.h>

#include "base/clock.h"

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length) {
    Buffer *out = closure;
    buffer_add(out, text_bytes(data, length));
    return out->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static Status draw_pages(Ctx *ctx, const CardCanvas *canvas, const CardFace *face,
                         CardSides sides) {
    if (sides & CARD_FRONT) {
        TRY(card_layout_front(ctx, canvas, face));
        cairo_show_page(canvas->cr);
    }
    if (sides & CARD_BACK) {
        TRY(card_layout_back(ctx, canvas, face));
        cairo_show_page(canvas->cr);
    }
    return OK;
}

static void describe(Ctx *ctx, cairo_surface_t *surface, const CardFace *face) {
    Text title = arena_printf(ctx->arena, "%.*s · %.*s", TEXT_ARG(face->organisation),
                              TEXT_ARG(face->number));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.ptr);
    char day[11]; /* instead of the second it was drawn: the same card is the same file all day */
    clock_iso_day(clock_day(ctx->now_s, CLOCK_INDIA_OFFSET_S), day);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
}

Status card_pdf_write(Ctx *ctx, CardPainter *painter, const CardFace *face, CardSides sides,
                      Buffer *out) {
    CardPainter *own = painter ? NULL : card_painter_new();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, out, CARD_WIDTH_MM * CARD_POINTS_PER_MM, CARD_HEIGHT_MM * CARD_POINTS_PER_MM);
    describe(ctx, surface, face);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, CARD_POINTS_PER_MM, CARD_POINTS_PER_MM);
    CardCanvas canvas = card_painter_canvas(painter ? painter : own, cr, QR_MASK, 0);
    Status status = draw_pages(ctx, &canvas, face, sides);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    card_painter_delete(own);
    if (status == OK && (drawn != CAIRO_STATUS_SUCCESS || out->overflowed)) {
        return fail_io(ctx, "card_not_drawn", "pdf: %s", cairo_status_to_string(drawn));
    }
    return status;
}
