/* From a card of the domain to the face that render draws, in one language; and the costly tools
 * that drawing and signing need, lent to one thread at a time. */
#ifndef WEB_CARD_FACES_H
#define WEB_CARD_FACES_H

#include "domain/card.h"
#include "render/card_face.h"

/* Everything that stands on the card, in the ctx's language. The card must be signed. */
void card_faces_fill(Ctx *ctx, const Card *card, CardFace *ret);
/* "Sitapur, Uttar Pradesh" / "सीतापुर, उत्तर प्रदेश". */
Text card_faces_unit(Arena *arena, const Card *card, Lang lang);
/* The language a card is printed in: that of its name's script. */
Lang card_faces_lang(const Card *card);

#endif
