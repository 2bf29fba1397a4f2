/* Organisations choose any colour, yellow too; their cards must be readable all the same. */
#include "render/card_colour.h"

#include <math.h>

#define NEAR_BLACK 0x1b1b22
#define WHITE 0xffffff

static double channel(uint32_t colour, int shift) {
    double c = (double)(colour >> shift & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour) {
    return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8) + 0.0722 * channel(colour, 0);
}

double card_colour_contrast(uint32_t a, uint32_t b) {
    double la = luminance(a) + 0.05, lb = luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

uint32_t card_colour_on(uint32_t background) {
    bool white = card_colour_contrast(background, WHITE) >= 4.5 ||
                 card_colour_contrast(background, WHITE) >=
                     card_colour_contrast(background, NEAR_BLACK);
    return white ? WHITE : NEAR_BLACK;
}

static uint32_t mixed(uint32_t colour, uint32_t other, double share) {
    uint32_t result = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double c = (colour >> shift & 255) * share + (other >> shift & 255) * (1 - share);
        result |= (uint32_t)lround(c) << shift;
    }
    return result;
}

uint32_t card_colour_ink(uint32_t colour) {
    while (card_colour_contrast(colour, WHITE) < 4.5) colour = mixed(colour, 0, 0.94);
    return colour;
}

uint32_t card_colour_tint(uint32_t colour, double share) { return mixed(colour, WHITE, share); }
