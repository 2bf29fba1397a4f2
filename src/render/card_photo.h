/* The photograph on a card, in a disc. In PDFs the JPEG itself is embedded, neither blown up nor
 * coded anew; pixels are for everything else. */
#ifndef RENDER_CARD_PHOTO_H
#define RENDER_CARD_PHOTO_H

#include "render/card_face.h"
#include "render/card_painter.h"

/* Fills the disc around x, y. False, with nothing drawn, when there is no photo. Its bytes must
 * live until the surface of cr is finished. */
bool card_photo_draw(cairo_t *cr, const CardPhoto *photo, double x, double y, double radius);

#endif
