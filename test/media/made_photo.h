/* Pictures for tests, made by the libraries that also read them: four quarters of plain colour,
 * named by letters, so that one sees which way up a picture came out. */
#ifndef MADE_PHOTO_H
#define MADE_PHOTO_H

#include "base/arena.h"

typedef enum MadeKind {
    MADE_JPEG,
    MADE_JPEG_PROGRESSIVE,
    MADE_JPEG_GREY,
    MADE_JPEG_INKS, /* CMYK, inverted as Adobe's */
    MADE_PNG,
    MADE_PNG_INTERLACED,
    MADE_PNG_GREY,
    MADE_PNG_16,
    MADE_PNG_PALETTE,
    MADE_WEBP,
    MADE_WEBP_LOSSLESS,
    MADE_KINDS
} MadeKind;

typedef struct Made {
    MadeKind kind;
    int width, height;
    /* upper left, upper right, lower left, lower right: Red, Green, Blue, Yellow, White, blacK,
     * grey as H; T is transparent red (not in JPEG). "NNNN" is noise. */
    const char *quarters;
    Text exif;    /* a TIFF structure, put where the kind of file has it */
    Text comment; /* in COM, tEXt or XMP */
    bool moves;   /* says that it is animated (PNG, WebP) */
} Made;

/* The file, in the arena. */
Text made_photo(Arena *arena, const Made *made);

/* A TIFF structure that says this orientation, in either byte order, and has a place besides:
 * the bytes "GPS-28.6139N". */
Text made_photo_exif(Arena *arena, int orientation, bool big_endian);

/* The colour that a letter stands for, 0xRRGGBB; transparent as it is shown: white. */
uint32_t made_photo_colour(char quarter);

#endif
