/* Sentences in the reader's language: po/hi.po and po/en.po, made into constant tables when
 * built. */
#ifndef RENDER_MESSAGES_H
#define RENDER_MESSAGES_H

#include "base/ctx.h"

/* The message with that key ("pin_digits"); the key itself when there is none (tests fail then). */
Text message(Lang lang, const char *key);
Text message_by_key(Lang lang, Text key);
/* With {name} replaced by the arguments. */
Text message_with(Arena *arena, Lang lang, const char *key, const ErrorArg *args, int count);
/* The sentence of an error. */
Text message_of_error(Arena *arena, Lang lang, const Error *error);

/* 1234567 → "12,34,567". */
Text message_number(Arena *arena, int64_t value);
/* 1100 → "₹11", 1150 → "₹11.50". */
Text message_rupees(Arena *arena, int64_t paise);
/* Day number → "21 नवंबर 2026" / "21 November 2026"; short: "21 नवं" / "21 Nov". */
Text message_day(Arena *arena, Lang lang, int64_t day);
Text message_day_short(Arena *arena, Lang lang, int64_t day);

#endif
