/* The front is for people: who, of which organisation, which number. The back is for machines and
 * for whoever finds the card. Nothing comes near a code: cameras need its quiet zone. */
#include "render/card_layout.h"

#include <math.h>

#include "render/card_colour.h"
#include "render/card_parts.h"

#define BAND_HEIGHT 11.4
#define CODE_SIDE 22.6
#define CODE_LEFT (CARD_WIDTH_MM - 2.2 - CODE_SIDE)
#define CODE_TOP 12.4
#define COLUMN_WIDTH (CODE_LEFT - CARD_MARGIN - 1.2)
#define STRIP_TOP 43.4
#define PROVISIONAL_HEIGHT 4.0
#define PROVISIONAL_TOP 41.4
#define NUMBER_ABOVE_STRIP 3.4
#define PERSON_TOP (BAND_HEIGHT + 0.5)

/* The kind of membership, framed, at the right of the band; returns its left edge. */
static double draw_kind(const CardCanvas *canvas, const CardFace *face, uint32_t ink) {
    if (text_is_empty(face->kind)) return CARD_WIDTH_MM - CARD_MARGIN;
    CardType type = {.size = 2.2, .size_min = 1.8, .lines = 3, .bold = true, .colour = ink};
    CardLine line = card_painter_fit(canvas->painter, face->kind, &type, 22);
    const double pad = 1.4, height = fmax(4.4, line.height + 1);
    const double right = CARD_WIDTH_MM - CARD_MARGIN + 0.4;
    double left = right - line.width - 2 * pad, top = (BAND_HEIGHT - height) / 2;
    cairo_t *cr = canvas->cr;
    card_painter_round(cr, left, top, right - left, height, 2.2);
    card_painter_colour(cr, ink);
    cairo_set_line_width(cr, 0.2);
    cairo_stroke(cr);
    card_painter_show(canvas, &line, left + pad, top + (height - line.height) / 2);
    return left;
}

static void draw_band(const CardCanvas *canvas, const CardFace *face) {
    card_painter_box(canvas->cr, face->accent, 0, 0, CARD_WIDTH_MM, BAND_HEIGHT);
    double right = draw_kind(canvas, face, card_colour_on(face->accent)) - 1.5;
    card_parts_organisation(canvas, face, BAND_HEIGHT, right);
}

/* Where the strip or the mark above it begins. */
static double strip_begin(const CardFace *face) {
    return text_is_empty(face->provisional) ? STRIP_TOP : PROVISIONAL_TOP;
}

enum { FIELDS = 3 };
typedef struct Field {
    Text label, value;
    double x, width;
    int lines;
} Field;

/* Values as large as the height allows; returns the tallest. */
static double fit_fields(CardPainter *painter, const Field fields[FIELDS], double height,
                         CardLine values[FIELDS]) {
    double tallest = height + 1;
    for (double size = 2.6; tallest > height && size > 1.7; size -= 0.2) {
        CardType value = {.size = size, .size_min = fmin(size, 2.0),
                          .size_wrapped = fmin(size, 1.8), .bold = true, .colour = CARD_INK};
        tallest = 0;
        for (int i = 0; i < FIELDS; i++) {
            value.lines = fields[i].lines;
            values[i] = card_painter_fit(painter, fields[i].value, &value, fields[i].width);
            tallest = fmax(tallest, values[i].height);
        }
    }
    return tallest;
}

/* Unit, since, validity in a row; labels on one line, values on as many as fit below. */
static void draw_strip(const CardCanvas *canvas, const CardFace *face) {
    const bool marked = !text_is_empty(face->provisional);
    const double label_height = 2.8, edge = 0.5;
    double strip_top = strip_begin(face);
    card_painter_box(canvas->cr, card_colour_tint(face->accent, 0.09), 0, strip_top, CARD_WIDTH_MM,
                     CARD_HEIGHT_MM - strip_top);
    const Field fields[FIELDS] = {
        {face->label_unit, face->unit, CARD_MARGIN, 33.4, marked ? 2 : 3},
        {face->label_member_since, face->since, 39.6, 21.4, 2},
        {face->label_valid, face->valid_until, 63.4, CARD_WIDTH_MM - 63.4 - 2.2, 2},
    };
    CardType label = {.size = CARD_SMALLEST, .size_min = 1.8, .colour = CARD_QUIET_INK};
    if (marked) strip_top += PROVISIONAL_HEIGHT;
    const double height = CARD_HEIGHT_MM - strip_top;
    CardLine values[FIELDS];
    double tallest = fit_fields(canvas->painter, fields, height - label_height - 2 * edge, values);
    double top = strip_top + (height - label_height - tallest) / 2;
    for (int i = 0; i < FIELDS; i++) {
        card_painter_text(canvas, fields[i].label, &label, fields[i].x, top + 2.1, fields[i].width);
        card_painter_show(canvas, &values[i], fields[i].x, top + label_height);
    }
}

