/* Rows in, a smaller picture out: the mean of the area that each new pixel covers. Rows come one
 * at a time, so that the large picture is never in memory as a whole. Decoders of all kinds feed
 * it; what it refuses it names by the key of a message. */
#ifndef MEDIA_PHOTO_REDUCE_H
#define MEDIA_PHOTO_REDUCE_H

#include "media/photo.h"

typedef struct PhotoReduce {
    uint32_t in_width, in_height;
    uint32_t out_width, out_height;
    uint32_t rows_out;  /* complete ones */
    uint32_t left;      /* of the current row out: in_height units make it complete */
    uint32_t *line;     /* one row in, reduced horizontally: sums over in_width units */
    uint64_t *sums;     /* the row out so far */
    uint8_t *rgb;       /* the result: out_width * 3 bytes a row */
} PhotoReduce;

/* NULL when a picture of this size may be decoded, else the key of the sentence. */
const char *photo_reduce_check(int64_t width, int64_t height, const PhotoLimits *limits);
/* The size to work with, same shape: shorter side at most PHOTO_WORK_PX, never enlarged. */
void photo_reduce_plan(uint32_t width, uint32_t height, uint32_t *ret_width,
                       uint32_t *ret_height);

/* Allocates for rows of in_width; the out sizes are not larger than those in. */
void photo_reduce_start(PhotoReduce *r, uint32_t in_width, uint32_t in_height,
                        uint32_t out_width, uint32_t out_height);
/* The next row, in_width * 3 bytes; more than in_height are ignored. */
void photo_reduce_row(PhotoReduce *r, const uint8_t *rgb);
/* The same of RGBA, laid onto white; scratch holds in_width * 3 bytes. */
void photo_reduce_row_alpha(PhotoReduce *r, const uint8_t *rgba, uint8_t *scratch);
bool photo_reduce_is_complete(const PhotoReduce *r);
/* Gives everything back that start allocated, whether complete or not; rgb too unless it was
 * taken (set to NULL). */
void photo_reduce_release(PhotoReduce *r);

/* Zeroed memory to be given back by free; aborts when there is none. */
void *photo_reduce_memory(size_t count, size_t size);

#endif
