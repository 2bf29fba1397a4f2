/* Pango hands cairo a cluster for each glyph wherever it can; cairo then writes plain glyphs, and
 * the shifts between them are what poppler and others read as spaces. A cluster of several glyphs
 * is written as a span with its text beside it (ISO 32000-1 §14.9.4, ActualText). */
#include "render/card_glyphs.h"

enum { RUN_GLYPHS_MAX = 512 };

typedef struct Run {
    cairo_glyph_t glyphs[RUN_GLYPHS_MAX];
    cairo_text_cluster_t clusters[RUN_GLYPHS_MAX];
    int glyph_count, cluster_count;
} Run;

/* Runs that need nothing of this, or that are beyond it: right-to-left, ellipses and glyphs that
 * no font has, pictures. */
static bool is_plain(const PangoGlyphItem *item) {
    if (item->item->analysis.level % 2 == 1) return true;
    if (item->glyphs->num_glyphs > RUN_GLYPHS_MAX) return true;
    bool shifted = false;
    for (int i = 0; i < item->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *glyph = &item->glyphs->glyphs[i];
        if (glyph->glyph == PANGO_GLYPH_EMPTY || (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) ||
            glyph->attr.is_color) {
            return true;
        }
        shifted = shifted || glyph->geometry.x_offset != 0;
    }
    return !shifted;
}

/* Bytes of the run's text that glyphs from i on stand for begin here. */
static int byte_at(const PangoGlyphItem *item, int i) {
    return i < item->glyphs->num_glyphs ? item->glyphs->log_clusters[i] : item->item->length;
}

/* Whether glyph i goes into one span with the one before it: parts of a letter, a sign set back
 * over its letter, and the letter after such a sign, so that the span ends where its text does. */
static bool joins(const char *text, const PangoGlyphItem *item, int i) {
    if (i == 0) return false;
    if (item->glyphs->log_clusters[i] == item->glyphs->log_clusters[i - 1]) return true;
    if (item->glyphs->glyphs[i].geometry.x_offset != 0) return true;
    return item->glyphs->glyphs[i - 1].geometry.x_offset != 0 &&
           text[item->item->offset + byte_at(item, i)] != ' ';
}

static void collect(const char *text, const PangoGlyphItem *item, double x, double y,
                    Run *run) {
    run->glyph_count = run->cluster_count = 0;
    int along = 0;
    for (int i = 0; i < item->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *glyph = &item->glyphs->glyphs[i];
        run->glyphs[run->glyph_count++] = (cairo_glyph_t){
            glyph->glyph, x + (double)(along + glyph->geometry.x_offset) / PANGO_SCALE,
            y + (double)glyph->geometry.y_offset / PANGO_SCALE};
        along += glyph->geometry.width;
        if (!joins(text, item, i)) {
            run->clusters[run->cluster_count++] = (cairo_text_cluster_t){0, 0};
        }
        cairo_text_cluster_t *cluster = &run->clusters[run->cluster_count - 1];
        cluster->num_glyphs++;
        cluster->num_bytes += byte_at(item, i + 1) - byte_at(item, i);
    }
}

static void show_run(cairo_t *cr, const char *text, PangoGlyphItem *item, double x, double y) {
    cairo_scaled_font_t *font =
        pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item->item->analysis.font));
    if (is_plain(item) || !font || item->glyphs->num_glyphs == 0) {
        cairo_move_to(cr, x, y);
        pango_cairo_show_glyph_item(cr, text, item);
        return;
    }
    Run run;
    collect(text, item, x, y, &run);
    cairo_set_scaled_font(cr, font);
    cairo_show_text_glyphs(cr, text + item->item->offset, item->item->length, run.glyphs,
                           run.glyph_count, run.clusters, run.cluster_count, 0);
}

void card_glyphs_show(cairo_t *cr, PangoLayout *layout, double x, double y) {
    if (!cairo_surface_has_show_text_glyphs(cairo_get_target(cr))) {
        double rise = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
        cairo_move_to(cr, x, y - rise);
        pango_cairo_show_layout(cr, layout);
        return;
    }
    const char *text = pango_layout_get_text(layout);
    int first = pango_layout_get_baseline(layout);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *item = pango_layout_iter_get_run_readonly(at);
        if (!item) continue;
        PangoRectangle box;
        pango_layout_iter_get_run_extents(at, NULL, &box);
        int baseline = pango_layout_iter_get_baseline(at) - first;
        show_run(cr, text, item, x + (double)box.x / PANGO_SCALE,
                 y + (double)baseline / PANGO_SCALE);
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
}
