/* Words are compared as the search compares names. */
#include "domain/place_typed.h"

#include "base/buffer.h"

static const char *const words[] = {
    "district", "distt", "dist", "zila", "zilla", "jila", "block", "tehsil", "tahsil", "taluka",
    "taluk",    "mandal", "state", "city", "town", "जिला", "जनपद", "ब्लॉक", "ब्लाक", "तहसील",
    "राज्य",     "प्रखंड", "शहर",
};

static bool is_around(Ctx *ctx, Text word) {
    Text key = place_key(ctx, word);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_eq(key, place_key(ctx, text_of(words[i])))) return true;
    return false;
}

static Text without_words(Ctx *ctx, Text typed) {
    Buffer out = buffer_in(ctx->arena, typed.len + 1);
    Text word;
    while (typed.ptr && text_split(&typed, ' ', &word)) {
        if (!word.len || is_around(ctx, word)) continue;
        if (out.len) buffer_byte(&out, ' ');
        buffer_add(&out, word);
    }
    return out.len ? buffer_text(&out) : T("");
}

Text place_typed_name(Ctx *ctx, Text typed) {
    Text name = text_slice(typed, 0, text_find_byte(typed, ',')), bare = without_words(ctx, name);
    return bare.len ? bare : name;
}

static bool is_named(Ctx *ctx, Text key, Text en, Text hi) {
    return text_eq(key, place_key(ctx, en)) || (hi.len && text_eq(key, place_key(ctx, hi)));
}

static bool lies_in(Ctx *ctx, const PlaceHit *hit, Text key) {
    return is_named(ctx, key, hit->state_en, hit->state_hi) ||
           is_named(ctx, key, hit->unit.name_en, hit->unit.name_hi) ||
           text_eq(key, place_key(ctx, hit->unit.state_code));
}

int place_typed_narrow(Ctx *ctx, Text typed, PlaceHit *hits, int count) {
    Text part;
    (void)text_split(&typed, ',', &part);
    while (typed.ptr && text_split(&typed, ',', &part)) {
        Text key = place_key(ctx, without_words(ctx, part));
        int left = 0;
        for (int i = 0; i < count; i++) left += lies_in(ctx, &hits[i], key);
        if (!key.len || !left) continue;
        left = 0;
        for (int i = 0; i < count; i++)
            if (lies_in(ctx, &hits[i], key)) hits[left++] = hits[i];
        count = left;
    }
    return count;
}
