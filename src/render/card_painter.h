/* The tools a card is drawn with: Pango's fonts and shaped text that fits its place. Finding fonts
 * costs far more than drawing a card, so a painter is kept: one a thread. Units are millimetres. */
#ifndef RENDER_CARD_PAINTER_H
#define RENDER_CARD_PAINTER_H

#include <pango/pangocairo.h>

#include "base/ctx.h"
#include "render/qr.h"

typedef struct CardPainter CardPainter;

CardPainter *card_painter_new(void);
void card_painter_delete(CardPainter *painter);

/* Where a card is drawn. cr is scaled so that a user unit is a millimetre. */
typedef struct CardCanvas {
    CardPainter *painter;
    cairo_t *cr;
    QrStyle qr_style;
    double device_per_mm; /* pixels a millimetre; 0 for vector targets */
} CardCanvas;

/* A canvas on cr, which must already be scaled to millimetres. The painter's fonts follow its
 * scale: call it again for another surface. */
CardCanvas card_painter_canvas(CardPainter *painter, cairo_t *cr, QrStyle style,
                               double device_per_mm);

typedef struct CardType {
    double size;         /* em in mm: wished for */
    double size_min;     /* shrinks to this in steps; 0: does not shrink */
    double size_wrapped; /* and on several lines to this; 0: as size_min */
    int lines;           /* wraps to at most these when the smallest does not fit in one; 0 is 1 */
    bool bold;
    uint32_t colour;     /* 0xRRGGBB */
    PangoAlignment align; /* within the width; PANGO_ALIGN_LEFT also for right-to-left names */
} CardType;

typedef struct CardLine {
    PangoLayout *layout; /* the painter's, for as long as few others are fitted; NULL if no text */
    double height;       /* of all lines; 0 for empty text */
    double ascent;       /* from the top to the first baseline */
    double width;        /* as set, ≤ the width given */
    uint32_t colour;
} CardLine;

/* Text that fits the width: as wished, else smaller, else on several lines, else cut with "…".
 * The painter keeps its last CARD_LINES_KEPT lines: what all cards of a sheet have in common is
 * shaped once. A line is good until at least half as many others were fitted. */
enum { CARD_LINES_KEPT = 64 };
CardLine card_painter_fit(CardPainter *painter, Text text, const CardType *type, double width);
/* Draws with its top left corner at x, y. */
void card_painter_show(const CardCanvas *canvas, const CardLine *line, double x, double y);
/* Fits and shows with the first baseline at y; returns the height. */
double card_painter_text(const CardCanvas *canvas, Text text, const CardType *type, double x,
                         double baseline, double width);

/* Makes and draws a code; nothing for an empty text. IO when it fits no QR code. */
MUST_USE Status card_painter_code(Ctx *ctx, const CardCanvas *canvas, Text text, double x, double y,
                                  double side);
void card_painter_colour(cairo_t *cr, uint32_t colour);
/* The outline of a rectangle with round corners, as the path. */
void card_painter_round(cairo_t *cr, double x, double y, double width, double height,
                        double radius);
/* A filled rectangle. */
void card_painter_box(cairo_t *cr, uint32_t colour, double x, double y, double width,
                      double height);

#endif
