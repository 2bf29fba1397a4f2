/* The number words are Unicode's (CLDR rule-based number formats); "en_IN" counts in lakhs. */
#include "render/amount_words.h"

#include <assert.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "render/messages.h"

enum { UNITS_MAX = 400 };

static Text spell(Arena *arena, Lang lang, int64_t value) {
    UErrorCode error = U_ZERO_ERROR;
    UChar units[UNITS_MAX];
    char *out = ARENA_ARRAY(arena, char, 3 * UNITS_MAX);
    int32_t len = 0;
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, lang == LANG_HI ? "hi" : "en_IN",
                                      NULL, &error);
    int32_t count = unum_formatInt64(format, value, units, UNITS_MAX, NULL, &error);
    u_strToUTF8(out, 3 * UNITS_MAX, &len, units, count, &error);
    unum_close(format);
    assert(U_SUCCESS(error)); /* the rules come with the library, and no number is that long */
    return (Text){out, (size_t)len};
}

Text amount_words(Arena *arena, Lang lang, int64_t paise) {
    assert(paise >= 0);
    ErrorArg args[] = {{"rupees", spell(arena, lang, paise / 100)}, {"paise", TEXT_NONE}};
    if (paise == 100) return message_with(arena, lang, "amount_words_one", args, 1);
    if (paise % 100 == 0) return message_with(arena, lang, "amount_words", args, 1);
    args[1].value = spell(arena, lang, paise % 100);
    return message_with(arena, lang, "amount_words_paise", args, 2);
}
