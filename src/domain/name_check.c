/* Names are checked by what their code points are, never by a list of names. */
#include "domain/name_check.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "domain/akshara.h"
#include "domain/normal.h"

enum { MARKS_IN_A_ROW = 5, JOINER_FIRST = 0x200C, JOINER_LAST = 0x200D };

static bool is_joiner(uint32_t cp) { return cp >= JOINER_FIRST && cp <= JOINER_LAST; }

static bool is_punctuation(uint32_t cp) {
    return cp == '.' || cp == ',' || cp == '\'' || cp == 0x2019 || cp == '-' || cp == 0x2010 ||
           cp == 0x2011 || cp == '(' || cp == ')' || cp == '/' || cp == 0xB7 || cp == 0x2013 ||
           cp == 0xF0B; /* between the syllables of Tibetan */
}

typedef struct NameSeen {
    int letters, marks_in_a_row;
    bool digits, signs, wide;
} NameSeen;

static void look_at(NameSeen *seen, uint32_t cp) {
    if (normal_is_mark(cp)) {
        if (++seen->marks_in_a_row > MARKS_IN_A_ROW) seen->signs = true;
        return;
    }
    seen->marks_in_a_row = 0;
    if (normal_is_wide(cp)) seen->wide = true;
    if (normal_is_letter(cp)) seen->letters++;
    else if (normal_is_digit(cp)) seen->digits = true;
    else if (!is_punctuation(cp) && !normal_is_emoji(cp) && !is_joiner(cp)) seen->signs = true;
}

/* A joiner is kept where it shapes something: after a mark or letter of an Indic script (virama),
 * or inside an emoji. */
static bool keeps(uint32_t before, uint32_t cp) {
    if (!normal_is_invisible(cp)) return true;
    return is_joiner(cp) && (akshara_is_indic(before) || normal_is_emoji(before) ||
                             (before >= 0x600 && before < 0x780));
}

static Text tidy(Ctx *ctx, Text name, NameSeen *seen) {
    Buffer out = buffer_in(ctx->arena, name.len + 1);
    uint32_t before = 0;
    bool space = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t cp = text_next_codepoint(name, &at);
        if (normal_is_space(cp)) {
            space = true;
            continue;
        }
        if (!keeps(before, cp)) continue;
        if (space && out.len) buffer_byte(&out, ' ');
        space = false;
        look_at(seen, cp);
        char bytes[4];
        buffer_add(&out, (Text){bytes, text_encode_codepoint(cp, bytes)});
        before = cp;
    }
    return buffer_text(&out);
}

static Status too_long(Ctx *ctx, const char *field) {
    (void)fail(ctx, INVALID, field, "name_long");
    fail_arg_int(ctx, "max", LIMIT_NAME_CODEPOINTS);
    return INVALID;
}

Status name_check(Ctx *ctx, const char *field, Text typed, Text *ret_name) {
    if (typed.len > (size_t)LIMIT_NAME_BYTES * 4) return too_long(ctx, field);
    if (!text_is_utf8(typed)) return fail(ctx, INVALID, field, "name_not_text");
    NameSeen seen = {0};
    Text name = tidy(ctx, normal_composed(ctx->arena, typed), &seen);
    name = normal_composed(ctx->arena, name); /* what an invisible sign had kept apart */
    if (!name.len) return fail(ctx, INVALID, field, "name_missing");
    if (name.len > LIMIT_NAME_BYTES || text_codepoints(name) > LIMIT_NAME_CODEPOINTS)
        return too_long(ctx, field);
    if (seen.wide) return fail(ctx, INVALID, field, "name_wide"); /* the card has no such font */
    if (seen.digits) return fail(ctx, INVALID, field, "name_digits");
    if (seen.signs) return fail(ctx, INVALID, field, "name_signs");
    if (!seen.letters) return fail(ctx, INVALID, field, "name_letters");
    *ret_name = name;
    return OK;
}
