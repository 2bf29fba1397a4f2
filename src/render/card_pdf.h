/* One card as PDF: real, selectable, rightly shaped text; the codes as stencil masks. */
#ifndef RENDER_CARD_PDF_H
#define RENDER_CARD_PDF_H

#include "base/buffer.h"
#include "render/card_layout.h"

/* Adds the file to out: a page a side, each 85.60 × 53.98 mm. painter may be NULL (a temporary one
 * is made, which costs more than the card). IO card_not_drawn when cairo or a code fails. */
MUST_USE Status card_pdf_write(Ctx *ctx, CardPainter *painter, const CardFace *face,
                               CardSides sides, Buffer *out);

#endif
