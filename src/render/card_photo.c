/* From RGB bytes to cairo's words, and into a disc. */
#include "render/card_photo.h"

static cairo_surface_t *surface_of(const CardPhoto *photo) {
    int side = photo->side;
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    unsigned char *pixels = cairo_image_surface_get_data(image);
    if (!pixels) return image; /* no memory: cairo then draws nothing and says so */
    ptrdiff_t stride = cairo_image_surface_get_stride(image);
    const uint8_t *rgb = photo->rgb;
    for (int y = 0; y < side; y++) {
        uint32_t *row = (uint32_t *)(void *)(pixels + y * stride);
        for (int x = 0; x < side; x++, rgb += 3)
            row[x] = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    }
    cairo_surface_mark_dirty(image);
    (void)cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG,
                                      (const unsigned char *)photo->jpeg.ptr, photo->jpeg.len,
                                      NULL, NULL);
    return image;
}

bool card_photo_draw(cairo_t *cr, const CardPhoto *photo, double x, double y, double radius) {
    if (!photo->side) return false;
    cairo_surface_t *image = surface_of(photo);
    double scale = 2 * radius / photo->side;
    cairo_save(cr);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    cairo_clip(cr);
    cairo_translate(cr, x - radius, y - radius);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_paint(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
    return true;
}
