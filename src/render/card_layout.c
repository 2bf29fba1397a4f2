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
#define STRIP_TOP 43.4
#define PROVISIONAL_HEIGHT 4.0
#define PROVISIONAL_TOP 41.4
#define NUMBER_ABOVE_STRIP 3.4
#define PERSON_TOP (BAND_HEIGHT + 0.5)

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
    CardType type = {.size = 2.2, .size_min = 1.8, .lines = 2, .bold = true, .colour = ink};
    CardLine line = card_painter_fit(canvas->painter, face->kind, &type, 22);
    const double pad = 1.4, height = fmax(4.4, line.height + 1);
    const double right = CARD_WIDTH_MM - MARGIN + 0.4;
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
         .colour = INK},
        {.size = close ? 2.6 : 3.2, .size_min = close ? 2.0 : 2.4, .lines = level == 1 ? 2 : 1,
         .colour = QUIET_INK},
        {.size = close ? 2.2 : 2.4, .size_min = close ? 1.8 : 2.0, .lines = level == 4 ? 1 : 2,
         .bold = true, .colour = accent},
        {.size = close ? 2.0 : 2.2, .size_min = 1.8, .lines = level >= 3 ? 1 : 2, .colour = INK},
        {.size = close ? 2.0 : 2.2, .size_min = 1.8, .colour = INK},
    };
    Person p = {.height = 0};
    for (int i = 0; i < PERSON_LINES; i++) {
        p.lines[i] = card_painter_fit(painter, texts[i], &types[i], width);
        p.height += p.lines[i].height;
        if (p.lines[i].layout && pango_layout_is_ellipsized(p.lines[i].layout)) p.cut += weights[i];
    }
    return p;
}

/* The first level that cuts nothing, else the one that cuts least; only such as fit the height. */
static Person best_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face, double width,
                          double height) {
    Text posts = posts_line(ctx, face);
    Person best = {.cut = 100};
    for (int level = 0; level < PERSON_LEVELS && best.cut; level++) {
        Person p = fit_person(canvas->painter, face, posts, width, level);
        if (p.height <= height && p.cut < best.cut) best = p;
    }
    if (best.cut < 100) return best;
    return fit_person(canvas->painter, face, posts, width, PERSON_LEVELS - 1);
}

/* Where the strip or the mark above it begins. */
static double strip_begin(const CardFace *face) {
    return text_is_empty(face->provisional) ? STRIP_TOP : PROVISIONAL_TOP;
}

/* Disc, name in both scripts, posts, what was added, their middle at the same height. */
static void draw_person(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    const double radius = 6.2, left = MARGIN + 2 * radius + 2.6;
    const double room = strip_begin(face) - NUMBER_ABOVE_STRIP - 7.2 - PERSON_TOP;
    const double middle = PERSON_TOP + room / 2;
    uint32_t accent = card_colour_ink(face->accent);
    if (!card_photo_draw(canvas->cr, &face->photo, MARGIN + radius, middle, radius))
        draw_disc(canvas, face->name, card_colour_tint(accent, 0.13), accent, MARGIN + radius,
                  middle, radius);
    Person p = best_person(ctx, canvas, face, COLUMN_WIDTH - (left - MARGIN), room);
    double top = middle - p.height / 2;
    for (int i = 0; i < PERSON_LINES; i++) {
        card_painter_show(canvas, &p.lines[i], left, top);
        top += p.lines[i].height;
    }
}

static void draw_number(const CardCanvas *canvas, const CardFace *face) {
    CardType label = {.size = 2.0, .size_min = 1.6, .colour = QUIET_INK};
    CardType number = {.size = 5.6, .size_min = 4.0, .bold = true,
                       .colour = card_colour_ink(face->accent)};
    const double baseline = strip_begin(face) - NUMBER_ABOVE_STRIP;
    card_painter_text(canvas, face->label_number, &label, MARGIN, baseline - 5.4, COLUMN_WIDTH);
    card_painter_text(canvas, face->number, &number, MARGIN, baseline, COLUMN_WIDTH);
}

typedef struct Field {
    Text label, value;
    double x, width;
    int lines;
} Field;

