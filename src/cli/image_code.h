/* Codes in a picture: for `check @card.png`. */
#ifndef CLI_IMAGE_CODE_H
#define CLI_IMAGE_CODE_H

#include "base/ctx.h"

enum { IMAGE_CODES_MAX = 8, IMAGE_BYTES_MAX = 32 << 20, IMAGE_PIXELS_MAX = 40000000 };

/* The texts of all QR codes in a PNG file. NOT_FOUND image_no_code; INVALID image_not_png,
 * image_too_large; IO image_unreadable. */
MUST_USE Status image_code_read(Ctx *ctx, Text file, Text ret_codes[IMAGE_CODES_MAX],
                                int *ret_count);

#endif
