/* A Devanagari initial is a whole written syllable: "ज्" or "ि" alone would be no letter at all. */
#include "render/card_initials.h"

#include <glib.h>

enum { VIRAMA_CLASS = 9 };

static bool is_joining(uint32_t cp) {
    GUnicodeScript script = g_unichar_get_script(cp);
    return script != G_UNICODE_SCRIPT_LATIN && script != G_UNICODE_SCRIPT_CYRILLIC &&
           script != G_UNICODE_SCRIPT_GREEK;
}

/* Index behind the syllable that begins with a letter at start: marks, and letters after a
 * virama. */
static size_t syllable_end(Text name, size_t start) {
    size_t at = start;
    bool after_virama = g_unichar_combining_class(text_next_codepoint(name, &at)) == VIRAMA_CLASS;
    while (at < name.len) {
        size_t next = at;
        uint32_t cp = text_next_codepoint(name, &next);
        bool joiner = cp == 0x200C || cp == 0x200D;
        if (!g_unichar_ismark(cp) && !joiner && !(after_virama && g_unichar_isalpha(cp))) break;
        after_virama = g_unichar_combining_class(cp) == VIRAMA_CLASS || (joiner && after_virama);
        at = next;
    }
    return at;
}

/* The first letter's place in a word; name.len when the rest has none. */
static size_t first_letter(Text name, size_t from) {
    for (size_t at = from; at < name.len;) {
        size_t here = at;
        if (g_unichar_isalpha(text_next_codepoint(name, &at))) return here;
    }
    return name.len;
}

static size_t add_syllable(Text name, size_t start, char out[CARD_INITIALS_BYTES], size_t used) {
    size_t len = syllable_end(name, start) - start;
    if (used + len > CARD_INITIALS_BYTES) return used;
    memcpy(out + used, name.ptr + start, len);
    return used + len;
}

static size_t last_word(Text name) {
    size_t start = 0;
    for (size_t i = 0; i + 1 < name.len; i++) {
        if (name.ptr[i] == ' ') start = i + 1;
    }
    return start;
}

Text card_initials(Text name, char out[CARD_INITIALS_BYTES]) {
    size_t aside = text_find_byte(name, '('); /* "… Mahasangh (Regd.)" */
    name = text_trim(aside > 0 ? text_slice(name, 0, aside) : name);
    size_t first = first_letter(name, 0);
    if (first == name.len) return TEXT_NONE;
    size_t used = add_syllable(name, first, out, 0);
    size_t at = first;
    bool joining = is_joining(text_next_codepoint(name, &at));
    size_t last = first_letter(name, last_word(name));
    if (!joining && last < name.len && last > first) used = add_syllable(name, last, out, used);
    return (Text){out, used};
}
