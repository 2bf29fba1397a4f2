/* Parts of a card that the printed front and the picture for a phone have in common. Millimetres of
 * the canvas, as in card_painter.h. */
#ifndef RENDER_CARD_PARTS_H
#define RENDER_CARD_PARTS_H

#include "render/card_face.h"
#include "render/card_painter.h"

#define CARD_INK 0x1b1b22
#define CARD_QUIET_INK 0x5c5c68
#define CARD_MARIGOLD 0xf0a202
#define CARD_MARGIN 4.2
/* em, 6.2 pt: nothing is meant to stand smaller; what is long beyond reason may. */
#define CARD_SMALLEST 2.2

typedef struct CardPlace {
    double x, y, width, height;
} CardPlace;

/* A disc with initials: of the organisation as its mark, of the member in place of a photo. */
void card_parts_disc(const CardCanvas *canvas, Text name, uint32_t disc, uint32_t ink, double x,
                     double y, double radius);
/* The organisation's mark and names, from the left margin to right, in the middle of the height
 * that is painted in its colour already. */
void card_parts_organisation(const CardCanvas *canvas, const CardFace *face, double height,
                             double right);
/* Photo or disc, name in both scripts, posts, what was added: their middle at the same height. */
void card_parts_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face,
                       const CardPlace *place);
/* The number under its label; 9 mm above the baseline are its own. */
void card_parts_number(const CardCanvas *canvas, const CardFace *face, double x, double baseline,
                       double width);
/* Right across, so that nobody takes the card for a confirmed one; nothing for an empty text. */
void card_parts_provisional(const CardCanvas *canvas, Text text, double top, double height,
                            double width);

#endif
