/* Lengths are counted in units that divide both grids: a pixel in is out_width units wide, a pixel
 * out in_width of them. So every weight is a whole number and the mean is exact. */
#include "media/photo_reduce.h"

const char *photo_reduce_check(int64_t width, int64_t height, const PhotoLimits *limits) {
    int64_t shorter = width < height ? width : height, longer = width < height ? height : width;
    if (shorter <= 0) return "photo_damaged";
    if (longer > limits->pixels / shorter) return "photo_too_many_pixels";
    if (shorter < limits->side_min) return "photo_too_small";
    if (longer > shorter * PHOTO_RATIO_MAX) return "photo_too_narrow";
    return NULL;
}

void photo_reduce_plan(uint32_t width, uint32_t height, uint32_t *ret_width,
                       uint32_t *ret_height) {
    uint64_t shorter = width < height ? width : height;
    uint64_t target = shorter < PHOTO_WORK_PX ? shorter : PHOTO_WORK_PX;
    *ret_width = (uint32_t)((width * target + shorter / 2) / shorter);
    *ret_height = (uint32_t)((height * target + shorter / 2) / shorter);
}

void *photo_reduce_memory(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) abort();
    return memory;
}

void photo_reduce_start(PhotoReduce *r, uint32_t in_width, uint32_t in_height,
                        uint32_t out_width, uint32_t out_height) {
    size_t samples = (size_t)out_width * 3;
    *r = (PhotoReduce){.in_width = in_width, .in_height = in_height, .out_width = out_width,
                       .out_height = out_height, .left = in_height};
    r->line = photo_reduce_memory(samples, sizeof *r->line);
    r->sums = photo_reduce_memory(samples, sizeof *r->sums);
    r->rgb = photo_reduce_memory(samples, out_height);
}

static void reduce_line(PhotoReduce *r, const uint8_t *rgb) {
    uint32_t *to = r->line, left = r->in_width;
    memset(to, 0, (size_t)r->out_width * 3 * sizeof *to);
    for (uint32_t x = 0; x < r->in_width; x++, rgb += 3) {
        for (uint32_t have = r->out_width, take; have; have -= take) {
            take = have < left ? have : left;
            for (int c = 0; c < 3; c++) to[c] += rgb[c] * take;
            left -= take;
            if (left == 0) { /* not before the last pixel is complete */
                to += 3;
                left = r->in_width;
            }
        }
    }
}

static void finish_row(PhotoReduce *r) {
    size_t samples = (size_t)r->out_width * 3;
    uint8_t *to = r->rgb + r->rows_out * samples;
    uint64_t whole = (uint64_t)r->in_width * r->in_height;
    for (size_t i = 0; i < samples; i++) to[i] = (uint8_t)((r->sums[i] + whole / 2) / whole);
    memset(r->sums, 0, samples * sizeof *r->sums);
    r->rows_out++;
    r->left = r->in_height;
}

void photo_reduce_row(PhotoReduce *r, const uint8_t *rgb) {
    if (photo_reduce_is_complete(r)) return;
    reduce_line(r, rgb);
    size_t samples = (size_t)r->out_width * 3;
    for (uint32_t have = r->out_height, take; have; have -= take) {
        take = have < r->left ? have : r->left;
        for (size_t i = 0; i < samples; i++) r->sums[i] += (uint64_t)r->line[i] * take;
        r->left -= take;
        if (r->left == 0) finish_row(r);
    }
}

void photo_reduce_row_alpha(PhotoReduce *r, const uint8_t *rgba, uint8_t *scratch) {
    for (size_t x = 0; x < r->in_width; x++) {
        unsigned alpha = rgba[4 * x + 3], white = 255 * (255 - alpha);
        for (int c = 0; c < 3; c++)
            scratch[3 * x + c] = (uint8_t)((rgba[4 * x + c] * alpha + white + 127) / 255);
    }
    photo_reduce_row(r, scratch);
}

bool photo_reduce_is_complete(const PhotoReduce *r) { return r->rows_out == r->out_height; }

void photo_reduce_release(PhotoReduce *r) {
    free(r->line);
    free(r->sums);
    free(r->rgb);
    *r = (PhotoReduce){0};
}
