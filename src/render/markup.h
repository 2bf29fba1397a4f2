/* Text inside HTML and SVG. */
#ifndef RENDER_MARKUP_H
#define RENDER_MARKUP_H

#include "base/buffer.h"

/* Adds text so that it stands for itself in content and in quoted attributes: & < > " ' are
 * escaped, characters that XML 1.0 does not know are left out. */
void markup_escape(Buffer *out, Text text);

#endif
