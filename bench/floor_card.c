/* The floor of the card as PDF: bare Cairo and Pango draw the same glyphs at about the same places
 * and both codes as one-bit masks, one file a card. Nothing is fitted: every size is given. What
 * all cards have in common is shaped once, as by the program.
 *
 * usage: floor_card DATA SECONDS */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include "faces.h"
#include "people.h"

enum { FACES = 200, FRONT_LINES = 15, BACK_LINES = 7, LINES = FRONT_LINES + BACK_LINES };
#define POINTS_PER_MM (72 / 25.4)
#define WIDTH_MM 85.60
#define HEIGHT_MM 53.98

/* Where each text of a face stands, in mm. */
typedef struct Place {
    size_t text; /* offset in CardFace */
    double size, x, y, width;
    bool bold, outline;
} Place;

#define AT(field) offsetof(CardFace, field)
static const Place places[LINES] = {
    {AT(organisation), 3.3, 5.0, 3.5, 7, true, true},
    {AT(organisation), 3.4, 13.2, 2, 48, true, false},
    {AT(organisation_alt), 2.2, 13.2, 6.4, 48, false, false},
    {AT(kind), 2.2, 68, 4, 20, true, false},
    {AT(name), 5.9, 6, 18, 13, true, true},
    {AT(name), 4.4, 19.2, 16, 40, true, false},
    {AT(name_alt), 3.2, 19.2, 22, 40, false, false},
    {AT(label_number), 2.0, 4.2, 30, 54, false, false},
    {AT(number), 5.6, 4.2, 33, 54, true, false},
    {AT(front_scan), 2.0, 64, 35, 22, false, false},
    {AT(label_unit), 2.0, 4.2, 44, 33, false, false},
    {AT(unit), 2.6, 4.2, 47, 33, true, false},
    {AT(label_member_since), 2.0, 40.4, 44, 24, false, false},
    {AT(since), 2.6, 40.4, 47, 24, true, false},
    {AT(valid_until), 2.6, 66.2, 47, 17, true, false},
    {AT(back_check), 2.5, 4.2, 6, 33, true, false},
    {AT(back_found), 2.1, 4.2, 14, 33, false, false},
    {AT(organisation), 2.5, 4.2, 26, 33, true, false},
    {AT(registration), 2.0, 4.2, 31, 33, false, false},
    {AT(address), 2.0, 4.2, 35, 33, false, false},
    {AT(helpline), 2.1, 4.2, 41, 33, false, false},
    {AT(back_not_id), 2.0, 4.2, 46, 33, false, false},
};

typedef struct Floor {
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layouts[LINES];
    Text last[LINES]; /* shaped already */
} Floor;

static void prepare(Floor *f) {
    f->map = pango_cairo_font_map_new();
    f->context = pango_font_map_create_context(f->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(f->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(f->context, FALSE);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, "Noto Sans, Noto Sans Devanagari, sans-serif");
    for (int i = 0; i < LINES; i++) {
        f->layouts[i] = pango_layout_new(f->context);
        pango_font_description_set_weight(font, places[i].bold ? PANGO_WEIGHT_BOLD
                                                               : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font, places[i].size * PANGO_SCALE);
        pango_layout_set_font_description(f->layouts[i], font);
        pango_layout_set_width(f->layouts[i], (int)(places[i].width * PANGO_SCALE));
    }
    pango_font_description_free(font);
}

/* Of a name the disc shows two letters; any two are as dear. */
static Text initials(Text name) {
    size_t at = 0;
    for (int i = 0; i < 2 && at < name.len; i++) (void)text_next_codepoint(name, &at);
    return text_slice(name, 0, at);
}

static void draw_line(Floor *f, cairo_t *cr, const CardFace *face, int i) {
    const Place *p = &places[i];
    Text text = *(const Text *)((const char *)face + p->text);
    if (!text.len) return;
    if (p->outline) text = initials(text);
    if (!text_eq(text, f->last[i])) {
        pango_layout_set_text(f->layouts[i], text.ptr, (int)text.len);
        f->last[i] = text;
    }
    cairo_move_to(cr, p->x, p->y);
    cairo_set_source_rgb(cr, 0.1, 0.1, 0.13);
    if (p->outline) {
        pango_cairo_layout_path(cr, f->layouts[i]);
        cairo_fill(cr);
    } else {
        pango_cairo_show_layout(cr, f->layouts[i]);
    }
}

static cairo_surface_t *mask_of(const QRcode *code) {
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A1, code->width, code->width);
    unsigned char *rows = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);
    for (int i = 0; i < code->width * code->width; i++)
        if (code->data[i] & 1)
            rows[i / code->width * stride + i % code->width / 8] |=
                (unsigned char)(1 << i % code->width % 8);
    cairo_surface_mark_dirty(mask);
    return mask;
}

