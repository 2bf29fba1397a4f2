/* One column in the organisation's colour: who, what, and the way in. */
#include "render/card_share.h"

#include "render/card_colour.h"
#include "render/card_initials.h"
#include "render/card_png.h"

#define SIDE CARD_SHARE_SIDE_MM
#define EDGE 7.0
#define WIDTH (SIDE - 2 * EDGE)
#define CODE_SIDE 30.0
#define PANEL_TOP 50.0

static void draw_ground(cairo_t *cr, uint32_t accent) {
    card_painter_colour(cr, accent);
    cairo_rectangle(cr, 0, 0, SIDE, SIDE);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_rectangle(cr, 0, PANEL_TOP, SIDE, SIDE - PANEL_TOP);
    cairo_fill(cr);
}

static void draw_words(const CardCanvas *canvas, const CardShare *share) {
    uint32_t ink = card_colour_on(share->accent);
    CardType name = {.size = 5.4, .size_min = 3.6, .lines = 2, .colour = ink};
    CardType said = {.size = 11, .size_min = 6, .bold = true, .lines = 2, .colour = ink};
    CardType organisation = {.size = 6, .size_min = 3.6, .bold = true, .lines = 2, .colour = ink};
    CardType other = {.size = 3.8, .size_min = 2.6, .colour = ink};
    CardLine line = card_painter_fit(canvas->painter, share->name, &name, WIDTH);
    double top = EDGE;
    card_painter_show(canvas, &line, EDGE, top);
    top += line.height + 1;
    line = card_painter_fit(canvas->painter, share->said, &said, WIDTH);
    card_painter_show(canvas, &line, EDGE, top);
    top += line.height + 1;
    line = card_painter_fit(canvas->painter, share->organisation, &organisation, WIDTH);
    card_painter_show(canvas, &line, EDGE, top);
    top += line.height;
    line = card_painter_fit(canvas->painter, share->organisation_alt, &other, WIDTH);
    if (line.layout && top + line.height < PANEL_TOP) card_painter_show(canvas, &line, EDGE, top);
}

Status card_share_draw(Ctx *ctx, const CardCanvas *canvas, const CardShare *share) {
    CardType invitation = {.size = 8, .size_min = 4.5, .bold = true, .lines = 2,
                           .colour = 0x1b1b22};
    CardType link = {.size = 4.6, .size_min = 2.8, .lines = 2, .colour = 0x1b1b22};
    double beside = WIDTH - CODE_SIDE - 3;
    draw_ground(canvas->cr, share->accent);
    draw_words(canvas, share);
    CardLine line = card_painter_fit(canvas->painter, share->invitation, &invitation, beside);
    card_painter_show(canvas, &line, EDGE, PANEL_TOP + 6);
    double top = PANEL_TOP + 6 + line.height + 3;
    line = card_painter_fit(canvas->painter, share->link, &link, beside);
    card_painter_show(canvas, &line, EDGE, top);
    return card_painter_code(ctx, canvas, share->link_url, SIDE - EDGE - CODE_SIDE, PANEL_TOP + 5,
                             CODE_SIDE);
}

static Status draw(Ctx *ctx, const CardCanvas *canvas, const void *what, CardSides sides) {
    (void)sides;
    return card_share_draw(ctx, canvas, what);
}

Status card_share_png(Ctx *ctx, CardPainter *painter, const CardShare *share, Buffer *out) {
    return card_png_draw(ctx, painter, share, CARD_FRONT, draw,
                         (CardPngSize){CARD_SHARE_SIDE_PX, CARD_SHARE_SIDE_PX,
                                       CARD_SHARE_SIDE_PX / CARD_SHARE_SIDE_MM},
                         out);
}
