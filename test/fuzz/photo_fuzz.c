/* Photographs: whatever comes is refused with a sentence, or is a picture that can be cropped,
 * written and read again. */
#include "fuzz.h"
#include "media/photo.h"

/* Small, so that a run gets round: sizes are refused by the same code. */
static const PhotoLimits limits = {.bytes = 1 << 20, .pixels = 100000, .memory = 1 << 20,
                                   .side_min = 1};

static void take(Ctx *ctx, const Photo *photo, PhotoCrop crop) {
    Text jpeg = TEXT_NONE;
    Photo again;
    assert((int64_t)photo->width * photo->height <= limits.pixels);
    assert(photo_crop(ctx, photo, crop, &jpeg) == OK);
    assert(jpeg.len <= PHOTO_JPEG_BYTES);
    assert(photo_read(ctx, jpeg, &photo_limits, &again) == OK);
    assert(again.width == PHOTO_SIDE_PX && again.height == PHOTO_SIDE_PX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(16 << 20);
    Ctx ctx;
    Photo photo;
    ctx_init(&ctx, arena);
    Status status = photo_read(&ctx, text_bytes(data, size), &limits, &photo);
    if (status == OK)
        take(&ctx, &photo, (PhotoCrop){.x = data[size / 2] * 3, .y = data[size / 3] * 3,
                                       .size = PHOTO_CROP_SIZE_MIN + data[size - 1] * 2});
    else
        assert(status == INVALID && ctx.error_count == 1 && ctx.errors[0].message);
    arena_delete(arena);
    return 0;
}
