/* QR codes (ISO/IEC 18004) at level M: made once, drawn as a one-bit mask, as one path, or as SVG
 * markup. Every drawing keeps the quiet zone of four modules on each side. */
#ifndef RENDER_QR_H
#define RENDER_QR_H

#include <cairo.h>

#include "base/buffer.h"

enum { QR_QUIET = 4, QR_WIDTH_MAX = 177 };

typedef struct QrCode {
    int width;                                   /* modules a side, 21 … 177; 0: none made */
    uint8_t modules[QR_WIDTH_MAX * QR_WIDTH_MAX]; /* row by row, 1 is dark */
} QrCode;

/* Encodes text: alphanumeric mode when all of it is of QR's 45 characters (upper-case addresses,
 * Base45), otherwise bytes. False, with width 0, when it is empty or too long for version 40. */
bool qr_make(Text text, QrCode *ret);

typedef enum QrStyle {
    QR_MASK, /* a one-bit image: small and quick in PDF, exact in pixels */
    QR_PATH, /* one filled path: for SVG */
} QrStyle;

/* Fills the square at x, y of that side (user units) with white and draws the code black in it,
 * quiet zone inside. device_per_unit > 0: modules become whole device pixels, the code is centred
 * in what is left; 0 for vector targets. Leaves cr as it was. */
void qr_draw(cairo_t *cr, const QrCode *code, QrStyle style, double x, double y, double side,
             double device_per_unit);

/* An <svg> element for a page: class "qr", sized by its viewBox, named by title (plain text). */
void qr_svg(Buffer *out, const QrCode *code, Text title);

#endif
