/* Letters of names for the disc. */
#include "render/card_initials.h"

#include <glib.h>

#include "base/syllable.h"

static bool is_joining(uint32_t cp) {
    GUnicodeScript script = g_unichar_get_script(cp);
    return script != G_UNICODE_SCRIPT_LATIN && script != G_UNICODE_SCRIPT_CYRILLIC &&
           script != G_UNICODE_SCRIPT_GREEK;
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
    size_t first = syllable_start(name, 0);
    if (first == name.len) return TEXT_NONE;
    size_t used = add_syllable(name, first, out, 0);
    size_t at = first;
    bool joining = is_joining(text_next_codepoint(name, &at));
    size_t last = syllable_start(name, last_word(name));
    if (!joining && last < name.len && last > first) used = add_syllable(name, last, out, used);
    return (Text){out, used};
}
