/* A PNG's grey values through zbar. */
#include "cli/image_code.h"

#include <png.h>
#include <zbar.h>

static void release_image(void *image) { zbar_image_destroy(image); }
static void release_scanner(void *scanner) { zbar_image_scanner_destroy(scanner); }

/* Width × height grey bytes in the arena. */
static Status read_grey(Ctx *ctx, const char *path, png_image *image, Text *ret) {
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    FILE *file = fopen(path, "rb");
    if (!file) return fail_io(ctx, "image_unreadable", "%s", path);
    (void)fclose(file);
    if (!png_image_begin_read_from_file(image, path))
        return fail(ctx, INVALID, NULL, "image_not_png");
    image->format = PNG_FORMAT_GRAY;
    size_t size = PNG_IMAGE_SIZE(*image);
    char *grey = NULL;
    if ((int64_t)image->width * image->height <= IMAGE_PIXELS_MAX)
        grey = arena_try(ctx->arena, size);
    if (!grey) {
        png_image_free(image);
        return fail(ctx, INVALID, NULL, "image_too_large");
    }
    /* transparent parts count as white paper */
    png_color white = {255, 255, 255};
    if (!png_image_finish_read(image, &white, grey, 0, NULL))
        return fail(ctx, INVALID, NULL, "image_not_png");
    *ret = (Text){grey, size};
    return OK;
}

Status image_code_read(Ctx *ctx, Text file, Text ret_codes[IMAGE_CODES_MAX], int *ret_count) {
    png_image png;
    Text grey = TEXT_NONE;
    TRY(read_grey(ctx, arena_cstr(ctx->arena, file), &png, &grey));
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    arena_defer(ctx->arena, release_scanner, scanner);
    (void)zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    (void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    arena_defer(ctx->arena, release_image, image);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, png.width, png.height);
    zbar_image_set_data(image, grey.ptr, grey.len, NULL);
    if (zbar_scan_image(scanner, image) <= 0) return fail(ctx, NOT_FOUND, NULL, "image_no_code");
    *ret_count = 0;
    for (const zbar_symbol_t *s = zbar_image_first_symbol(image); s; s = zbar_symbol_next(s)) {
        if (*ret_count == IMAGE_CODES_MAX) break;
        Text data = {zbar_symbol_get_data(s), zbar_symbol_get_data_length(s)};
        ret_codes[(*ret_count)++] = arena_copy(ctx->arena, data);
    }
    return OK;
}
