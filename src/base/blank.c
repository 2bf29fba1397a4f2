/* Finding the blanks of a text; whoever fills them knows how they must be encoded there. */
#include "base/blank.h"

static bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/* Length of the name in "{name}" at the start of t; 0: there is none. */
static size_t name_length(Text t) {
    size_t len = 0;
    while (1 + len < t.len && is_name_byte(t.ptr[1 + len])) len++;
    return 1 + len < t.len && t.ptr[1 + len] == '}' ? len : 0;
}

bool blank_next(Text *rest, Text *ret_before, Text *ret_name) {
    if (!rest->ptr) return false;
    for (size_t at = 0; at < rest->len; at++) {
        if (rest->ptr[at] != '{') continue;
        size_t len = name_length(text_slice(*rest, at, rest->len));
        if (!len) continue;
        *ret_before = text_slice(*rest, 0, at);
        *ret_name = text_slice(*rest, at + 1, len);
        *rest = text_slice(*rest, at + len + 2, rest->len);
        return true;
    }
    *ret_before = *rest;
    *ret_name = TEXT_NONE;
    *rest = TEXT_NONE;
    return true;
}

int blank_count(Text text, Text name) {
    Text before, found;
    int count = 0;
    while (blank_next(&text, &before, &found)) count += found.len && text_eq(found, name);
    return count;
}
