/* WebP by libwebp. */
#ifndef MEDIA_PHOTO_WEBP_H
#define MEDIA_PHOTO_WEBP_H

#include "media/photo.h"

/* Decodes to the working size, as stored, on white. NULL, and ret->rgb for free(); or the key of a
 * sentence, and ret untouched. */
const char *photo_webp_read(Text file, const PhotoLimits *limits, Photo *ret);

#endif
