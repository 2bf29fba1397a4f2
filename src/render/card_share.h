/* The picture to share: "I have joined, join too", for status lines and groups. Anybody may see it:
 * no number, no code of the card, no address of the card page. */
#ifndef RENDER_CARD_SHARE_H
#define RENDER_CARD_SHARE_H

#include "base/buffer.h"
#include "render/card_painter.h"

#define CARD_SHARE_SIDE_PX 1080
#define CARD_SHARE_SIDE_MM 90.0

typedef struct CardShare {
    Text organisation, organisation_alt; /* the second may be empty */
    uint32_t accent;                     /* 0xRRGGBB */
    Text name;                           /* of the member */
    Text said;                           /* "I have joined." */
    Text invitation;                     /* "Join too" */
    Text link;                           /* to be typed: "example.org/join", short */
    Text link_url;                       /* in the QR code */
} CardShare;

/* Draws the square with its corner at the canvas' origin. IO card_not_drawn when the link is too
 * long for a QR code. */
MUST_USE Status card_share_draw(Ctx *ctx, const CardCanvas *canvas, const CardShare *share);
/* Adds a PNG file of 1080 × 1080 pixels to out. painter may be NULL. */
MUST_USE Status card_share_png(Ctx *ctx, CardPainter *painter, const CardShare *share,
                               Buffer *out);

#endif
