/* A part of a picture drawn larger or smaller. */
#ifndef MEDIA_PHOTO_RESAMPLE_H
#define MEDIA_PHOTO_RESAMPLE_H

#include "media/photo.h"

typedef struct PhotoPart {
    int x, y, width, height; /* within the picture, at least one pixel each way */
} PhotoPart;

/* The part as a picture of this size, by a cubic filter (Catmull and Rom, "A class of local
 * interpolating splines", 1974), widened to the step where it is made smaller. rgb is for
 * free(). */
Photo photo_resample(const Photo *photo, PhotoPart part, int width, int height);

#endif
