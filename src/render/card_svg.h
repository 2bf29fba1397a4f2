/* A card as SVG, for the web and for printers that want vectors: text as outlines, so that it looks
 * the same without the fonts; the codes as one path each. */
#ifndef RENDER_CARD_SVG_H
#define RENDER_CARD_SVG_H

#include "base/buffer.h"
#include "render/card_layout.h"

/* Adds an SVG document of 85.60 × 53.98 mm to out; with both sides front above back, 111.96 mm
 * high. A title and a description name organisation, member and number for who cannot see it.
 * painter may be NULL (a temporary one is made). IO card_not_drawn when drawing fails. */
MUST_USE Status card_svg_write(Ctx *ctx, CardPainter *painter, const CardFace *face,
                               CardSides sides, Buffer *out);

#endif
