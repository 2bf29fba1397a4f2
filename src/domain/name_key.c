/* See name_key.h for what is folded; the tests measure it on pairs of names. */
#include "domain/name_key.h"

#include "base/buffer.h"
#include "domain/akshara.h"
#include "domain/normal.h"

enum { WORDS_MAX = 24, WORD_MAX = 400 };

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

static bool among(Text word, const char *const *list) {
    for (; *list; list++)
        if (text_eq(word, text_of(*list))) return true;
    return false;
}

static bool is_title(Text word) {
    static const char *const titles[] = {
        "shri", "sri", "shree", "sree", "shrimati", "srimati", "shrimathi", "smt", "sushri",
        "dr", "mr", "mrs", "ms", "miss", "prof", "adv", "er", "capt", "km", "ku", "kum",
        "श्री", "श्रीमती", "श्रीमति", "सुश्री", "डॉ", "डा", "डॉक्टर", "कु",
        "प्रो", "एडवोकेट", "इंजी", NULL};
    return among(word, titles);
}

static bool is_respect(Text word) {
    static const char *const respects[] = {"ji", "jee", "saheb", "sahab", "जी", "साहब", NULL};
    return among(word, respects);
}

/* Words of a folded name: letters and marks; an apostrophe parts nothing. */
static int split_words(Arena *arena, Text folded, Text ret[WORDS_MAX]) {
    int count = 0;
    Buffer word = buffer_in(arena, folded.len + 1);
    for (size_t at = 0; at <= folded.len;) {
        uint32_t cp = ' ';
        if (at < folded.len) cp = text_next_codepoint(folded, &at);
        else at++;
        if (cp == '\'' || cp == 0x2019 || (cp >= 0x300 && cp < 0x370)) continue;
        if (normal_is_letter(cp) || normal_is_mark(cp)) {
            char bytes[4];
            buffer_add(&word, (Text){bytes, text_encode_codepoint(cp, bytes)});
        } else if (word.len) {
            if (count < WORDS_MAX) ret[count++] = arena_copy(arena, buffer_text(&word));
            buffer_reset(&word);
        }
    }
    return count;
}

static void drop_honorifics(Text **words, int *count) {
    while (*count > 1 && is_title(**words)) {
        ++*words;
        --*count;
    }
    while (*count > 1 && is_respect((*words)[*count - 1])) --*count;
}

static const char *consonant_letters(const Akshara *a) {
    static const char *const letters[] = {
        "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n",
        "t", "th", "d", "dh", "n", "n", "p", "f", "b", "bh", "m", "y", "r", "r", "l",
        "l", "l", "v", "sh", "sh", "s", "h"};
    enum { DDA = 0x921, DDHA = 0x922 };
    if (a->nukta && (a->consonant == DDA || a->consonant == DDHA)) return "r";
    return letters[a->consonant - 0x915];
}

static const char *vowel_letters(uint32_t vowel) {
    static const char *const letters[] = {"a", "a", "a", "i", "i", "u", "u", "ri", "l",
                                          "e", "e", "e", "ai", "o", "o", "o", "au"};
    return vowel >= 0x904 && vowel <= 0x914 ? letters[vowel - 0x904] : "";
}

static Text spell_indic(Arena *arena, Text word) {
    enum { JA = 0x91C, NYA = 0x91E };
    Akshara *aksharas = ARENA_ARRAY(arena, Akshara, AKSHARA_MAX);
    int count = akshara_split(word, aksharas);
    Buffer out = buffer_in(arena, WORD_MAX);
    for (int i = 0; i < count; i++) {
        const Akshara *a = &aksharas[i];
        if (a->consonant == JA && !a->vowel && i + 1 < count && aksharas[i + 1].consonant == NYA) {
            buffer_add(&out, T("gy"));
            a = &aksharas[++i];
        } else if (a->consonant) {
            buffer_add(&out, text_of(consonant_letters(a)));
        }
        if (i + 1 < count || akshara_ends_in_a(aksharas, count))
            buffer_add(&out, text_of(vowel_letters(a->vowel)));
        if (a->nasal) buffer_byte(&out, 'n');
    }
    return buffer_text(&out);
}

typedef struct Rule {
    const char *from, *to;
} Rule;

/* Longest first among those that begin alike; what no rule names stays. */
static const Rule letter_rules[] = {
    {"chh", "c"}, {"ch", "c"},  {"ck", "k"},  {"ce", "se"}, {"ci", "si"}, {"c", "k"},
    {"dny", "gy"}, {"qui", "ki"}, {"que", "ke"}, {"x", "ks"}, {"sh", "s"}, {"kh", "k"}, {"gh", "g"},
    {"jh", "j"},  {"th", "t"},  {"dh", "d"},  {"ph", "f"},  {"bh", "b"},  {"rh", "r"},
    {"q", "k"},   {"w", "v"},   {"z", "j"},   {"ee", "i"},  {"ii", "i"},  {"oo", "u"},
    {"uu", "u"},  {"aa", "a"},
    {"ayee", "ai"}, {"ayi", "ai"}, {"eyi", "ai"}, {"owd", "od"}, {"au", "o"}, {"ou", "o"},
    {"ao", "av"}, {"eo", "ev"},
    {NULL, NULL}};

static const Rule *rule_at(Text rest) {
    for (const Rule *rule = letter_rules; rule->from; rule++)
        if (text_starts_with(rest, text_of(rule->from))) return rule;
    return NULL;
}

static Text apply_rules(Arena *arena, Text word) {
    Buffer out = buffer_in(arena, WORD_MAX * 2);
    for (size_t at = 0; at < word.len;) {
        const Rule *rule = rule_at(text_slice(word, at, word.len));
        if (rule) {
            buffer_add(&out, text_of(rule->to));
            at += strlen(rule->from);
        } else {
            buffer_byte(&out, word.ptr[at++]);
        }
    }
    return buffer_text(&out);
}

