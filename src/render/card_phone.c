/* The picture that fills a phone: at a stall or a gate nobody turns a screen over, so who it is and
 * both codes stand under one another, large enough to be read on a small screen. */
#include <math.h>

#include "render/card_colour.h"
#include "render/card_layout.h"
#include "render/card_parts.h"

#define WIDTH (CARD_PHONE_WIDTH_PX / CARD_PHONE_SCALE)
#define HEIGHT (CARD_PHONE_HEIGHT_PX / CARD_PHONE_SCALE)
#define EDGE ((WIDTH - CARD_WIDTH_MM) / 2)
#define CORNER 3.18 /* as ISO/IEC 7810 rounds a card's corners */
#define SIGNED_SIDE 50.0
#define CAPTION 5.4
#define LOWER_HEIGHT (SIGNED_SIDE + CAPTION + 1.6)
#define UPPER_HEIGHT (HEIGHT - LOWER_HEIGHT - 3 * EDGE)
#define LOWER_TOP (UPPER_HEIGHT + 2 * EDGE)

/* Who it is, in millimetres of its own that are ENLARGED times as large. */
#define ENLARGED 1.45
#define OWN_WIDTH (CARD_WIDTH_MM / ENLARGED)
#define OWN_HEIGHT (UPPER_HEIGHT / ENLARGED)
#define BAND_HEIGHT 10.4
#define CODE_SIDE 24.0
#define CODE_LEFT (OWN_WIDTH - 1.2 - CODE_SIDE)
#define MARK_HEIGHT 4.2

static void draw_ground(const CardCanvas *canvas, uint32_t accent) {
    cairo_t *cr = canvas->cr;
    card_painter_colour(cr, card_colour_tint(accent, 0.16));
    cairo_rectangle(cr, 0, 0, WIDTH, HEIGHT);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    card_painter_round(cr, EDGE, EDGE, CARD_WIDTH_MM, UPPER_HEIGHT, CORNER);
    cairo_fill(cr);
    card_painter_round(cr, EDGE, LOWER_TOP, CARD_WIDTH_MM, LOWER_HEIGHT, CORNER);
    cairo_fill(cr);
}

/* Kind, unit, since, validity under one another, as large as the height allows. */
static void draw_fields(const CardCanvas *canvas, const CardFace *face, double top,
                        double height) {
    enum { FIELDS = 4 };
    const Text fields[FIELDS][2] = {{TEXT_NONE, face->kind},
                                    {face->label_unit, face->unit},
                                    {face->label_member_since, face->since},
                                    {face->label_valid, face->valid_until}};
    const double width = CODE_LEFT - CARD_MARGIN - 0.6;
    CardLine lines[FIELDS][2];
    double used = height + 1;
    for (double size = 2.8; used > height && size > 1.7; size -= 0.2) {
        CardType label = {.size = fmin(size, CARD_SMALLEST), .size_min = 1.8,
                          .colour = CARD_QUIET_INK};
        CardType value = {.size = size, .size_min = fmin(size, 2.0), .lines = 3, .bold = true,
                          .colour = CARD_INK};
        used = 0;
        for (int i = 0; i < FIELDS; i++) {
            lines[i][0] = card_painter_fit(canvas->painter, fields[i][0], &label, width);
            lines[i][1] = card_painter_fit(canvas->painter, fields[i][1], &value, width);
            used += lines[i][0].height + lines[i][1].height;
        }
    }
    double gap = fmax(0, fmin(1.2, (height - used) / FIELDS)), y = top;
    for (int i = 0; i < FIELDS; i++) {
        for (int k = 0; k < 2; k++) {
            card_painter_show(canvas, &lines[i][k], CARD_MARGIN, y);
            y += lines[i][k].height;
        }
        y += gap;
    }
}

static Status draw_card(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    const bool marked = !text_is_empty(face->provisional);
    const bool much = !text_is_empty(face->relative) || !text_is_empty(face->born) ||
                      face->post_count > 1 || text_codepoints(face->name) > 40;
    const CardPlace person = {CARD_MARGIN, BAND_HEIGHT + 0.6, OWN_WIDTH - 2 * CARD_MARGIN + 1,
                              much ? 22.0 : 19.0};
    const double baseline = person.y + person.height + 8;
    card_painter_box(canvas->cr, face->accent, 0, 0, OWN_WIDTH, BAND_HEIGHT);
    card_parts_organisation(canvas, face, BAND_HEIGHT, OWN_WIDTH - 2.2);
    card_parts_person(ctx, canvas, face, &person);
    card_parts_number(canvas, face, CARD_MARGIN, baseline, OWN_WIDTH - 2 * CARD_MARGIN);
    double top = baseline + 2.2;
    if (marked) card_parts_provisional(canvas, face->provisional, top, MARK_HEIGHT, OWN_WIDTH);
    if (marked) top += MARK_HEIGHT;
    const double side = fmin(CODE_SIDE, OWN_HEIGHT - top - 3.4);
    const double left = CODE_LEFT + (CODE_SIDE - side) / 2;
    draw_fields(canvas, face, top + 0.8, OWN_HEIGHT - top - 1.8);
    CardType scan = {.size = CARD_SMALLEST, .size_min = 1.8, .colour = CARD_QUIET_INK,
                     .align = PANGO_ALIGN_CENTER};
    TRY(card_painter_code(ctx, canvas, face->check_url, left, top, side));
    card_painter_text(canvas, face->front_scan, &scan, CODE_LEFT, top + side + 1.2, CODE_SIDE);
    return OK;
}

/* Everything of it in one colour's corner-rounded box, at its own scale. */
static Status draw_upper(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    cairo_t *cr = canvas->cr;
    cairo_save(cr);
    card_painter_round(cr, EDGE, EDGE, CARD_WIDTH_MM, UPPER_HEIGHT, CORNER);
    cairo_clip(cr);
    cairo_translate(cr, EDGE, EDGE);
    cairo_scale(cr, ENLARGED, ENLARGED);
    CardCanvas own = card_painter_canvas(canvas->painter, cr, canvas->qr_style,
                                         canvas->device_per_mm * ENLARGED);
    Status status = draw_card(ctx, &own, face);
    cairo_restore(cr);
    return status;
}

Status card_layout_phone(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    draw_ground(canvas, face->accent);
    CardType caption = {.size = 3.2, .size_min = 2.6, .bold = true, .colour = CARD_QUIET_INK,
                        .align = PANGO_ALIGN_CENTER};
    TRY(card_painter_code(ctx, canvas, face->signed_code, (WIDTH - SIGNED_SIDE) / 2,
                          LOWER_TOP + 0.8, SIGNED_SIDE));
    card_painter_text(canvas, face->back_check, &caption, EDGE + 2, LOWER_TOP + SIGNED_SIDE + 3.2,
                      CARD_WIDTH_MM - 4);
    return draw_upper(ctx, canvas, face); /* last: it sets the painter to its own scale */
}
