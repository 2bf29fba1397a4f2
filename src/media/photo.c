/* Which reader a file goes to, and what is cut and written from what it gives. */
#include "media/photo.h"

#include "base/limits.h"
#include "media/photo_exif.h"
#include "media/photo_jpeg.h"
#include "media/photo_png.h"
#include "media/photo_resample.h"
#include "media/photo_webp.h"

enum { QUALITY = 85, QUALITY_STEP = 8, QUALITY_MIN = 5 };

const PhotoLimits photo_limits = {.bytes = LIMIT_PHOTO_BYTES, .pixels = LIMIT_PHOTO_PIXELS,
                                  .memory = (size_t)64 << 20, .side_min = 240};

typedef struct Format {
    Text magic;     /* at the beginning */
    Text magic_at_8;
    const char *(*read)(Text file, const PhotoLimits *limits, Photo *ret);
    int (*orientation)(Text file);
} Format;

static const Format formats[] = {
    {{"\xFF\xD8\xFF", 3}, {NULL, 0}, photo_jpeg_read, photo_exif_of_jpeg},
    {{"\x89PNG\r\n\x1A\n", 8}, {NULL, 0}, photo_png_read, photo_exif_of_png},
    {{"RIFF", 4}, {"WEBP", 4}, photo_webp_read, photo_exif_of_webp},
};

static const Format *format_of(Text file) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const Format *f = &formats[i];
        if (text_starts_with(file, f->magic) &&
            text_starts_with(text_slice(file, 8, file.len), f->magic_at_8))
            return f;
    }
    return NULL;
}

static Status refuse(Ctx *ctx, const char *message, const PhotoLimits *limits) {
    (void)fail(ctx, INVALID, "photo", message);
    fail_arg_int(ctx, "megabytes", (int64_t)(limits->bytes >> 20));
    fail_arg_int(ctx, "megapixels", limits->pixels / 1000000);
    fail_arg_int(ctx, "pixels", limits->side_min);
    return INVALID;
}

Status photo_read(Ctx *ctx, Text bytes, const PhotoLimits *limits, Photo *ret) {
    if (text_is_empty(bytes)) return refuse(ctx, "photo_empty", limits);
    if (bytes.len > limits->bytes) return refuse(ctx, "photo_too_heavy", limits);
    const Format *format = format_of(bytes);
    if (!format) return refuse(ctx, "photo_kind", limits);
    Photo photo = {0, 0, NULL};
    const char *problem = format->read(bytes, limits, &photo);
    if (problem) return refuse(ctx, problem, limits);
    photo_exif_turn(&photo, format->orientation(bytes));
    arena_defer(ctx->arena, free, photo.rgb);
    *ret = photo;
    return OK;
}

/* The picture as JPEG in the arena, at the best quality that fits. */
static Status write_fitting(Ctx *ctx, const Photo *photo, size_t bytes_max, Text *ret_jpeg) {
    uint8_t *out = arena_alloc(ctx->arena, bytes_max);
    for (int quality = QUALITY; quality >= QUALITY_MIN; quality -= QUALITY_STEP) {
        size_t len = photo_jpeg_write(photo, quality, out, bytes_max);
        if (len == 0) continue;
        *ret_jpeg = text_bytes(out, len);
        return OK;
    }
    return refuse(ctx, "photo_too_detailed", &photo_limits);
}

PhotoCrop photo_crop_default(const Photo *photo) {
    bool tall = photo->height > photo->width;
    return (PhotoCrop){.x = 500, .y = tall ? 250 : 500, .size = 1000};
}

static bool in_thousandths(int value, int least) { return value >= least && value <= 1000; }

Status photo_crop(Ctx *ctx, const Photo *photo, PhotoCrop crop, Text *ret_jpeg) {
    if (!in_thousandths(crop.x, 0) || !in_thousandths(crop.y, 0) ||
        !in_thousandths(crop.size, PHOTO_CROP_SIZE_MIN))
        return fail(ctx, INVALID, "crop", "photo_crop_range");
    int shorter = photo->width < photo->height ? photo->width : photo->height;
    int side = (shorter * crop.size + 500) / 1000;
    if (side < 1) side = 1;
    PhotoPart part = {.x = ((photo->width - side) * crop.x + 500) / 1000,
                      .y = ((photo->height - side) * crop.y + 500) / 1000,
                      .width = side, .height = side};
    Photo made = photo_resample(photo, part, PHOTO_SIDE_PX, PHOTO_SIDE_PX);
    Status status = write_fitting(ctx, &made, PHOTO_JPEG_BYTES, ret_jpeg);
    free(made.rgb);
    return status;
}

Status photo_encode(Ctx *ctx, const Photo *photo, int shorter_px, size_t bytes_max,
                    Text *ret_jpeg) {
    int shorter = photo->width < photo->height ? photo->width : photo->height;
    if (shorter <= shorter_px) return write_fitting(ctx, photo, bytes_max, ret_jpeg);
    int width = (int)((int64_t)photo->width * shorter_px / shorter);
    int height = (int)((int64_t)photo->height * shorter_px / shorter);
    PhotoPart whole = {0, 0, photo->width, photo->height};
    Photo made = photo_resample(photo, whole, width, height);
    Status status = write_fitting(ctx, &made, bytes_max, ret_jpeg);
    free(made.rgb);
    return status;
}
