/* The front is for people: who, of which organisation, which number. The back is for machines and
 * for whoever finds the card. Nothing comes near a code: cameras need its quiet zone. */
#include "render/card_layout.h"

#include <math.h>

#include "render/card_colour.h"
#include "render/card_initials.h"
#include "render/card_photo.h"

#define INK 0x1b1b22
#define QUIET_INK 0x5c5c68
#define MARIGOLD 0xf0a202
#define MARGIN 4.2
#define BAND_HEIGHT 11.4
#define CODE_SIDE 22.6
#define CODE_LEFT (CARD_WIDTH_MM - 2.2 - CODE_SIDE)
#define CODE_TOP 12.4
#define COLUMN_WIDTH (CODE_LEFT - MARGIN - 1.2)
#define STRIP_TOP 41.8
#define PERSON_HEIGHT 18.6
#define PROVISIONAL_HEIGHT 4.0

/* A disc with initials: of the organisation as its mark, of the member in place of a photo. */
static void draw_disc(const CardCanvas *canvas, Text name, uint32_t disc, uint32_t ink, double x,
                      double y, double radius) {
    if (text_is_empty(name)) return;
    cairo_t *cr = canvas->cr;
    card_painter_colour(cr, disc);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    cairo_fill(cr);
    char initials[CARD_INITIALS_BYTES];
    Text text = card_initials(name, initials);
    CardType type = {.size = radius * 0.95, .size_min = radius * 0.35, .bold = true, .colour = ink};
    CardLine line = card_painter_fit(canvas->painter, text, &type, radius * 1.6);
    if (!line.layout) return;
    PangoRectangle seen;
    pango_layout_get_extents(line.layout, &seen, NULL);
    double middle_x = (seen.x + seen.width / 2.0) / PANGO_SCALE;
    double middle_y = (seen.y + seen.height / 2.0) / PANGO_SCALE;
    /* drawn as outlines: initials are an ornament, they do not belong into the card's text */
    card_painter_colour(cr, ink);
    cairo_move_to(cr, x - middle_x, y - middle_y);
    pango_cairo_layout_path(cr, line.layout);
    cairo_fill(cr);
}

/* The kind of membership, framed, at the right of the band; returns its left edge. */
static double draw_kind(const CardCanvas *canvas, const CardFace *face, uint32_t ink) {
    if (text_is_empty(face->kind)) return CARD_WIDTH_MM - MARGIN;
    CardType type = {.size = 2.2, .size_min = 1.8, .bold = true, .colour = ink};
    CardLine line = card_painter_fit(canvas->painter, face->kind, &type, 20);
    const double pad = 1.4, height = 4.4, right = CARD_WIDTH_MM - MARGIN + 0.4;
    double left = right - line.width - 2 * pad, top = (BAND_HEIGHT - height) / 2;
    cairo_t *cr = canvas->cr;
    double radius = height / 2;
    cairo_new_sub_path(cr);
    cairo_arc(cr, right - radius, top + radius, radius, -G_PI_2, G_PI_2);
    cairo_arc(cr, left + radius, top + radius, radius, G_PI_2, 3 * G_PI_2);
    cairo_close_path(cr);
    card_painter_colour(cr, ink);
    cairo_set_line_width(cr, 0.2);
    cairo_stroke(cr);
    card_painter_show(canvas, &line, left + pad, top + (height - line.height) / 2);
    return left;
}

static void draw_band(const CardCanvas *canvas, const CardFace *face) {
    uint32_t ink = card_colour_on(face->accent);
    card_painter_box(canvas->cr, face->accent, 0, 0, CARD_WIDTH_MM, BAND_HEIGHT);
    const double radius = 3.5, left = MARGIN + 2 * radius + 2;
    draw_disc(canvas, face->organisation, ink, face->accent, MARGIN + radius, BAND_HEIGHT / 2,
              radius);
    double width = draw_kind(canvas, face, ink) - left - 1.5;
    CardType name = {.size = 3.4, .size_min = 2.6, .size_wrapped = 2.2, .lines = 2, .bold = true,
                     .colour = ink};
    CardType alt = {.size = 2.2, .size_min = 1.8, .colour = ink};
    CardLine first = card_painter_fit(canvas->painter, face->organisation, &name, width);
    CardLine second = card_painter_fit(canvas->painter, face->organisation_alt, &alt, width);
    double top = (BAND_HEIGHT - first.height - second.height) / 2;
    card_painter_show(canvas, &first, left, top);
    card_painter_show(canvas, &second, left, top + first.height);
}

