/* A card in the reader's language: for the drawn card (card_face.h), the card page and checks. */
#ifndef WEB_CARD_VIEW_H
#define WEB_CARD_VIEW_H

#include "domain/card.h"
#include "render/card_face.h"

/* "Sitapur, Uttar Pradesh": the unit and, below a state, its state. Never the village or city: a
 * card does not say where somebody lives. */
Text card_view_place(Ctx *ctx, const Card *card, Lang lang);
/* The day of a time in the organisation's zone: "21 November 2026". */
Text card_view_day(Ctx *ctx, int64_t time_s, Lang lang);
/* "Ordinary", "For life" or a day. */
Text card_view_kind(const Card *card, Lang lang);
Text card_view_valid_until(Ctx *ctx, const Card *card, Lang lang);

/* "Registration no. …", "Helpline …"; empty where the organisation has none. */
Text card_view_registration(Ctx *ctx);
Text card_view_helpline(Ctx *ctx);

/* "#34357a" as 0xRRGGBB. */
uint32_t card_view_accent(Text accent);

/* What render draws, in the language of ctx; card_sign must have been called. */
void card_view_face(Ctx *ctx, const Card *card, CardFace *ret);

#endif
