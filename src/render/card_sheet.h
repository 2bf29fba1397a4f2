/* Cards on A4, ten a page (2 × 5, edge to edge) with cutting marks, fronts and backs on
 * alternating pages so that they meet when printed on both sides and turned over the long edge.
 * Written as it grows: memory does not go with the number of cards, but for some 100 bytes each
 * that cairo keeps of every picture. */
#ifndef RENDER_CARD_SHEET_H
#define RENDER_CARD_SHEET_H

#include "render/card_layout.h"

enum { CARD_SHEET_CARDS = 10 };

typedef struct CardSheet CardSheet;
/* Takes the next bytes of the file; false stops the work (disk full, reader gone). */
typedef bool (*CardSheetWrite)(void *data, Text bytes);

/* A file to be written through write(data, …). painter may be NULL (one is made). Never NULL. */
CardSheet *card_sheet_new(CardPainter *painter, CardSheetWrite write, void *data);
/* Adds a page of fronts and one of backs with 1 … CARD_SHEET_CARDS cards; the faces are not needed
 * afterwards. IO card_not_drawn when a code does not fit, cairo fails or write said no. */
MUST_USE Status card_sheet_add(Ctx *ctx, CardSheet *sheet, const CardFace *faces, int count);
/* Writes what is still missing of the file. IO as above. */
MUST_USE Status card_sheet_finish(Ctx *ctx, CardSheet *sheet);
/* After finish, or instead of it. */
void card_sheet_delete(CardSheet *sheet);

#endif