/* The posts in one line of text: "Block president · Treasurer". */
static Text posts_line(Ctx *ctx, const CardFace *face) {
    Text line = TEXT_NONE;
    for (int i = 0; i < face->post_count && i < CARD_POSTS_MAX; i++) {
        line = line.len == 0 ? face->posts[i]
                             : arena_printf(ctx->arena, "%.*s · %.*s", TEXT_ARG(line),
                                            TEXT_ARG(face->posts[i]));
    }
    return line;
}

/* Disc, name in both scripts and posts, their middle at the same height. */
static void draw_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    const double radius = 6.2, middle = 21.4, left = MARGIN + 2 * radius + 2.6;
    uint32_t accent = card_colour_ink(face->accent);
    if (!card_photo_draw(canvas->cr, &face->photo, MARGIN + radius, middle, radius))
        draw_disc(canvas, face->name, card_colour_tint(accent, 0.13), accent, MARGIN + radius,
                  middle, radius);
    double width = COLUMN_WIDTH - (left - MARGIN);
    CardType name = {.size = 4.8, .size_min = 3.8, .size_wrapped = 2.8, .lines = 2, .bold = true,
                     .colour = INK};
    CardType alt = {.size = 3.2, .size_min = 2.4, .colour = QUIET_INK};
    CardType relative = {.size = 2.2, .size_min = 1.8, .colour = INK};
    CardType posts = {.size = 2.4, .size_min = 2.0, .lines = 2, .bold = true, .colour = accent};
    CardLine lines[] = {
        card_painter_fit(canvas->painter, face->name, &name, width),
        card_painter_fit(canvas->painter, face->name_alt, &alt, width),
        card_painter_fit(canvas->painter, posts_line(ctx, face), &posts, width),
        card_painter_fit(canvas->painter, face->relative, &relative, width),
    };
    double height = lines[0].height + lines[1].height + lines[2].height + lines[3].height;
    if (height > PERSON_HEIGHT) { /* a tall script on two lines: one for the posts */
        posts.lines = 1;
        height -= lines[2].height;
        lines[2] = card_painter_fit(canvas->painter, posts_line(ctx, face), &posts, width);
        height += lines[2].height;
    }
    double top = middle - height / 2;
    for (int i = 0; i < 4; i++) {
        card_painter_show(canvas, &lines[i], left, top);
        top += lines[i].height;
    }
}

static void draw_number(const CardCanvas *canvas, const CardFace *face) {
    CardType label = {.size = 2.0, .size_min = 1.6, .colour = QUIET_INK};
    CardType number = {.size = 5.6, .size_min = 4.0, .bold = true,
                       .colour = card_colour_ink(face->accent)};
    card_painter_text(canvas, face->label_number, &label, MARGIN, 32.6, COLUMN_WIDTH);
    card_painter_text(canvas, face->number, &number, MARGIN, 38.2, COLUMN_WIDTH);
}

typedef struct Field {
    Text label, value;
    double x, width;
} Field;

/* Unit, since, validity in a row; labels on one line, values on one below, of one or two lines. */
static void draw_strip(const CardCanvas *canvas, const CardFace *face) {
    card_painter_box(canvas->cr, card_colour_tint(face->accent, 0.09), 0, STRIP_TOP, CARD_WIDTH_MM,
             CARD_HEIGHT_MM - STRIP_TOP);
    const Field fields[] = {
        {face->label_unit, face->unit, MARGIN, 33.4},
        {face->label_member_since, face->since, 40.4, 23.6},
        {face->label_valid, face->valid_until, 66.2, CARD_WIDTH_MM - 66.2 - 2.2},
    };
    CardType label = {.size = 2.0, .size_min = 1.6, .colour = QUIET_INK};
    CardType value = {.size = 2.6, .size_min = 2.0, .lines = 2, .bold = true, .colour = INK};
    CardLine values[3];
    double tallest = 0;
    for (int i = 0; i < 3; i++) {
        values[i] = card_painter_fit(canvas->painter, fields[i].value, &value,
                                     fields[i].width);
        tallest = fmax(tallest, values[i].height);
    }
    const double label_height = 3.0;
    double strip_top = STRIP_TOP;
    if (!text_is_empty(face->provisional)) strip_top += PROVISIONAL_HEIGHT;
    double top = strip_top + (CARD_HEIGHT_MM - strip_top - label_height - tallest) / 2;
    for (int i = 0; i < 3; i++) {
        card_painter_text(canvas, fields[i].label, &label, fields[i].x, top + 2.1, fields[i].width);
        card_painter_show(canvas, &values[i], fields[i].x, top + label_height);
    }
}

