/* PNG by libpng, which reports errors by jumping: only photo_png.c sees that. */
#ifndef MEDIA_PHOTO_PNG_H
#define MEDIA_PHOTO_PNG_H

#include "media/photo.h"

/* Decodes to the working size, as stored, on white. NULL, and ret->rgb for free(); or the key of a
 * sentence, and ret untouched. */
const char *photo_png_read(Text file, const PhotoLimits *limits, Photo *ret);

#endif
