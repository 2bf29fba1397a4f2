/* The picture that fills a phone: at a stall or a gate nobody turns a screen over, so the front
 * and both codes stand under one another. */
#include "render/card_colour.h"
#include "render/card_layout.h"

#define QUIET_INK 0x5c5c68
#define WIDTH (CARD_PHONE_WIDTH_PX / CARD_PHONE_SCALE)
#define HEIGHT (CARD_PHONE_HEIGHT_PX / CARD_PHONE_SCALE)
#define EDGE ((WIDTH - CARD_WIDTH_MM) / 2)
#define PANEL_TOP (EDGE + CARD_HEIGHT_MM + EDGE)
#define PANEL_HEIGHT (HEIGHT - PANEL_TOP - EDGE)
#define CHECK_SIDE 38.0
#define SIGNED_SIDE 50.0

static void round_box(cairo_t *cr, double x, double y, double width, double height) {
    const double radius = 3.18; /* as ISO/IEC 7810 rounds a card's corners */
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
    cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
    cairo_arc(cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
    cairo_arc(cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
    cairo_close_path(cr);
}

static void draw_ground(const CardCanvas *canvas, uint32_t accent) {
    cairo_t *cr = canvas->cr;
    card_painter_colour(cr, card_colour_tint(accent, 0.16));
    cairo_rectangle(cr, 0, 0, WIDTH, HEIGHT);
    cairo_fill(cr);
    for (int i = 6; i > 0; i--) { /* a soft shadow: rings that add up */
        cairo_set_source_rgba(cr, 0, 0, 0, 0.02);
        round_box(cr, EDGE - i * 0.12, EDGE + 0.3 - i * 0.06, CARD_WIDTH_MM + i * 0.24,
                  CARD_HEIGHT_MM + i * 0.24);
        cairo_fill(cr);
    }
    cairo_set_source_rgb(cr, 1, 1, 1);
    round_box(cr, EDGE, PANEL_TOP, CARD_WIDTH_MM, PANEL_HEIGHT);
    cairo_fill(cr);
}

static Status draw_code(Ctx *ctx, const CardCanvas *canvas, Text code, Text caption, double top,
                        double side) {
    CardType type = {.size = 2.8, .size_min = 2.0, .bold = true, .colour = QUIET_INK,
                     .align = PANGO_ALIGN_CENTER};
    TRY(card_painter_code(ctx, canvas, code, (WIDTH - side) / 2, top, side));
    card_painter_text(canvas, caption, &type, EDGE + 4, top + side + 1.8, CARD_WIDTH_MM - 8);
    return OK;
}

Status card_layout_phone(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    cairo_t *cr = canvas->cr;
    draw_ground(canvas, face->accent);
    cairo_save(cr);
    round_box(cr, EDGE, EDGE, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    cairo_clip(cr);
    cairo_translate(cr, EDGE, EDGE);
    Status status = card_layout_front(ctx, canvas, face);
    cairo_restore(cr);
    TRY(status);
    const double caption = 4.6;
    double spare = PANEL_HEIGHT - CHECK_SIDE - SIGNED_SIDE - 2 * caption;
    double top = PANEL_TOP + spare / 3;
    TRY(draw_code(ctx, canvas, face->check_url, face->front_scan, top, CHECK_SIDE));
    top += CHECK_SIDE + caption + spare / 3;
    return draw_code(ctx, canvas, face->signed_code, face->back_check, top, SIGNED_SIDE);
}
