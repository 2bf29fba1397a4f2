/* What stands in the disc in place of a photo. */
#ifndef RENDER_CARD_INITIALS_H
#define RENDER_CARD_INITIALS_H

#include "base/text.h"

enum { CARD_INITIALS_BYTES = 48 };

/* The initials of a name into out: the first letters of its first and last word ("SD"), or for
 * scripts that join letters the first syllable as it is written ("श्री"). Empty for a name without
 * letters (emoji only). Valid UTF-8, not NUL-terminated. */
Text card_initials(Text name, char out[CARD_INITIALS_BYTES]);

#endif
