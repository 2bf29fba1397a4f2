/* Text that always fits: sizes go down in fixed steps, because Pango looks fonts up anew for every
 * size it has not seen, and that is the dearest thing in drawing a card. Shaping comes next: lines
 * are kept, so that a sheet shapes its labels once. */
#include "render/card_painter.h"

#include <math.h>

#include "render/card_glyphs.h"

#define FAMILIES "Noto Sans, Noto Sans Devanagari, sans-serif"
#define SIZE_STEP 0.2

typedef struct KeptLine {
    PangoLayout *layout;
    uint64_t used_at; /* 0: holds nothing */
    guint hash;
    CardType type;
    double width;
    CardLine line;
} KeptLine;

struct CardPainter {
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *regular, *bold;
    double scale; /* of the surface the kept lines were fitted for */
    uint64_t clock;
    KeptLine kept[CARD_LINES_KEPT];
    QrCode code;
};

static PangoFontDescription *description(PangoWeight weight) {
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FAMILIES);
    pango_font_description_set_weight(font, weight);
    return font;
}

/* Glyphs as designed, at exact places: the same line breaks on paper and on every screen. */
static void without_hints(PangoContext *context) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
}

CardPainter *card_painter_new(void) {
    CardPainter *painter = g_new0(CardPainter, 1);
    painter->map = pango_cairo_font_map_new();
    painter->context = pango_font_map_create_context(painter->map);
    without_hints(painter->context);
    painter->regular = description(PANGO_WEIGHT_NORMAL);
    painter->bold = description(PANGO_WEIGHT_BOLD);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    for (int i = 0; i < CARD_LINES_KEPT; i++) {
        PangoLayout *layout = pango_layout_new(painter->context);
        pango_layout_set_single_paragraph_mode(layout, TRUE);
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(layout, 0.92F);
        pango_layout_set_attributes(layout, attributes);
        painter->kept[i].layout = layout;
    }
    pango_attr_list_unref(attributes);
    return painter;
}

void card_painter_delete(CardPainter *painter) {
    if (!painter) return;
    for (int i = 0; i < CARD_LINES_KEPT; i++) g_object_unref(painter->kept[i].layout);
    pango_font_description_free(painter->regular);
    pango_font_description_free(painter->bold);
    g_object_unref(painter->context);
    g_object_unref(painter->map);
    g_free(painter);
}

CardCanvas card_painter_canvas(CardPainter *painter, cairo_t *cr, QrStyle style,
                               double device_per_mm) {
    pango_cairo_update_context(cr, painter->context);
    double dx = 1, dy = 0;
    cairo_user_to_device_distance(cr, &dx, &dy);
    if (fabs(dx - painter->scale) > 1e-9) {
        for (int i = 0; i < CARD_LINES_KEPT; i++) painter->kept[i].used_at = 0;
        painter->scale = dx;
    }
    return (CardCanvas){painter, cr, style, device_per_mm};
}

static void set_size(CardPainter *painter, PangoLayout *layout, bool bold, double size) {
    PangoFontDescription *font = bold ? painter->bold : painter->regular;
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
}