/* Right across the card, so that nobody takes it for a confirmed one. */
static void draw_provisional(const CardCanvas *canvas, Text text) {
    if (text_is_empty(text)) return;
    const double height = PROVISIONAL_HEIGHT, top = STRIP_TOP - 0.3;
    card_painter_box(canvas->cr, MARIGOLD, 0, top, CARD_WIDTH_MM, height);
    CardType type = {.size = 2.8, .size_min = 2.0, .bold = true, .colour = INK,
                     .align = PANGO_ALIGN_CENTER};
    CardLine line = card_painter_fit(canvas->painter, text, &type, CARD_WIDTH_MM - 2 * MARGIN);
    card_painter_show(canvas, &line, MARGIN, top + (height - line.height) / 2);
}

Status card_layout_front(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    card_painter_box(canvas->cr, 0xffffff, 0, 0, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    draw_band(canvas, face);
    TRY(card_painter_code(ctx, canvas, face->check_url, CODE_LEFT, CODE_TOP, CODE_SIDE));
    draw_person(ctx, canvas, face);
    draw_number(canvas, face);
    CardType scan = {.size = 2.0, .size_min = 1.6, .colour = QUIET_INK,
                     .align = PANGO_ALIGN_CENTER};
    card_painter_text(canvas, face->front_scan, &scan, CODE_LEFT, CODE_TOP + CODE_SIDE + 1.6,
                      CODE_SIDE);
    draw_strip(canvas, face);
    draw_provisional(canvas, face->provisional);
    return OK;
}

enum { PARAGRAPHS = 7 };
typedef struct Paragraph {
    Text text;
    CardType type;
} Paragraph;

/* Paragraphs under one another, within the height: as many lines as they need, fewer for all when
 * there is not enough room. */
static void draw_paragraphs(const CardCanvas *canvas, Paragraph list[PARAGRAPHS], double x,
                            double top, double width, double height) {
    const double gap = 1.3;
    CardLine lines[PARAGRAPHS];
    double used = 0;
    for (int most = 5; most > 0; most--) {
        used = -gap;
        for (int i = 0; i < PARAGRAPHS; i++) {
            list[i].type.lines = most;
            lines[i] = card_painter_fit(canvas->painter, list[i].text, &list[i].type, width);
            if (lines[i].layout) used += lines[i].height + gap;
        }
        if (used <= height) break;
    }
    double y = top + fmax(0, height - used) / 2;
    for (int i = 0; i < PARAGRAPHS; i++) {
        if (!lines[i].layout || y + lines[i].height > top + height) continue;
        card_painter_show(canvas, &lines[i], x, y);
        y += lines[i].height + gap;
    }
}

Status card_layout_back(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    const double side = 46.4, band = 2.6, left = CARD_WIDTH_MM - 1.4 - side;
    const double width = left - MARGIN - 0.6, middle = band + (CARD_HEIGHT_MM - band) / 2;
    uint32_t accent = card_colour_ink(face->accent);
    card_painter_box(canvas->cr, 0xffffff, 0, 0, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    card_painter_box(canvas->cr, face->accent, 0, 0, CARD_WIDTH_MM, band);
    CardType small = {.size = 2.1, .size_min = 1.9, .colour = INK};
    CardType quiet = {.size = 2.0, .size_min = 1.8, .colour = QUIET_INK};
    CardType strong = {.size = 2.5, .size_min = 2.1, .bold = true, .colour = accent};
    CardType name = {.size = 2.5, .size_min = 2.1, .bold = true, .colour = INK};
    Paragraph list[PARAGRAPHS] = {
        {face->back_check, strong},   {face->in_need, name},     {face->back_found, small},
        {face->organisation, name},
        {face->registration, quiet}, {face->address, quiet},   {face->helpline, small},
    };
    TRY(card_painter_code(ctx, canvas, face->signed_code, left, middle - side / 2, side));
    const double height = side - 8, top = middle - side / 2 + 1.2;
    draw_paragraphs(canvas, list, MARGIN, top, width, height);
    card_painter_text(canvas, face->back_not_id, &quiet, MARGIN, middle + side / 2 - 2.6, width);
    return OK;
}
