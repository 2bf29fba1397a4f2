/* libpng writes instead of cairo: cairo keeps no resolution (a printer then guesses the size) and
 * an alpha channel that nothing needs. */
#include "render/card_png.h"

#include <math.h>
#include <png.h>
#include <setjmp.h>

#define PIXELS_PER_MM (CARD_PNG_DPI / 25.4)
#define GAP_MM 4.0

static void append(png_structp png, png_bytep data, png_size_t length) {
    buffer_add(png_get_io_ptr(png), text_bytes(data, length));
}

static void append_nothing(png_structp png) { (void)png; }

/* Native-endian xRGB words to the bytes R, G, B. */
static void row_to_rgb(const unsigned char *pixels, int width, png_bytep rgb) {
    for (int x = 0; x < width; x++) {
        uint32_t pixel;
        memcpy(&pixel, pixels + 4 * x, 4);
        rgb[3 * x] = (png_byte)(pixel >> 16);
        rgb[3 * x + 1] = (png_byte)(pixel >> 8);
        rgb[3 * x + 2] = (png_byte)pixel;
    }
}

static void write_rows(png_structp png, png_infop info, cairo_surface_t *image, png_bytep rgb,
                       double pixels_per_mm) {
    int width = cairo_image_surface_get_width(image);
    int height = cairo_image_surface_get_height(image);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_uint_32 per_metre = (png_uint_32)lround(pixels_per_mm * 1000);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_compression_level(png, 3); /* flat areas: 6 takes twice the time for a tenth less */
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_write_info(png, info);
    const unsigned char *pixels = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    for (int y = 0; y < height; y++) {
        row_to_rgb(pixels + (ptrdiff_t)y * stride, width, rgb);
        png_write_row(png, rgb);
    }
    png_write_end(png, info);
}

static Status encode(Ctx *ctx, cairo_surface_t *image, double pixels_per_mm, Buffer *out) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) return fail_io(ctx, "card_not_drawn", "png: no memory");
    png_bytep rgb = arena_alloc(ctx->arena, 3 * (size_t)cairo_image_surface_get_width(image));
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return fail_io(ctx, "card_not_drawn", "png: not written");
    }
    png_set_write_fn(png, out, append, append_nothing);
    write_rows(png, info, image, rgb, pixels_per_mm);
    png_destroy_write_struct(&png, &info);
    return out->overflowed ? fail_io(ctx, "card_not_drawn", "png: larger than allowed") : OK;
}

static Status draw_sides(Ctx *ctx, const CardCanvas *canvas, const void *face, CardSides sides) {
    if (sides & CARD_FRONT) {
        TRY(card_layout_front(ctx, canvas, face));
        cairo_translate(canvas->cr, 0, CARD_HEIGHT_MM + GAP_MM);
    }
    return sides & CARD_BACK ? card_layout_back(ctx, canvas, face) : OK;
}

static Status draw_phone(Ctx *ctx, const CardCanvas *canvas, const void *face, CardSides sides) {
    (void)sides;
    return card_layout_phone(ctx, canvas, face);
}

Status card_png_draw(Ctx *ctx, CardPainter *painter, const void *what, CardSides sides,
                     CardPngDrawing draw, CardPngSize size, Buffer *out) {
    CardPainter *own = painter ? NULL : card_painter_new();
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.width_px,
                                                        size.height_px);
    cairo_t *cr = cairo_create(image);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, size.scale, size.scale);
    CardCanvas canvas = card_painter_canvas(painter ? painter : own, cr, QR_MASK,
                                            size.scale);
    Status status = draw(ctx, &canvas, what, sides);
    cairo_status_t drawn = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    if (status == OK && drawn != CAIRO_STATUS_SUCCESS) {
        status = fail_io(ctx, "card_not_drawn", "png: %s", cairo_status_to_string(drawn));
    }
    if (status == OK) status = encode(ctx, image, size.scale, out);
    cairo_surface_destroy(image);
    card_painter_delete(own);
    return status;
}

Status card_png_write(Ctx *ctx, CardPainter *painter, const CardFace *face, CardSides sides,
                      Buffer *out) {
    double height = sides == CARD_BOTH ? 2 * CARD_HEIGHT_MM + GAP_MM : CARD_HEIGHT_MM;
    CardPngSize size = {(int)lround(CARD_WIDTH_MM * PIXELS_PER_MM),
                        (int)lround(height * PIXELS_PER_MM), PIXELS_PER_MM};
    return card_png_draw(ctx, painter, face, sides, draw_sides, size, out);
}

Status card_png_phone(Ctx *ctx, CardPainter *painter, const CardFace *face, Buffer *out) {
    CardPngSize size = {CARD_PHONE_WIDTH_PX, CARD_PHONE_HEIGHT_PX, CARD_PHONE_SCALE};
    return card_png_draw(ctx, painter, face, CARD_FRONT, draw_phone, size, out);
}
