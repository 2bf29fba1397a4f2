/* QR codes: the right mode and size, the same modules by mask and by path, the quiet zone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "card_tools.h"
#include "render/qr.h"

static void modes(void **state) {
    (void)state;
    static QrCode code;
    /* 61 characters are the most that version 3, level M, takes in alphanumeric mode */
    const char *text = "HTTPS://GRAMKALYAN.EXAMPLE.ORG/V/GKC20477190358-7K3M9QWX23456";
    assert_int_equal(strlen(text), 61);
    assert_true(qr_make(text_of(text), &code));
    assert_int_equal(code.width, 29);
    assert_true(qr_make(T("https://GRAMKALYAN.EXAMPLE.ORG/V/GKC20477190358-7K3M9QWX23456"), &code));
    assert_true(code.width > 29); /* a lower-case letter needs bytes */
}

static void refused(void **state) {
    (void)state;
    static QrCode code;
    static char much[4000];
    memset(much, 'A', sizeof much);
    assert_false(qr_make(TEXT_NONE, &code));
    assert_int_equal(code.width, 0);
    assert_true(qr_make(text_bytes(much, 3391), &code)); /* the most at level M */
    assert_int_equal(code.width, 177);
    assert_false(qr_make(text_bytes(much, 3392), &code));
    assert_int_equal(code.width, 0);
}

static cairo_surface_t *drawn(const QrCode *code, QrStyle style, double device_per_unit) {
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 250, 250);
    cairo_t *cr = cairo_create(image);
    cairo_set_source_rgb(cr, 0.5, 0.5, 0.5);
    cairo_paint(cr);
    cairo_scale(cr, 10, 10);
    qr_draw(cr, code, style, 1, 1, 23, device_per_unit);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    return image;
}

static uint32_t pixel(cairo_surface_t *image, int x, int y) {
    uint32_t value;
    memcpy(&value, cairo_image_surface_get_data(image) +
                       (size_t)y * (size_t)cairo_image_surface_get_stride(image) + 4 * (size_t)x,
           4);
    return value & 0xffffff;
}

/* Every module's middle is as made, in both styles; the quiet zone and nothing else is white. */
static void drawings(void **state) {
    (void)state;
    static QrCode code;
    assert_true(qr_make(T("HTTPS://EXAMPLE.ORG/V/GKC20477190358-7K3M9QWX"), &code));
    for (int style = QR_MASK; style <= QR_PATH; style++) {
        cairo_surface_t *image = drawn(&code, (QrStyle)style, 10);
        int across = code.width + 2 * QR_QUIET, module = 230 / across;
        int start = 10 + (230 - module * across) / 2;
        for (int y = 0; y < across; y++) {
            for (int x = 0; x < across; x++) {
                int row = y - QR_QUIET, column = x - QR_QUIET;
                bool inside = row >= 0 && column >= 0 && row < code.width && column < code.width;
                bool dark = inside && code.modules[row * code.width + column];
                assert_int_equal(pixel(image, start + x * module + module / 2,
                                       start + y * module + module / 2), dark ? 0 : 0xffffff);
            }
        }
        assert_int_equal(pixel(image, 10, 10), 0xffffff);
        assert_int_equal(pixel(image, 239, 239), 0xffffff);
        assert_int_equal(pixel(image, 9, 9), 0x808080);
        assert_int_equal(pixel(image, 240, 240), 0x808080);
        cairo_surface_destroy(image);
    }
}

/* With whole pixels a module nothing is grey. */
static void sharp(void **state) {
    (void)state;
    static QrCode code;
    assert_true(qr_make(T("HTTPS://EXAMPLE.ORG/V/GKC20477190358-7K3M9QWX"), &code));
    cairo_surface_t *image = drawn(&code, QR_MASK, 10);
    for (int y = 10; y < 240; y++) {
        for (int x = 10; x < 240; x++) {
            uint32_t value = pixel(image, x, y);
            assert_true(value == 0 || value == 0xffffff);
        }
    }
    cairo_surface_destroy(image);
}

static void markup(void **state) {
    (void)state;
    static QrCode code;
    Buffer out = buffer_heap(1 << 20);
    assert_true(qr_make(T("upi://pay?pa=a@b"), &code));
    qr_svg(&out, &code, T("Pay <₹11> & \"go\""));
    Text svg = buffer_text(&out);
    assert_true(text_starts_with(svg, T("<svg class=\"qr\" role=\"img\" viewBox=\"0 0 33 33\"")));
    assert_non_null(memmem(svg.ptr, svg.len, "Pay &lt;₹11&gt; &amp; &quot;go&quot;<", 36));
    assert_true(text_ends_with(svg, T("</svg>")));
    /* the finder in the corner: its top edge is seven modules behind the quiet zone */
    assert_non_null(memmem(svg.ptr, svg.len, "M4 4h7v1h-7z", 12));
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(modes), cmocka_unit_test(refused),
                                       cmocka_unit_test(drawings), cmocka_unit_test(sharp),
                                       cmocka_unit_test(markup)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
