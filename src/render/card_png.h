/* A card as a picture: 300 dpi for printing and sharing, or the tall one for a phone. */
#ifndef RENDER_CARD_PNG_H
#define RENDER_CARD_PNG_H

#include "base/buffer.h"
#include "render/card_layout.h"

#define CARD_PNG_DPI 300

/* Adds a PNG file of 1011 × 638 pixels to out; with both sides front above back, 1011 × 1322.
 * painter may be NULL (a temporary one is made). IO card_not_drawn when drawing fails. */
MUST_USE Status card_png_write(Ctx *ctx, CardPainter *painter, const CardFace *face,
                               CardSides sides, Buffer *out);
/* The same of card_layout_phone: 1080 × 1920 pixels. */
MUST_USE Status card_png_phone(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out);

/* Any drawing as PNG: what is passed on to draw; scale: pixels a millimetre. For the files that
 * draw pictures of their own. */
typedef Status (*CardPngDrawing)(Ctx *ctx, const CardCanvas *canvas, const void *what,
                                 CardSides sides);
typedef struct CardPngSize {
    int width_px, height_px;
    double scale;
} CardPngSize;
MUST_USE Status card_png_draw(Ctx *ctx, CardPainter *painter, const void *what, CardSides sides,
                              CardPngDrawing draw, CardPngSize size, Buffer *out);

#endif
