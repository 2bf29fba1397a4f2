/* See reason_words.h. */
#include "web/reason_words.h"

#include "render/messages.h"

const ReasonWhy reason_words_whys[REASON_WHYS] = {
    {"missing", "claim_why_missing"},
    {"amount", "claim_why_amount"},
    {"number", "claim_why_number"},
    {"other", "claim_why_other"},
};

static const char *const offered[] = {"claim_why_missing", "claim_why_amount", "claim_why_number",
                                      "claim_seen_reason"};
static const char between[] = " – ";

Text reason_words_make(Arena *arena, const char *key, Text own) {
    Text words = message(LANG_EN, key);
    if (!own.len) return words;
    return arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(words), between, TEXT_ARG(own));
}

Text reason_words(Arena *arena, Lang lang, Text kept) {
    for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
        Text words = message(LANG_EN, offered[i]);
        if (!text_starts_with(kept, words)) continue;
        Text rest = text_slice(kept, words.len, kept.len);
        if (rest.len && !text_starts_with(rest, text_of(between))) continue;
        return arena_printf(arena, "%.*s%.*s", TEXT_ARG(message(lang, offered[i])),
                            TEXT_ARG(rest));
    }
    return kept;
}