static void draw_code(cairo_t *cr, Text text, double x, double y, double side) {
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    (void)QRinput_append(input, QR_MODE_AN, (int)text.len, (const unsigned char *)text.ptr);
    QRcode *code = QRcode_encodeInput(input);
    QRinput_free(input);
    if (!code) exit(3);
    cairo_surface_t *mask = mask_of(code);
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, side / code->width, side / code->width);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(mask);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_mask(cr, pattern);
    cairo_pattern_destroy(pattern);
    cairo_restore(cr);
    cairo_surface_destroy(mask);
    QRcode_free(code);
}

static void fill_box(cairo_t *cr, double shade, double y, double height) {
    cairo_set_source_rgb(cr, shade, shade, 1);
    cairo_rectangle(cr, 0, y, WIDTH_MM, height);
    cairo_fill(cr);
}

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int len) {
    (void)data;
    *(int64_t *)closure += len;
    return CAIRO_STATUS_SUCCESS;
}

static void draw_card(Floor *f, const CardFace *face, int64_t *bytes) {
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        take, bytes, WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, POINTS_PER_MM, POINTS_PER_MM);
    pango_cairo_update_context(cr, f->context);
    fill_box(cr, 1, 0, HEIGHT_MM);
    fill_box(cr, 0.6, 0, 11.4);
    fill_box(cr, 0.9, 41.8, HEIGHT_MM - 41.8);
    for (int i = 0; i < FRONT_LINES; i++) draw_line(f, cr, face, i);
    draw_code(cr, face->check_url, 62, 13, 21);
    cairo_show_page(cr);
    fill_box(cr, 1, 0, HEIGHT_MM);
    fill_box(cr, 0.6, 0, 2.6);
    for (int i = FRONT_LINES; i < LINES; i++) draw_line(f, cr, face, i);
    draw_code(cr, face->signed_code, 40, 5, 44);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) exit(3);
    cairo_surface_destroy(surface);
}

int main(int argc, char **argv) {
    static Cli cli;
    Floor f = {0};
    if (argc != 3) return 2;
    faces_open(&cli, argv[1]);
    CardFace *faces = faces_load(&cli, FACES);
    prepare(&f);
    int64_t count = 0, bytes = 0;
    draw_card(&f, &faces[0], &bytes);
    bytes = 0;
    int64_t began_ns = people_now_ns(), now_ns = began_ns;
    int64_t until_ns = began_ns + (int64_t)(strtod(argv[2], NULL) * 1e9);
    for (; now_ns < until_ns; now_ns = people_now_ns(), count++)
        draw_card(&f, &faces[count % FACES], &bytes);
    (void)printf("{\"count\":%lld,\"per_second\":%.1f,\"bytes\":%lld}\n", (long long)count,
                 (double)count * 1e9 / (double)(now_ns - began_ns), (long long)(bytes / count));
    for (int i = 0; i < LINES; i++) g_object_unref(f.layouts[i]);
    g_object_unref(f.context);
    g_object_unref(f.map);
    faces_close(&cli);
    return 0;
}
