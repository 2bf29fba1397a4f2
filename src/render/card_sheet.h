/* Cards on A4, ten a page (2 × 5, edge to edge) with cutting marks, fronts and backs on
 * alternating pages so that they meet when printed on both sides and turned over the long edge. */
#ifndef RENDER_CARD_SHEET_H
#define RENDER_CARD_SHEET_H

#include "render/card_layout.h"
#include "render/paper.h"

enum { CARD_SHEET_CARDS = 10 };

/* The paper of sheets, to be shown, finished and deleted as paper.h says. */
Paper *card_sheet_new(CardPainter *painter, PaperWrite write, void *data);
/* Adds a page of fronts and one of backs with 1 … CARD_SHEET_CARDS cards; the faces are not needed
 * afterwards. IO card_not_drawn when a code does not fit, cairo fails or write said no. */
MUST_USE Status card_sheet_add(Ctx *ctx, Paper *paper, const CardFace *faces, int count);

#endif
