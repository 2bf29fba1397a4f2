/* What pages call the troubles with money that came in. */
#ifndef WEB_PAYMENT_WORDS_H
#define WEB_PAYMENT_WORDS_H

#include "base/text.h"

enum { PAYMENT_WORDS_PROBLEMS = 6 };

/* The problems of payment_in.h in the order in which they are offered. */
Text payment_words_nth(int nth);
/* Message keys: what it is in a few words, what it is in a sentence, and what to do. NULL for no
 * problem. */
const char *payment_words_label(Text problem);
const char *payment_words_problem(Text problem);
const char *payment_words_todo(Text problem);

#endif
