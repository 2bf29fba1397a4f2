/* Banks write them in capitals or not, next to anything. */
#include "domain/statement_reference.h"

enum { PREFIX_BYTES_MIN = 3 };

static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }

static bool is_word(char c) {
    c = upper(c);
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The run of letters and digits that begins at or after *at, which moves behind it. */
static Text run_at(Text text, size_t *at) {
    while (*at < text.len && !is_word(text.ptr[*at])) ++*at;
    size_t from = *at;
    while (*at < text.len && is_word(text.ptr[*at])) ++*at;
    return text_slice(text, from, *at - from);
}

static bool begins(Text run, Text prefix) {
    return prefix.len >= PREFIX_BYTES_MIN && run.len > prefix.len &&
           text_eq_ignoring_case(text_slice(run, 0, prefix.len), prefix);
}

static bool is_listed(Text run, const Text *list, int count) {
    for (int i = 0; i < count; i++)
        if (text_eq_ignoring_case(run, list[i])) return true;
    return false;
}

int statement_reference_find(Arena *arena, Text text, const Text *prefixes, int prefix_count,
                             Text list[STATEMENT_REFERENCES_MAX], int count) {
    for (size_t at = 0; at < text.len && count < STATEMENT_REFERENCES_MAX;) {
        Text run = run_at(text, &at);
        bool begun = false;
        for (int i = 0; i < prefix_count; i++) begun |= begins(run, prefixes[i]);
        if (!begun || run.len > STATEMENT_REFERENCE_BYTES_MAX || is_listed(run, list, count))
            continue;
        char *copy = arena_alloc(arena, run.len);
        for (size_t i = 0; i < run.len; i++) copy[i] = upper(run.ptr[i]);
        list[count++] = (Text){copy, run.len};
    }
    return count;
}

Text statement_reference_blank(Arena *arena, Text text, const Text *list, int count) {
    if (!count) return text;
    char *out = arena_alloc(arena, text.len + 1);
    if (text.len) memcpy(out, text.ptr, text.len);
    for (size_t at = 0; at < text.len;) {
        Text run = run_at(text, &at);
        if (is_listed(run, list, count)) memset(out + (at - run.len), ' ', run.len);
    }
    return (Text){out, text.len};
}