/* Unit, since, validity in a row; labels on one line, values on as many as fit below. */
static void draw_strip(const CardCanvas *canvas, const CardFace *face) {
    const bool marked = !text_is_empty(face->provisional);
    double strip_top = strip_begin(face);
    card_painter_box(canvas->cr, card_colour_tint(face->accent, 0.09), 0, strip_top, CARD_WIDTH_MM,
             CARD_HEIGHT_MM - strip_top);
    const Field fields[] = {
        {face->label_unit, face->unit, MARGIN, 33.4, marked ? 2 : 3},
        {face->label_member_since, face->since, 39.6, 21.8, 2},
        {face->label_valid, face->valid_until, 63.4, CARD_WIDTH_MM - 63.4 - 2.2, 2},
    };
    CardType label = {.size = 2.0, .size_min = 1.6, .colour = QUIET_INK};
    CardType value = {.size = 2.6, .size_min = 2.0, .size_wrapped = 1.8, .bold = true,
                      .colour = INK};
    CardLine values[3];
    double tallest = 0;
    for (int i = 0; i < 3; i++) {
        value.lines = fields[i].lines;
        values[i] = card_painter_fit(canvas->painter, fields[i].value, &value,
                                     fields[i].width);
        tallest = fmax(tallest, values[i].height);
    }
    const double label_height = 3.0;
    if (marked) strip_top += PROVISIONAL_HEIGHT;
    double top = strip_top + (CARD_HEIGHT_MM - strip_top - label_height - tallest) / 2;
    for (int i = 0; i < 3; i++) {
        card_painter_text(canvas, fields[i].label, &label, fields[i].x, top + 2.1, fields[i].width);
        card_painter_show(canvas, &values[i], fields[i].x, top + label_height);
    }
}

/* Right across the card, so that nobody takes it for a confirmed one. */
static void draw_provisional(const CardCanvas *canvas, Text text) {
    if (text_is_empty(text)) return;
    const double height = PROVISIONAL_HEIGHT, top = PROVISIONAL_TOP;
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

enum { PARAGRAPHS = 7, PARAGRAPH_LINES_MAX = 5 };
typedef struct Paragraph {
    Text text;
    CardType type;
    int may_lose; /* 0: is never cut; else the greater, the sooner */
} Paragraph;

/* Takes a line from the longest that may lose one; false when none can. */
static bool lose_line(Paragraph list[PARAGRAPHS], const CardLine lines[PARAGRAPHS]) {
    Paragraph *loser = NULL;
    int most = 0;
    for (int i = 0; i < PARAGRAPHS; i++) {
        int count = lines[i].layout ? pango_layout_get_line_count(lines[i].layout) : 1;
        int weight = count > 1 && list[i].may_lose ? 8 * count + list[i].may_lose : 0;
        list[i].type.lines = count;
        if (weight <= most) continue;
        loser = &list[i];
        most = weight;
    }
    if (loser) loser->type.lines--;
    return loser != NULL;
}

/* Their height with gaps between them. */
static double fit_paragraphs(CardPainter *painter, const Paragraph list[PARAGRAPHS], double width,
                             double gap, CardLine lines[PARAGRAPHS]) {
    double used = -gap;
    for (int i = 0; i < PARAGRAPHS; i++) {
        lines[i] = card_painter_fit(painter, list[i].text, &list[i].type, width);
        if (lines[i].layout) used += lines[i].height + gap;
    }
    return used;
}

/* Paragraphs under one another, within the height: as many lines as they need; where there is not
 * enough room they stand closer, then those that matter least have fewer. */
static void draw_paragraphs(const CardCanvas *canvas, Paragraph list[PARAGRAPHS], double x,
                            double top, double width, double height) {
    double gap = 1.3;
    CardLine lines[PARAGRAPHS];
    for (int i = 0; i < PARAGRAPHS; i++) list[i].type.lines = PARAGRAPH_LINES_MAX;
    double used = fit_paragraphs(canvas->painter, list, width, gap, lines);
    if (used > height) gap = 0.7;
    do used = fit_paragraphs(canvas->painter, list, width, gap, lines);
    while (used > height && lose_line(list, lines));
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
        {face->back_check, strong, 0},   {face->in_need, name, 0},
        {face->back_found, small, 3},    {face->organisation, name, 1},
        {face->registration, quiet, 2},  {face->address, quiet, 4},
        {face->helpline, small, 0},
    };
    TRY(card_painter_code(ctx, canvas, face->signed_code, left, middle - side / 2, side));
    const double height = side - 8, top = middle - side / 2 + 1.2;
    draw_paragraphs(canvas, list, MARGIN, top, width, height);
    card_painter_text(canvas, face->back_not_id, &quiet, MARGIN, middle + side / 2 - 2.6, width);
    return OK;
}