Status card_layout_front(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    card_painter_box(canvas->cr, 0xffffff, 0, 0, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    draw_band(canvas, face);
    TRY(card_painter_code(ctx, canvas, face->check_url, CODE_LEFT, CODE_TOP, CODE_SIDE));
    const double baseline = strip_begin(face) - NUMBER_ABOVE_STRIP;
    const CardPlace person = {CARD_MARGIN, PERSON_TOP, COLUMN_WIDTH, baseline - 7.4 - PERSON_TOP};
    card_parts_person(ctx, canvas, face, &person);
    card_parts_number(canvas, face, CARD_MARGIN, baseline, COLUMN_WIDTH);
    CardType scan = {.size = CARD_SMALLEST, .size_min = 1.8, .colour = CARD_QUIET_INK,
                     .align = PANGO_ALIGN_CENTER};
    card_painter_text(canvas, face->front_scan, &scan, CODE_LEFT, CODE_TOP + CODE_SIDE + 1.9,
                      CODE_SIDE);
    draw_strip(canvas, face);
    card_parts_provisional(canvas, face->provisional, PROVISIONAL_TOP, PROVISIONAL_HEIGHT,
                           CARD_WIDTH_MM);
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
    static const double gaps[] = {1.3, 0.7, 0.4}; /* each when the one before is too much */
    double gap = 0, used = 0;
    CardLine lines[PARAGRAPHS];
    for (int i = 0; i < PARAGRAPHS; i++) list[i].type.lines = PARAGRAPH_LINES_MAX;
    for (int i = 0; i < 3 && (i == 0 || used > height); i++) {
        gap = gaps[i];
        used = fit_paragraphs(canvas->painter, list, width, gap, lines);
    }
    while (used > height && lose_line(list, lines))
        used = fit_paragraphs(canvas->painter, list, width, gap, lines);
    double y = top + fmax(0, height - used) / 2;
    for (int i = 0; i < PARAGRAPHS; i++) {
        if (!lines[i].layout || y + lines[i].height > top + height) continue;
        card_painter_show(canvas, &lines[i], x, y);
        y += lines[i].height + gap;
    }
}

/* The band along the top, with the slogan in it; returns its height. */
static double draw_back_band(const CardCanvas *canvas, const CardFace *face) {
    const double band = text_is_empty(face->slogan) ? 2.6 : 4.8;
    card_painter_box(canvas->cr, face->accent, 0, 0, CARD_WIDTH_MM, band);
    CardType type = {.size = 2.8, .size_min = CARD_SMALLEST, .bold = true,
                     .align = PANGO_ALIGN_CENTER, .colour = card_colour_on(face->accent)};
    CardLine line = card_painter_fit(canvas->painter, face->slogan, &type,
                                     CARD_WIDTH_MM - 2 * CARD_MARGIN);
    card_painter_show(canvas, &line, CARD_MARGIN, (band - line.height) / 2);
    return band;
}

Status card_layout_back(Ctx *ctx, const CardCanvas *canvas, const CardFace *face) {
    const double side = 46.4, left = CARD_WIDTH_MM - 1.4 - side;
    const double width = left - CARD_MARGIN - 0.2;
    uint32_t accent = card_colour_ink(face->accent);
    card_painter_box(canvas->cr, 0xffffff, 0, 0, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    const double band = draw_back_band(canvas, face);
    const double middle = band + (CARD_HEIGHT_MM - band) / 2;
    CardType small = {.size = 2.3, .size_min = CARD_SMALLEST, .colour = CARD_INK};
    CardType quiet = {.size = CARD_SMALLEST, .size_min = CARD_SMALLEST, .lines = 2,
                      .colour = CARD_QUIET_INK};
    CardType strong = {.size = 2.6, .size_min = 2.4, .bold = true, .colour = accent};
    CardType name = {.size = 2.6, .size_min = CARD_SMALLEST, .bold = true, .colour = CARD_INK};
    Paragraph list[PARAGRAPHS] = {
        {face->back_check, strong, 0},   {face->in_need, name, 0},
        {face->back_found, small, 3},    {face->organisation, name, 1},
        {face->registration, quiet, 2},  {face->address, quiet, 4},
        {face->helpline, small, 0},
    };
    TRY(card_painter_code(ctx, canvas, face->signed_code, left, middle - side / 2, side));
    CardLine last = card_painter_fit(canvas->painter, face->back_not_id, &quiet, width);
    const double top = band + 1.4, foot = CARD_HEIGHT_MM - 1.6 - last.height;
    draw_paragraphs(canvas, list, CARD_MARGIN, top, width, foot - 0.8 - top);
    card_painter_show(canvas, &last, CARD_MARGIN, foot);
    return OK;
}
