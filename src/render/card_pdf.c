/* Why not one page with both sides: card printers want a page a side, and so do readers. */
#include "render/card_pdf.h"

#include "render/paper.h"

static Status draw_pages(Ctx *ctx, Paper *paper, const CardFace *face, CardSides sides) {
    CardCanvas canvas = paper_canvas(paper);
    if (sides & CARD_FRONT) {
        TRY(card_layout_front(ctx, &canvas, face));
        TRY(paper_show(ctx, paper));
    }
    if (sides & CARD_BACK) {
        TRY(card_layout_back(ctx, &canvas, face));
        TRY(paper_show(ctx, paper));
    }
    return paper_finish(ctx, paper);
}

Status card_pdf_write(Ctx *ctx, CardPainter *painter, const CardFace *face, CardSides sides,
                      Buffer *out) {
    Paper *paper = paper_new(painter, CARD_WIDTH_MM, CARD_HEIGHT_MM, paper_to_buffer, out);
    paper_describe(ctx, paper, arena_printf(ctx->arena, "%.*s · %.*s",
                                            TEXT_ARG(face->organisation), TEXT_ARG(face->number)));
    Status status = draw_pages(ctx, paper, face, sides);
    paper_delete(paper);
    return status;
}
