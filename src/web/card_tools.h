/* What signing and drawing cards needs and is costly to make (deflate state, fonts): kept, and lent
 * to one request at a time. */
#ifndef WEB_CARD_TOOLS_H
#define WEB_CARD_TOOLS_H

#include "domain/card.h"

struct CardPainter;
typedef struct CardTools CardTools;

/* In the arena, which releases the tools when it is cleared. */
CardTools *card_tools_new(Arena *arena);

/* card_sign with a kept maker. */
MUST_USE Status card_tools_sign(CardTools *tools, Ctx *ctx, Card *card);
/* A painter; give it back with card_tools_return. */
struct CardPainter *card_tools_painter(CardTools *tools);
void card_tools_return(CardTools *tools, struct CardPainter *painter);

#endif
