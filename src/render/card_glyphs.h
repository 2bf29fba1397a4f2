/* Shaped text onto cairo so that a PDF gives it back as it was written. */
#ifndef RENDER_CARD_GLYPHS_H
#define RENDER_CARD_GLYPHS_H

#include <pango/pangocairo.h>
#include <stdbool.h>

/* Draws a layout like pango_cairo_show_layout, its first baseline at x, y. In a PDF letters with
 * signs that are set back over them ("दे") become a span with its text: readers of PDF otherwise
 * take the step back and forth for the end of a word. */
void card_glyphs_show(cairo_t *cr, PangoLayout *layout, double x, double y);

#endif
