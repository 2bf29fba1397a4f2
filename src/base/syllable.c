/* By the classes of Unicode. */
#include "base/syllable.h"

#include <unicode/uchar.h>

enum { VIRAMA_CLASS = 9 };

static bool is_virama(uint32_t cp) { return u_getCombiningClass((UChar32)cp) == VIRAMA_CLASS; }

static bool is_mark(uint32_t cp) { return (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0; }

size_t syllable_start(Text text, size_t from) {
    for (size_t at = from; at < text.len;) {
        size_t here = at;
        if (u_isalpha((UChar32)text_next_codepoint(text, &at))) return here;
    }
    return text.len;
}

size_t syllable_end(Text text, size_t start) {
    size_t at = start;
    bool after_virama = is_virama(text_next_codepoint(text, &at));
    while (at < text.len) {
        size_t next = at;
        uint32_t cp = text_next_codepoint(text, &next);
        bool joiner = cp == 0x200C || cp == 0x200D;
        if (!is_mark(cp) && !joiner && !(after_virama && u_isalpha((UChar32)cp))) break;
        after_virama = is_virama(cp) || (joiner && after_virama);
        at = next;
    }
    return at;
}
