/* The library scales while it decodes; what it needs besides depends on the kind of coding. */
#include "media/photo_webp.h"

#include <webp/decode.h>

#include "media/photo_reduce.h"

/* Lossy pictures are decoded row by row; lossless ones are kept whole, four bytes a pixel, and so
 * is transparency, which is a lossless picture beside its own plane. */
static size_t whole_bytes(const WebPBitstreamFeatures *is) {
    enum { LOSSY = 1 };
    size_t pixels = (size_t)is->width * (size_t)is->height;
    if (is->format != LOSSY) return pixels * 4;
    return is->has_alpha ? pixels * 5 : 0;
}

static const char *check_head(const WebPBitstreamFeatures *is, const PhotoLimits *limits) {
    if (is->has_animation) return "photo_animated";
    const char *problem = photo_reduce_check(is->width, is->height, limits);
    if (problem) return problem;
    return whole_bytes(is) > limits->memory ? "photo_too_detailed" : NULL;
}

/* Lays RGBA onto white. */
static void flatten(const WebPRGBABuffer *from, uint32_t width, uint32_t height, Photo *ret) {
    PhotoReduce reduce;
    photo_reduce_start(&reduce, width, height, width, height);
    uint8_t *scratch = photo_reduce_memory(width, 3);
    for (uint32_t y = 0; y < height; y++)
        photo_reduce_row_alpha(&reduce, from->rgba + y * (size_t)from->stride, scratch);
    free(scratch);
    *ret = (Photo){(int)width, (int)height, reduce.rgb};
    reduce.rgb = NULL;
    photo_reduce_release(&reduce);
}

const char *photo_webp_read(Text file, const PhotoLimits *limits, Photo *ret) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) return "photo_damaged";
    const uint8_t *bytes = (const uint8_t *)file.ptr;
    if (WebPGetFeatures(bytes, file.len, &config.input) != VP8_STATUS_OK) return "photo_damaged";
    const char *problem = check_head(&config.input, limits);
    if (problem) return problem;
    uint32_t width, height;
    photo_reduce_plan((uint32_t)config.input.width, (uint32_t)config.input.height, &width, &height);
    config.options.use_scaling = 1;
    config.options.scaled_width = (int)width;
    config.options.scaled_height = (int)height;
    config.output.colorspace = MODE_RGBA;
    if (WebPDecode(bytes, file.len, &config) == VP8_STATUS_OK)
        flatten(&config.output.u.RGBA, width, height, ret);
    else
        problem = "photo_damaged";
    WebPFreeDecBuffer(&config.output);
    return problem;
}
