/* libqrencode makes the modules; what is here is how they get onto paper and screens. As vector
 * squares a card's two codes would be most of its PDF and of the time to make it; as a stencil
 * mask they are a few hundred bytes and stay sharp at any size. */
#include "render/qr.h"

#include <math.h>
#include <qrencode.h>

#include "render/markup.h"

static bool is_alphanumeric(Text text) {
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == 0 || !strchr(set, text.ptr[i])) return false;
    }
    return true;
}

bool qr_make(Text text, QrCode *ret) {
    ret->width = 0;
    enum { BYTES_MAX = 4296 }; /* version 40 at the lowest level */
    if (text.len == 0 || text.len > BYTES_MAX) return false;
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (!input) return false;
    QRencodeMode mode = is_alphanumeric(text) ? QR_MODE_AN : QR_MODE_8;
    QRcode *made = NULL;
    if (QRinput_append(input, mode, (int)text.len, (const unsigned char *)text.ptr) == 0) {
        made = QRcode_encodeInput(input);
    }
    QRinput_free(input);
    if (!made) return false;
    size_t count = (size_t)made->width * (size_t)made->width;
    for (size_t i = 0; i < count; i++) ret->modules[i] = made->data[i] & 1;
    ret->width = made->width;
    QRcode_free(made);
    return true;
}

/* One bit a module; A1 rows are 32-bit words, first pixel in the lowest bit on little-endian
 * machines and in the highest on others. */
static cairo_surface_t *mask_of(const QrCode *code) {
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A1, code->width, code->width);
    if (cairo_surface_status(mask) != CAIRO_STATUS_SUCCESS) return mask;
    unsigned char *rows = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);
    bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            if (!code->modules[y * code->width + x]) continue;
            int bit = little ? x % 8 : 7 - x % 8;
            rows[y * stride + x / 8] |= (unsigned char)(1 << bit);
        }
    }
    cairo_surface_mark_dirty(mask);
    return mask;
}

static void draw_mask(cairo_t *cr, const QrCode *code) {
    cairo_surface_t *mask = mask_of(code);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(mask);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_mask(cr, pattern);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(mask);
}

/* Length of the run of dark modules that begins at x. */
static int dark_run(const QrCode *code, int x, int y) {
    int end = x;
    while (end < code->width && code->modules[y * code->width + end]) end++;
    return end - x;
}

static void draw_path(cairo_t *cr, const QrCode *code) {
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            int run = dark_run(code, x, y);
            if (run == 0) continue;
            cairo_rectangle(cr, x, y, run, 1);
            x += run;
        }
    }
    cairo_fill(cr);
}

void qr_draw(cairo_t *cr, const QrCode *code, QrStyle style, double x, double y, double side,
             double device_per_unit) {
    cairo_save(cr);
    cairo_rectangle(cr, x, y, side, side);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill(cr);
    if (code->width > 0) {
        int across = code->width + 2 * QR_QUIET;
        double module = side / across;
        double left = x, top = y;
        if (device_per_unit > 0 && module * device_per_unit >= 1) {
            module = floor(module * device_per_unit) / device_per_unit;
            left = x + (side - module * across) / 2;
            top = y + (side - module * across) / 2;
            cairo_user_to_device(cr, &left, &top);
            left = round(left), top = round(top);
            cairo_device_to_user(cr, &left, &top);
        }
        cairo_translate(cr, left + QR_QUIET * module, top + QR_QUIET * module);
        cairo_scale(cr, module, module);
        cairo_set_source_rgb(cr, 0, 0, 0);
        if (style == QR_MASK) {
            draw_mask(cr, code);
        } else {
            draw_path(cr, code);
        }
    }
    cairo_restore(cr);
}

void qr_svg(Buffer *out, const QrCode *code, Text title) {
    int across = code->width + 2 * QR_QUIET;
    buffer_printf(out, "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\" "
                  "shape-rendering=\"crispEdges\"><title>", across, across);
    markup_escape(out, title);
    buffer_printf(out, "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", across,
                  across);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            int run = dark_run(code, x, y);
            if (run == 0) continue;
            buffer_printf(out, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET, run, run);
            x += run;
        }
    }
    buffer_add(out, T("\"/></svg>"));
}
