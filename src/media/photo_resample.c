/* First across, then down: twice a few taps a pixel instead of their square. */
#include "media/photo_resample.h"

#include <math.h>

#include "media/photo_reduce.h"

/* For each pixel out of one axis: which pixels in count, and how much. */
typedef struct Taps {
    int most;       /* a pixel out has at most so many */
    int *first;     /* pixel in */
    float *weights; /* most for each pixel out, summing to 1 */
} Taps;

static double cubic(double t) {
    t = fabs(t);
    if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
    if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
    return 0;
}

/* count pixels out over span pixels in from start, of an axis that has length of them: pixels
 * beyond its ends are as those at the ends. */
static Taps taps_make(int count, int start, int span, int length) {
    double step = (double)span / count, wide = step > 1 ? step : 1;
    Taps taps = {.most = (int)ceil(4 * wide) + 1};
    if (taps.most > length) taps.most = length;
    taps.first = photo_reduce_memory((size_t)count, sizeof *taps.first);
    taps.weights = photo_reduce_memory((size_t)count * (size_t)taps.most, sizeof *taps.weights);
    for (int i = 0; i < count; i++) {
        double middle = start + (i + 0.5) * step - 0.5, sum = 0;
        int low = (int)ceil(middle - 2 * wide), high = (int)floor(middle + 2 * wide);
        int first = low < 0 ? 0 : low;
        if (first > length - taps.most) first = length - taps.most;
        float *weights = taps.weights + (size_t)i * (size_t)taps.most;
        for (int at = low; at <= high; at++) {
            int inside = at < 0 ? 0 : at >= length ? length - 1 : at;
            double weight = cubic((at - middle) / wide);
            weights[inside - first] += (float)weight;
            sum += weight;
        }
        for (int k = 0; k < taps.most; k++) weights[k] /= (float)sum;
        taps.first[i] = first;
    }
    return taps;
}

static void taps_release(Taps *taps) {
    free(taps->first);
    free(taps->weights);
}

/* One row in, across: width * 3 values. */
static void across(const Taps *taps, const uint8_t *row, int width, float *to) {
    for (int x = 0; x < width; x++, to += 3) {
        const uint8_t *from = row + (size_t)taps->first[x] * 3;
        const float *weight = taps->weights + (size_t)x * (size_t)taps->most;
        float sum[3] = {0, 0, 0};
        for (int k = 0; k < taps->most; k++, from += 3)
            for (int c = 0; c < 3; c++) sum[c] += weight[k] * from[c];
        memcpy(to, sum, sizeof sum);
    }
}

/* One row out: the mean of most rows, from the one at from. */
static void down(const float *from, const float *weights, int most, size_t samples, uint8_t *to) {
    for (size_t i = 0; i < samples; i++) {
        float sum = 0.5F;
        for (int k = 0; k < most; k++) sum += weights[k] * from[(size_t)k * samples + i];
        to[i] = sum <= 0 ? 0 : sum >= 255 ? 255 : (uint8_t)sum;
    }
}

Photo photo_resample(const Photo *photo, PhotoPart part, int width, int height) {
    Taps columns = taps_make(width, part.x, part.width, photo->width);
    Taps rows = taps_make(height, part.y, part.height, photo->height);
    size_t samples = (size_t)width * 3;
    int top = rows.first[0], bottom = rows.first[height - 1] + rows.most;
    float *between = photo_reduce_memory((size_t)(bottom - top) * samples, sizeof *between);
    for (int y = top; y < bottom; y++)
        across(&columns, photo->rgb + (size_t)y * (size_t)photo->width * 3, width,
               between + (size_t)(y - top) * samples);
    Photo made = {width, height, photo_reduce_memory(samples, (size_t)height)};
    for (int y = 0; y < height; y++)
        down(between + (size_t)(rows.first[y] - top) * samples,
             rows.weights + (size_t)y * (size_t)rows.most, rows.most, samples,
             made.rgb + (size_t)y * samples);
    free(between);
    taps_release(&columns);
    taps_release(&rows);
    return made;
}
