/* Cairo's SVG carries no words; the title put in behind its root element does. */
#include "render/card_svg.h"

#include <cairo-svg.h>

#include "render/markup.h"

#define GAP_MM 4.0
/* Cairo rounds outlines to 1/64 of a unit: a millimetre would be too coarse for letters. */
#define UNITS_PER_MM 10.0

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length) {
    Buffer *out = closure;
    buffer_add(out, text_bytes(data, length));
    return out->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static double height_mm(CardSides sides) {
    return sides == CARD_BOTH ? 2 * CARD_HEIGHT_MM + GAP_MM : CARD_HEIGHT_MM;
}

static Status draw_sides(Ctx *ctx, const CardCanvas *canvas, const CardFace *face,
                         CardSides sides) {
    if (sides & CARD_FRONT) {
        TRY(card_layout_front(ctx, canvas, face));
        cairo_translate(canvas->cr, 0, CARD_HEIGHT_MM + GAP_MM);
    }
    return sides & CARD_BACK ? card_layout_back(ctx, canvas, face) : OK;
}

static cairo_status_t draw(Ctx *ctx, CardPainter *painter, const CardFace *face, CardSides sides,
                           Buffer *drawing, Status *ret_status) {
    double height = height_mm(sides);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        append, drawing, CARD_WIDTH_MM * UNITS_PER_MM, height * UNITS_PER_MM);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, UNITS_PER_MM, UNITS_PER_MM);
    CardCanvas canvas = card_painter_canvas(painter, cr, QR_PATH, 0);
    *ret_status = draw_sides(ctx, &canvas, face, sides);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return drawn;
}

/* The part of the document after the root element's start tag; empty when there is none. */
static Text behind_root(Text svg) {
    const char *root = svg.len ? memmem(svg.ptr, svg.len, "<svg", 4) : NULL;
    if (!root) return TEXT_NONE;
    size_t at = (size_t)(root - svg.ptr);
    at += text_find_byte(text_slice(svg, at, svg.len), '>');
    return text_slice(svg, at + 1, svg.len);
}

/* A root of our own: cairo's would give the units as points. */
static void add_root(Buffer *out, CardSides sides) {
    double height = height_mm(sides);
    buffer_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                  "xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" width=\"%.2fmm\" "
                  "height=\"%.2fmm\" viewBox=\"0 0 %.1f %.1f\">",
                  CARD_WIDTH_MM, height, CARD_WIDTH_MM * UNITS_PER_MM, height * UNITS_PER_MM);
}

static void add_words(Buffer *out, const CardFace *face) {
    buffer_add(out, T("<title>"));
    markup_escape(out, face->organisation);
    buffer_add(out, T(" · "));
    markup_escape(out, face->number);
    buffer_add(out, T("</title><desc>"));
    const Text parts[] = {face->name, face->unit, face->kind, face->provisional};
    bool first = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (text_is_empty(parts[i])) continue;
        if (!first) buffer_add(out, T(" · "));
        markup_escape(out, parts[i]);
        first = false;
    }
    buffer_add(out, T("</desc>"));
}

Status card_svg_write(Ctx *ctx, CardPainter *painter, const CardFace *face, CardSides sides,
                      Buffer *out) {
    CardPainter *own = painter ? NULL : card_painter_new();
    Buffer drawing = buffer_in(ctx->arena, out->max);
    Status status = OK;
    cairo_status_t drawn = draw(ctx, painter ? painter : own, face, sides, &drawing, &status);
    card_painter_delete(own);
    TRY(status);
    Text body = behind_root(buffer_text(&drawing));
    add_root(out, sides);
    add_words(out, face);
    buffer_add(out, body);
    if (drawn != CAIRO_STATUS_SUCCESS || drawing.overflowed || out->overflowed || !body.len) {
        return fail_io(ctx, "card_not_drawn", "svg: %s", cairo_status_to_string(drawn));
    }
    return OK;
}