/* y and i between vowels and consonants: jai = jay, priya = pria, reddy = reddi, dubey = dube. */
static char fold_y(Text word, size_t at, char before) {
    char c = word.ptr[at], after = at + 1 < word.len ? word.ptr[at + 1] : 0;
    if (c == 'i') {
        if (before == 'a') return 'y';
        return before == 'e' ? 0 : 'i';
    }
    if (is_vowel(after)) return before == 'i' ? 0 : 'y';
    if (before == 'a') return 'y';
    return before == 'e' || before == 'i' ? 0 : 'i';
}

static char fold_consonant(Text word, size_t at, char before) {
    char c = word.ptr[at], after = at + 1 < word.len ? word.ptr[at + 1] : 0;
    if (c == before && is_small(c) && !is_vowel(c)) return 0; /* no byte of a longer letter */
    if (c == 'm' && (after == 'b' || after == 'p' || after == 'f')) return 'n';
    if (c == 'h' && !after) return is_vowel(before) ? 0 : before == 'n' ? 'g' : 'h';
    return c;
}

static Text fold_neighbours(Arena *arena, Text word) {
    Buffer out = buffer_in(arena, WORD_MAX * 2);
    for (size_t at = 0; at < word.len; at++) {
        char before = out.len ? out.ptr[out.len - 1] : 0, c = word.ptr[at];
        c = c == 'y' || c == 'i' ? fold_y(word, at, before) : fold_consonant(word, at, before);
        if (c) buffer_byte(&out, c);
    }
    return buffer_text(&out);
}

/* Ends that Latin letters may lengthen: yadava, kishore, bose; jna is gya. */
static Text fold_end(Arena *arena, Text word) {
    if (text_starts_with(word, T("jn")) || text_ends_with(word, T("jna"))) {
        size_t at = text_starts_with(word, T("jn")) ? 0 : word.len - 3;
        return arena_printf(arena, "%.*sgy%.*s", (int)at, word.ptr, (int)(word.len - at - 2),
                            word.ptr + at + 2);
    }
    if (word.len >= 6 && (text_ends_with(word, T("ava")) || text_ends_with(word, T("ore"))))
        word.len--;
    if (word.len >= 4 && text_ends_with(word, T("ose"))) word.len--;
    return word;
}

static Text drop_inner_a(Arena *arena, Text word) {
    Buffer out = buffer_in(arena, WORD_MAX * 2);
    for (size_t at = 0; at < word.len; at++)
        if (word.ptr[at] != 'a' || at == 0 || at + 1 == word.len)
            buffer_byte(&out, word.ptr[at]);
    return buffer_text(&out);
}

/* What is left to differ once the inner a are gone; 0: the letter goes too. */
static char fold_bone(Text bones, size_t at) {
    char c = bones.ptr[at], before = at ? bones.ptr[at - 1] : 0;
    char after = at + 1 < bones.len ? bones.ptr[at + 1] : 0;
    char second = at + 2 < bones.len ? bones.ptr[at + 2] : 0;
    if (c == 'e' && before && after == 'r' && !is_vowel(second)) return 0; /* verma, narender */
    if (c == 'e' && after == 'h' && second && !is_vowel(second)) return 0; /* rehman */
    if (c == 'h' && at > 1 && (before == 'r' || before == 'd')) return 0;  /* farhan */
    if (c == 'u' && before == 'r' && at > 1 && !is_vowel(bones.ptr[at - 2])) return 'i'; /* krupa */
    if (c == 'y' && before && after && !is_vowel(after)) return 'e'; /* shailesh, nayak */
    return c;
}

static Text fold_bones(Arena *arena, Text bones) {
    Buffer out = buffer_in(arena, WORD_MAX * 2);
    for (size_t at = 0; at < bones.len; at++) {
        char c = fold_bone(bones, at);
        if (c) buffer_byte(&out, c);
    }
    Text key = buffer_text(&out);
    if (key.len > 4 && text_ends_with(key, T("ndra"))) key.len--; /* narendra, narender */
    return key;
}

/* The one name that is shortened and spelt in more ways than any other. */
static Text fold_mohammad(Text key) {
    static const char *const spellings[] = {"md", "mo", "mohd", "muhd", "mhmd", "mohmed", "muhmd",
                                            "muhmed", "mhmed", NULL};
    return among(key, spellings) ? T("mohmd") : key;
}

static Text word_key(Arena *arena, Text word) {
    size_t at = 0;
    bool indic = akshara_is_indic(text_next_codepoint(word, &at));
    if (indic) word = spell_indic(arena, word);
    else if (!is_small(word.ptr[0])) return word;
    word = text_slice(word, 0, WORD_MAX);
    word = fold_neighbours(arena, apply_rules(arena, fold_end(arena, word)));
    return fold_mohammad(fold_bones(arena, drop_inner_a(arena, word)));
}

static Text cut(Text key) {
    if (key.len <= NAME_KEY_MAX_BYTES) return key;
    size_t len = NAME_KEY_MAX_BYTES;
    while (len && ((unsigned char)key.ptr[len] & 0xC0) == 0x80) len--;
    return (Text){key.ptr, len};
}

Text name_key(Arena *arena, Text name) {
    Text folded = normal_fold_apart(arena, name);
    Text list[WORDS_MAX], *words = list;
    int count = split_words(arena, folded, list);
    drop_honorifics(&words, &count);
    Buffer key = buffer_in(arena, folded.len * 4 + 64);
    for (int i = 0; i < count; i++) buffer_add(&key, word_key(arena, words[i]));
    return cut(key.len ? buffer_text(&key) : folded);
}
