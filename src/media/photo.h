/* Photographs in, safe pictures out. What somebody sent is decoded behind hard limits and drawn
 * anew: no byte of the sent file, and so no place, device or hidden content, is ever kept.
 *
 *     Photo photo;
 *     TRY(photo_read(ctx, body, &photo_limits, &photo));
 *     TRY(photo_crop(ctx, &photo, photo_crop_default(&photo), &jpeg));
 *
 * A large picture takes a second of processor time: on a worker, not where others wait. */
#ifndef MEDIA_PHOTO_H
#define MEDIA_PHOTO_H

#include "base/ctx.h"

enum {
    PHOTO_WORK_PX = 1200,   /* shorter side of a Photo at most */
    PHOTO_RATIO_MAX = 4,    /* longer side over shorter side at most */
    /* Side of what photo_crop makes. The card's disc is 12.4 mm wide, 293 pixels at the 600 dpi of
     * card printers; 480 also fill 160 points of a phone's screen, and stay below 60 KB. */
    PHOTO_SIDE_PX = 480,
    PHOTO_JPEG_BYTES = 60 * 1000,
    PHOTO_DRAFT_PX = 960,   /* for photo_encode: to keep until the member has chosen the crop, */
    PHOTO_DRAFT_BYTES = 400 * 1000,
    PHOTO_PREVIEW_PX = 360, /* and to show meanwhile */
    PHOTO_PREVIEW_BYTES = 40 * 1000,
    PHOTO_CROP_SIZE_MIN = 250,
};

typedef struct PhotoLimits {
    size_t bytes;   /* of the file */
    int64_t pixels; /* width × height */
    size_t memory;  /* what decoding may take besides the Photo itself, where it cannot stream */
    int side_min;   /* pixels of the shorter side at least */
} PhotoLimits;

/* 8 MB, 40 megapixels (base/limits.h), 64 MiB, 240 pixels. Baseline JPEG, lossy WebP without
 * transparency and PNG that is not interlaced stream and may have all 40 megapixels, as cameras'
 * files do; progressive JPEG up to 22 (4:2:0) or 11 (4:4:4), interlaced PNG and lossless WebP up to
 * 16, lossy WebP with transparency up to 13. */
extern const PhotoLimits photo_limits;

/* Upright, opaque (transparent parts are white), 8 bits a channel. */
typedef struct Photo {
    int width, height;
    uint8_t *rgb; /* width * 3 bytes a row, no padding; lives as long as the ctx's arena */
} Photo;

/* Recognises JPEG, PNG or WebP by content and decodes it, upright by its EXIF orientation and
 * reduced to a shorter side of at most PHOTO_WORK_PX. Everything else, and whatever is damaged,
 * cut short, animated (APNG and WebP too) or beyond the limits, is INVALID at the field "photo"
 * with a sentence (photo_…); ret is then untouched. Sizes are checked before pixels are
 * allocated. Embedded colour profiles are not applied. */
MUST_USE Status photo_read(Ctx *ctx, Text bytes, const PhotoLimits *limits, Photo *ret);

/* A square, in thousandths. size: its side, of the picture's shorter side, PHOTO_CROP_SIZE_MIN
 * to 1000. x, y: where it stands in the room that is left, 0 to 1000: 0 is at the left or upper
 * edge, 500 in the middle, 1000 at the right or lower edge, as in CSS's object-position. So every
 * combination lies within the picture. */
typedef struct PhotoCrop {
    int x, y, size;
} PhotoCrop;

/* The largest square; in the middle of a wide picture, near the top of a tall one, where faces
 * are. */
PhotoCrop photo_crop_default(const Photo *photo);

/* The square as a baseline JPEG of PHOTO_SIDE_PX × PHOTO_SIDE_PX in the arena, at most
 * PHOTO_JPEG_BYTES: quality 85, or less where that does not fit. It holds no metadata. A crop out
 * of its range is INVALID (photo_crop_range). */
MUST_USE Status photo_crop(Ctx *ctx, const Photo *photo, PhotoCrop crop, Text *ret_jpeg);

/* The whole picture as JPEG, its shorter side reduced to at most shorter_px, at most bytes_max
 * bytes: what is kept and shown until the crop is chosen. photo_read reads it again. */
MUST_USE Status photo_encode(Ctx *ctx, const Photo *photo, int shorter_px, size_t bytes_max,
                             Text *ret_jpeg);

#endif
