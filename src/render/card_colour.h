/* The organisation's accent made fit for print: what can be read on it, and it on white. */
#ifndef RENDER_CARD_COLOUR_H
#define RENDER_CARD_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

/* Contrast of two colours 0xRRGGBB, 1 … 21 (WCAG 2.2, "contrast ratio"). */
double card_colour_contrast(uint32_t a, uint32_t b);
/* White or near-black, whichever reads better on the colour. */
uint32_t card_colour_on(uint32_t background);
/* The colour, darkened until its contrast with white is at least 4.5. */
uint32_t card_colour_ink(uint32_t colour);
/* share (0 … 1) of the colour in white. */
uint32_t card_colour_tint(uint32_t colour, double share);

#endif
