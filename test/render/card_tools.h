/* What the card's tests look with: pictures, a worse copy of them, zbar, and poppler's programs. */
#ifndef TEST_RENDER_CARD_TOOLS_H
#define TEST_RENDER_CARD_TOOLS_H

#include "base/buffer.h"

typedef struct Picture {
    int width, height;
    uint8_t *grey; /* row by row, 0 black */
} Picture;

/* In the arena; width 0 when the file is not readable. */
Picture card_tools_png(Arena *arena, Text file);
/* Binary PGM (P5), as pdftoppm writes it. */
Picture card_tools_pgm(Arena *arena, Text file);
/* As an office printer and a scanner leave it: from_dpi brought to 200 dpi, turned by one degree,
 * noise, black and white only, single pixels wrong. The same picture gives the same copy. */
Picture card_tools_degraded(Arena *arena, const Picture *from, double from_dpi);
/* How many QR codes zbar finds in it, and whether one says just that text. */
int card_tools_codes(const Picture *picture, Text text, bool *ret_found);

/* Runs a program with the bytes in a file as its argument named by NULL-terminated argv's "@", and
 * adds what it prints to out; false when there is no such program or it fails. */
bool card_tools_run(const char *const argv[], Text bytes, Buffer *out);
bool card_tools_have(const char *program);

#endif
