/* Unicode normal forms and classes of letters, by ICU, over Text. Given text must be valid UTF-8;
 * results are in the arena. */
#ifndef DOMAIN_NORMAL_H
#define DOMAIN_NORMAL_H

#include "base/arena.h"

/* NFC. */
Text normal_composed(Arena *arena, Text t);
/* NFD. */
Text normal_apart(Arena *arena, Text t);
/* NFKC_Casefold, then NFD: compatibility forms made plain, small letters, marks apart, what is
 * invisible gone. For keys. */
Text normal_fold_apart(Arena *arena, Text t);

bool normal_is_letter(uint32_t cp);   /* L* */
bool normal_is_mark(uint32_t cp);     /* M* */
bool normal_is_digit(uint32_t cp);    /* Nd */
bool normal_is_space(uint32_t cp);    /* Z* and ASCII white space */
bool normal_is_emoji(uint32_t cp);    /* So, Sk, regional letters, and what joins them */
bool normal_is_wide(uint32_t cp);     /* Chinese, Japanese, Korean, Yi, full-width forms */
bool normal_is_invisible(uint32_t cp); /* Cf: marks of direction, joiners, soft hyphen, tags */
/* One line that reads as it is written: UTF-8 (any bytes may be given) without control characters
 * or anything invisible but the two joiners, which Indic scripts need. */
bool normal_is_line(Text t);

#endif