static double width_of(PangoLayout *layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

/* One line without limits is measured once; its width goes with the size, near enough. */
static double size_for_one_line(PangoLayout *layout, const CardType *type, double width) {
    double natural = width_of(layout);
    double size = type->size;
    double least = type->size_min > 0 ? type->size_min : size;
    while (natural * size / type->size > width && size - SIZE_STEP > least - 0.001) {
        size -= SIZE_STEP;
    }
    return natural * size / type->size > width ? 0 : size;
}

static void limit_lines(PangoLayout *layout, int lines, double width) {
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_height(layout, -lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

static void fit_lines(CardPainter *painter, PangoLayout *layout, const CardType *type,
                      double width) {
    double least = type->size_min > 0 ? type->size_min : type->size;
    double size = fmin(least + SIZE_STEP, type->size);
    if (type->size_wrapped > 0) least = type->size_wrapped;
    limit_lines(layout, type->lines > 0 ? type->lines : 1, width);
    set_size(painter, layout, type->bold, size);
    while (size - SIZE_STEP > least - 0.001 && pango_layout_is_ellipsized(layout)) {
        size -= SIZE_STEP;
        set_size(painter, layout, type->bold, size);
    }
}

/* Pango turns "left" round for right-to-left text; the card's column stays where it is. */
static PangoAlignment alignment(PangoLayout *layout, PangoAlignment wished) {
    if (wished == PANGO_ALIGN_CENTER) return wished;
    if (pango_layout_get_direction(layout, 0) != PANGO_DIRECTION_RTL) return wished;
    return wished == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* Heights go with the size alone, whatever fonts a line is made of: a line of Latin and one of
 * Devanagari stand alike. */
static CardLine measured(PangoLayout *layout) {
    double size = (double)pango_font_description_get_size(
                      pango_layout_get_font_description(layout)) / PANGO_SCALE;
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    int first = pango_layout_iter_get_baseline(at), last = first;
    while (pango_layout_iter_next_line(at)) last = pango_layout_iter_get_baseline(at);
    pango_layout_iter_free(at);
    return (CardLine){layout, 1.34 * size + (double)(last - first) / PANGO_SCALE, 0.98 * size,
                      (double)box.width / PANGO_SCALE, 0};
}

static bool same_type(const CardType *a, const CardType *b) {
    return a->size == b->size && a->size_min == b->size_min &&
           a->size_wrapped == b->size_wrapped && a->lines == b->lines && a->bold == b->bold &&
           a->align == b->align;
}

static guint hash_of(Text text) {
    guint hash = 5381; /* as g_str_hash, with a length */
    for (size_t i = 0; i < text.len; i++) hash = hash * 33 + (unsigned char)text.ptr[i];
    return hash;
}

/* The line kept for this text, or the one unused for longest, with used_at 0. */
static KeptLine *kept_for(CardPainter *painter, Text text, const CardType *type, double width) {
    guint hash = hash_of(text);
    KeptLine *oldest = &painter->kept[0];
    for (KeptLine *k = painter->kept; k < painter->kept + CARD_LINES_KEPT; k++) {
        if (k->used_at < oldest->used_at) oldest = k;
        if (k->used_at > 0 && k->hash == hash && k->width == width && same_type(&k->type, type) &&
            text_eq(text_of(pango_layout_get_text(k->layout)), text)) {
            return k;
        }
    }
    oldest->used_at = 0;
    oldest->hash = hash;
    oldest->type = *type;
    oldest->width = width;
    return oldest;
}

static void shape(CardPainter *painter, PangoLayout *layout, Text text, const CardType *type,
                  double width) {
    pango_layout_set_width(layout, -1);
    pango_layout_set_height(layout, -1);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_text(layout, text.ptr, (int)text.len);
    pango_layout_set_alignment(layout, alignment(layout, type->align));
    set_size(painter, layout, type->bold, type->size);
    double size = size_for_one_line(layout, type, width);
    if (size == 0) {
        fit_lines(painter, layout, type, width);
        return;
    }
    if (size < type->size) set_size(painter, layout, type->bold, size);
    if (type->align != PANGO_ALIGN_LEFT || width_of(layout) > width) limit_lines(layout, 1, width);
}

CardLine card_painter_fit(CardPainter *painter, Text text, const CardType *type, double width) {
    if (text_is_empty(text)) return (CardLine){.layout = NULL};
    KeptLine *kept = kept_for(painter, text, type, width);
    if (kept->used_at == 0) {
        shape(painter, kept->layout, text, type, width);
        kept->line = measured(kept->layout);
    }
    kept->used_at = ++painter->clock;
    CardLine line = kept->line;
    line.colour = type->colour;
    return line;
}

void card_painter_colour(cairo_t *cr, uint32_t colour) {
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

void card_painter_round(cairo_t *cr, double x, double y, double width, double height,
                        double radius) {
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
    cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
    cairo_arc(cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
    cairo_arc(cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
    cairo_close_path(cr);
}

void card_painter_box(cairo_t *cr, uint32_t colour, double x, double y, double width,
                      double height) {
    card_painter_colour(cr, colour);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

void card_painter_show(const CardCanvas *canvas, const CardLine *line, double x, double y) {
    if (!line->layout) return;
    card_painter_colour(canvas->cr, line->colour);
    card_glyphs_show(canvas->cr, line->layout, x, y + line->ascent);
}

double card_painter_text(const CardCanvas *canvas, Text text, const CardType *type, double x,
                         double baseline, double width) {
    CardLine line = card_painter_fit(canvas->painter, text, type, width);
    card_painter_show(canvas, &line, x, baseline - line.ascent);
    return line.height;
}

Status card_painter_code(Ctx *ctx, const CardCanvas *canvas, Text text, double x, double y,
                         double side) {
    if (text_is_empty(text)) return OK;
    if (!qr_make(text, &canvas->painter->code)) {
        return fail_io(ctx, "card_not_drawn", "a code of %zu bytes fits no QR code", text.len);
    }
    qr_draw(canvas->cr, &canvas->painter->code, canvas->qr_style, x, y, side,
            canvas->device_per_mm);
    return OK;
}
