/* ICU works on UTF-16; so do the few functions here, on the arena. */
#include "domain/normal.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

typedef struct Wide {
    UChar *ptr;
    int32_t len;
} Wide;

static Wide widen(Arena *arena, Text t) {
    Wide wide = {ARENA_ARRAY(arena, UChar, t.len + 1), 0};
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(wide.ptr, (int32_t)t.len + 1, &wide.len, t.len ? t.ptr : "", (int32_t)t.len,
                  &error);
    assert(U_SUCCESS(error));
    return wide;
}

static Text narrow(Arena *arena, Wide wide) {
    int32_t cap = wide.len * 3 + 1, len = 0;
    char *bytes = arena_alloc(arena, (size_t)cap);
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(bytes, cap, &len, wide.ptr, wide.len, &error);
    assert(U_SUCCESS(error));
    return text_bytes(bytes, (size_t)len);
}

/* UAX 15: a form grows a text of UTF-16 at most 18 times. */
static Wide normalise(Arena *arena, const UNormalizer2 *form, Wide wide) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t cap = wide.len * 2 + 32;
    Wide out = {ARENA_ARRAY(arena, UChar, cap), 0};
    out.len = unorm2_normalize(form, wide.ptr, wide.len, out.ptr, cap, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        cap = out.len + 1;
        out.ptr = ARENA_ARRAY(arena, UChar, cap);
        out.len = unorm2_normalize(form, wide.ptr, wide.len, out.ptr, cap, &error);
    }
    assert(U_SUCCESS(error));
    return out;
}

Text normal_composed(Arena *arena, Text t) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    assert(U_SUCCESS(error));
    return narrow(arena, normalise(arena, nfc, widen(arena, t)));
}

Text normal_apart(Arena *arena, Text t) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    assert(U_SUCCESS(error));
    return narrow(arena, normalise(arena, nfd, widen(arena, t)));
}

Text normal_fold_apart(Arena *arena, Text t) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    assert(U_SUCCESS(error));
    return narrow(arena, normalise(arena, nfd, normalise(arena, fold, widen(arena, t))));
}

bool normal_is_letter(uint32_t cp) { return u_isalpha((UChar32)cp); }
bool normal_is_mark(uint32_t cp) { return (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0; }
bool normal_is_digit(uint32_t cp) { return u_isdigit((UChar32)cp); }
bool normal_is_space(uint32_t cp) {
    return cp == '\t' || cp == '\n' || cp == '\r' ||
           (U_GET_GC_MASK((UChar32)cp) & U_GC_Z_MASK) != 0;
}
bool normal_is_emoji(uint32_t cp) {
    return (U_GET_GC_MASK((UChar32)cp) & (U_GC_SO_MASK | U_GC_SK_MASK)) != 0 && cp > 0x7F;
}
bool normal_is_wide(uint32_t cp) {
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)cp, &error);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           script == USCRIPT_HANGUL || script == USCRIPT_BOPOMOFO || script == USCRIPT_YI ||
           (cp >= 0xFF01 && cp <= 0xFFEE);
}
bool normal_is_invisible(uint32_t cp) {
    return (U_GET_GC_MASK((UChar32)cp) & U_GC_CF_MASK) != 0;
}

bool normal_is_line(Text t) {
    if (!text_is_utf8(t)) return false;
    for (size_t at = 0; at < t.len;) {
        uint32_t cp = text_next_codepoint(t, &at);
        uint32_t mask = U_GET_GC_MASK((UChar32)cp);
        if (mask & (U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) return false;
        if ((mask & U_GC_CF_MASK) && cp != 0x200C && cp != 0x200D) return false;
    }
    return true;
}
