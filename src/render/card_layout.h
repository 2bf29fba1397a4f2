/* Where everything stands on a card: one drawing for PDF, PNG, SVG and sheets. CR80 (ISO/IEC 7810
 * ID-1), millimetres, origin in the top left corner. */
#ifndef RENDER_CARD_LAYOUT_H
#define RENDER_CARD_LAYOUT_H

#include "render/card_face.h"
#include "render/card_painter.h"

#define CARD_WIDTH_MM 85.60
#define CARD_HEIGHT_MM 53.98

typedef enum CardSides { CARD_FRONT = 1, CARD_BACK = 2, CARD_BOTH = 3 } CardSides;

/* Draws one side with its corner at the canvas' origin, nothing outside of it: square corners, for
 * cutting. IO card_not_drawn when a code is too long for a QR code. */
MUST_USE Status card_layout_front(Ctx *ctx, const CardCanvas *canvas, const CardFace *face);
MUST_USE Status card_layout_back(Ctx *ctx, const CardCanvas *canvas, const CardFace *face);

/* The tall picture for a phone, 1080 × 1920 pixels: what the front says, larger, beside the check
 * code; below it the signed code. Read on a screen of 360 pixels, its smallest words are as large
 * as those of a page. The canvas' millimetre is CARD_PHONE_SCALE pixels. */
#define CARD_PHONE_WIDTH_PX 1080
#define CARD_PHONE_HEIGHT_PX 1920
#define CARD_PHONE_SCALE (1000 / CARD_WIDTH_MM)
MUST_USE Status card_layout_phone(Ctx *ctx, const CardCanvas *canvas, const CardFace *face);

#endif
