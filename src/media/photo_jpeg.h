/* JPEG by libjpeg-turbo, which reports errors by jumping: only photo_jpeg.c sees that. */
#ifndef MEDIA_PHOTO_JPEG_H
#define MEDIA_PHOTO_JPEG_H

#include "media/photo.h"

/* Decodes to the working size, as stored. NULL, and ret->rgb for free(); or the key of a sentence,
 * and ret untouched. */
const char *photo_jpeg_read(Text file, const PhotoLimits *limits, Photo *ret);

/* Writes a baseline JPEG (4:2:0) of exactly these pixels into out; returns its length, 0 when it
 * takes more than max bytes. */
size_t photo_jpeg_write(const Photo *photo, int quality, uint8_t *out, size_t max);

#endif
