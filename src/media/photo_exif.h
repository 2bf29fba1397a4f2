/* Which way up a picture is meant: the one thing that is read from its metadata. Orientations are
 * those of TIFF 6.0 and EXIF 2.3, tag 0x0112: 1 upright, 3 upside down, 6 and 8 lying, the others
 * mirrored. */
#ifndef MEDIA_PHOTO_EXIF_H
#define MEDIA_PHOTO_EXIF_H

#include "media/photo.h"

/* The orientation that a file says, 1 to 8; 1 where it says none, or none that is well-formed:
 * JPEG in the first APP1 "Exif" before the image data, PNG in eXIf, WebP in the EXIF chunk. */
int photo_exif_of_jpeg(Text file);
int photo_exif_of_png(Text file);
int photo_exif_of_webp(Text file);

/* A PNG with an animation control chunk (APNG). */
bool photo_exif_png_is_animated(Text file);

/* Turns a picture stored with this orientation upright, into memory of its own; the old memory is
 * given back. */
void photo_exif_turn(Photo *photo, int orientation);

#endif
