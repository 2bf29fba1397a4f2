/* A name in the other script, as a suggestion of how it will be printed: the person may change
 * it. Known names by the shipped lists, others by rules of spelling, word by word. */
#ifndef DOMAIN_TRANSLITERATE_H
#define DOMAIN_TRANSLITERATE_H

#include "base/ctx.h"

/* "Ramesh Kumar" to "रमेश कुमार" and back. Empty when the name is in neither script, or in both.
 * name: as name_check leaves it. */
Text transliterate_name(Ctx *ctx, Text name);
/* One word by the shipped lists of names alone, or TEXT_NONE. */
Text transliterate_known_to_latin(Ctx *ctx, Text devanagari);
Text transliterate_known_to_devanagari(Ctx *ctx, Text latin);

#endif
