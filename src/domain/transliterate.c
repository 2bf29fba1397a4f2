/* Cuts a name into words, and words into known and unknown ones. */
#include "domain/transliterate.h"

#include "base/buffer.h"
#include "domain/akshara.h"
#include "domain/dataset.h"
#include "domain/normal.h"
#include "domain/spell_devanagari.h"
#include "domain/spell_latin.h"

typedef struct List {
    const char *path;
    int columns;
} List;
static const List lists[] = {{"data/names/given_names.tsv", 3}, {"data/names/surnames.tsv", 4}};

static Text find_known(Ctx *ctx, Text word, int given, int wanted) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        Dataset names = dataset_open(ctx, text_of(lists[i].path));
        Text f[DATASET_FIELDS_MAX];
        while (dataset_next(&names, f, lists[i].columns))
            if (text_eq_ignoring_case(f[given], word)) return f[wanted];
    }
    return TEXT_NONE;
}

Text transliterate_known_to_latin(Ctx *ctx, Text devanagari) {
    return find_known(ctx, devanagari, 1, 0);
}

Text transliterate_known_to_devanagari(Ctx *ctx, Text latin) {
    return find_known(ctx, latin, 0, 1);
}

static bool is_latin(uint32_t cp) {
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

static bool is_part_of_word(uint32_t cp) { return is_latin(cp) || akshara_is_indic(cp); }

/* Accents off: José is spelt as Jose. */
static Text plain(Ctx *ctx, Text name) {
    Text apart = normal_apart(ctx->arena, name);
    Buffer out = buffer_in(ctx->arena, apart.len + 1);
    for (size_t at = 0; at < apart.len;) {
        uint32_t cp = text_next_codepoint(apart, &at);
        if (cp >= 0x300 && cp < 0x370) continue;
        char bytes[4];
        buffer_add(&out, (Text){bytes, text_encode_codepoint(cp, bytes)});
    }
    return normal_composed(ctx->arena, buffer_text(&out));
}

typedef enum Script { SCRIPT_NEITHER, SCRIPT_LATIN, SCRIPT_INDIC } Script;

/* One script and no letter of another. */
static Script script_of(Text name) {
    bool latin = false, indic = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t cp = text_next_codepoint(name, &at);
        if (is_latin(cp)) latin = true;
        else if (akshara_is_indic(cp)) indic = true;
        else if (normal_is_letter(cp)) return SCRIPT_NEITHER;
    }
    if (latin == indic) return SCRIPT_NEITHER;
    return latin ? SCRIPT_LATIN : SCRIPT_INDIC;
}

static Text other_word(Ctx *ctx, Text word, Script script) {
    if (script == SCRIPT_LATIN) {
        Text known = transliterate_known_to_devanagari(ctx, word);
        return known.len ? known : spell_devanagari_word(ctx->arena, word);
    }
    Text known = transliterate_known_to_latin(ctx, word);
    return known.len ? known : spell_latin_word(ctx->arena, word);
}

Text transliterate_name(Ctx *ctx, Text name) {
    name = plain(ctx, name);
    Script script = script_of(name);
    if (script == SCRIPT_NEITHER) return T("");
    Buffer out = buffer_in(ctx->arena, 8192);
    for (size_t at = 0; at < name.len;) {
        size_t start = at, end = at;
        while (at < name.len && is_part_of_word(text_next_codepoint(name, &at))) end = at;
        if (end > start) {
            buffer_add(&out, other_word(ctx, text_slice(name, start, end - start), script));
            at = end;
        } else { /* what parts words stays as it is */
            buffer_add(&out, text_slice(name, start, at - start));
        }
    }
    return out.overflowed ? T("") : buffer_text(&out);
}
