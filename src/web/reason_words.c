/* See reason_words.h. */
#include "web/reason_words.h"

#include "render/messages.h"

const ReasonWhy reason_words_whys[REASON_WHYS + 1] = {
    {"missing", "claim_why_missing"},
    {"amount", "claim_why_amount"},
    {"number", "claim_why_number"},
    [REASON_OTHER] = {"other", "claim_why_other"},
    {"seen", "claim_seen_reason"}, /* of money that was seen: not offered */
};

static const char between[] = " – ";

Text reason_words_make(Arena *arena, const char *key, Text own) {
    Text words = message(LANG_EN, key);
    if (!own.len) return words;
    return arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(words), between, TEXT_ARG(own));
}

Text reason_words(Arena *arena, Lang lang, Text kept) {
    for (int i = 0; i <= REASON_WHYS; i++) {
        const char *key = reason_words_whys[i].key;
        if (i == REASON_OTHER) continue;
        Text words = message(LANG_EN, key);
        if (!text_starts_with(kept, words)) continue;
        Text rest = text_slice(kept, words.len, kept.len);
        if (rest.len && !text_starts_with(rest, text_of(between))) continue;
        return arena_printf(arena, "%.*s%.*s", TEXT_ARG(message(lang, key)),
                            TEXT_ARG(rest));
    }
    return kept;
}
