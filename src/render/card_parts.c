/* Disc, names, posts: what front and phone picture have in common. */
#include "render/card_parts.h"

#include <math.h>

#include "render/card_colour.h"
#include "render/card_initials.h"
#include "render/card_photo.h"

void card_parts_disc(const CardCanvas *canvas, Text name, uint32_t disc, uint32_t ink, double x,
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

enum { PERSON_LINES = 5, PERSON_LEVELS = 5 };

typedef struct Person {
    CardLine lines[PERSON_LINES]; /* name, in the other script, posts, relative, born */
    double height;
    int cut; /* weight of what does not fit: the name most of all */
} Person;

/* Level 0 is as one wishes; each further one is closer set. */
static Person fit_person(CardPainter *painter, const CardFace *face, Text posts, double width,
                         int level) {
    static const double name_size[PERSON_LEVELS] = {4.8, 4.0, 3.4, 2.6, 2.6};
    static const int weights[PERSON_LINES] = {8, 2, 4, 1, 1};
    const uint32_t accent = card_colour_ink(face->accent);
    const bool close = level > 0;
    const Text texts[PERSON_LINES] = {face->name, face->name_alt, posts, face->relative,
                                      face->born};
    const CardType types[PERSON_LINES] = {
        {.size = name_size[level], .size_min = fmin(name_size[level], 3.8),
         .size_wrapped = close ? 2.4 : 2.8, .lines = level > 1 ? 3 : 2, .bold = true,
         .colour = CARD_INK},
        {.size = close ? 2.6 : 3.2, .size_min = close ? 2.0 : 2.4,
         .lines = level > 0 && level < 4 ? 2 : 1, .colour = CARD_QUIET_INK},
        {.size = close ? 2.2 : 2.4, .size_min = close ? 1.8 : 2.0, .lines = level == 4 ? 1 : 2,
         .bold = true, .colour = accent},
        {.size = level > 1 ? 2.0 : 2.2, .size_min = 1.8, .lines = level >= 3 ? 1 : 2,
         .colour = CARD_INK},
        {.size = level > 1 ? 2.0 : 2.2, .size_min = 1.8, .colour = CARD_INK},
    };
    Person p = {.height = 0};
    for (int i = 0; i < PERSON_LINES; i++) {
        p.lines[i] = card_painter_fit(painter, texts[i], &types[i], width);
        p.height += p.lines[i].height;
        if (p.lines[i].layout && pango_layout_is_ellipsized(p.lines[i].layout)) p.cut += weights[i];
    }
    return p;
}

/* The first level that cuts nothing, else the one that cuts least; only such as fit the height.
 * Where none does, what was added is left out before anything overlaps. */
static Person best_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face, double width,
                          double height) {
    Text posts = posts_line(ctx, face);
    Person best = {.cut = 100};
    for (int level = 0; level < PERSON_LEVELS && best.cut; level++) {
        Person p = fit_person(canvas->painter, face, posts, width, level);
        if (p.height <= height && p.cut < best.cut) best = p;
    }
    if (best.cut < 100) return best;
    best = fit_person(canvas->painter, face, posts, width, PERSON_LEVELS - 1);
    for (int i = PERSON_LINES - 1; i > 0 && best.height > height; i--) {
        best.height -= best.lines[i].height;
        best.lines[i] = (CardLine){.layout = NULL};
    }
    return best;
}

void card_parts_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face,
                       const CardPlace *place) {
    const double radius = 6.2, left = place->x + 2 * radius + 2.6;
    const double middle = place->y + place->height / 2;
    uint32_t accent = card_colour_ink(face->accent);
    if (!card_photo_draw(canvas->cr, &face->photo, place->x + radius, middle, radius))
        card_parts_disc(canvas, face->name, card_colour_tint(accent, 0.13), accent,
                        place->x + radius, middle, radius);
    Person p = best_person(ctx, canvas, face, place->width - (left - place->x), place->height);
    double top = middle - p.height / 2;
    for (int i = 0; i < PERSON_LINES; i++) {
        card_painter_show(canvas, &p.lines[i], left, top);
        top += p.lines[i].height;
    }
}

void card_parts_number(const CardCanvas *canvas, const CardFace *face, double x, double baseline,
                       double width) {
    CardType label = {.size = CARD_SMALLEST, .size_min = 1.8, .colour = CARD_QUIET_INK};
    CardType number = {.size = 5.6, .size_min = 4.0, .bold = true,
                       .colour = card_colour_ink(face->accent)};
    card_painter_text(canvas, face->label_number, &label, x, baseline - 5.4, width);
    card_painter_text(canvas, face->number, &number, x, baseline, width);
}

void card_parts_organisation(const CardCanvas *canvas, const CardFace *face, double height,
                             double right) {
    uint32_t ink = card_colour_on(face->accent);
    const double radius = 3.5, left = CARD_MARGIN + 2 * radius + 2, width = right - left;
    card_parts_disc(canvas, face->organisation, ink, face->accent, CARD_MARGIN + radius,
                    height / 2, radius);
    CardType name = {.size = 3.4, .size_min = 2.6, .size_wrapped = 2.2, .lines = 2, .bold = true,
                     .colour = ink};
    CardType alt = {.size = CARD_SMALLEST, .size_min = 1.8, .colour = ink};
    CardLine first = card_painter_fit(canvas->painter, face->organisation, &name, width);
    CardLine second = card_painter_fit(canvas->painter, face->organisation_alt, &alt, width);
    double top = (height - first.height - second.height) / 2;
    card_painter_show(canvas, &first, left, top);
    card_painter_show(canvas, &second, left, top + first.height);
}

void card_parts_provisional(const CardCanvas *canvas, Text text, double top, double height,
                            double width) {
    if (text_is_empty(text)) return;
    card_painter_box(canvas->cr, CARD_MARIGOLD, 0, top, width, height);
    CardType type = {.size = 2.8, .size_min = 2.0, .bold = true, .colour = CARD_INK,
                     .align = PANGO_ALIGN_CENTER};
    CardLine line = card_painter_fit(canvas->painter, text, &type, width - 2 * CARD_MARGIN);
    card_painter_show(canvas, &line, CARD_MARGIN, top + (height - line.height) / 2);
}
