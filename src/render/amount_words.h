/* An amount in words, as it stands on receipts so that nobody adds a figure to it. */
#ifndef RENDER_AMOUNT_WORDS_H
#define RENDER_AMOUNT_WORDS_H

#include "base/ctx.h"

/* "Rupees one lakh twenty-three thousand and fifty paise only", "एक लाख तेईस हज़ार रुपये पचास पैसे
 * मात्र": lakhs and crores in both languages. paise ≥ 0. */
Text amount_words(Arena *arena, Lang lang, int64_t paise);

#endif
