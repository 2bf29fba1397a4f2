/* Reasons that the program itself offers are kept in English, with what somebody added behind them;
 * each reader has them in the own language. */
#ifndef WEB_REASON_WORDS_H
#define WEB_REASON_WORDS_H

#include "base/ctx.h"

/* Message keys of why a claim is not true; "other" has own words alone. Behind them the one of
 * money that was seen, which is not offered. */
typedef struct ReasonWhy {
    const char *name, *key;
} ReasonWhy;
enum { REASON_OTHER = 3, REASON_WHYS };
extern const ReasonWhy reason_words_whys[REASON_WHYS + 1];

/* To be kept: the offered sentence, and own words (or empty) behind it. */
Text reason_words_make(Arena *arena, const char *key, Text own);
/* What was kept, for this reader; own words as they are. */
Text reason_words(Arena *arena, Lang lang, Text kept);

#endif
