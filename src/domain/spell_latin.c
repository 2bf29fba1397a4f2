/* Aksharas to letters, after deciding which inherent vowels are silent. */
#include "domain/spell_latin.h"

#include "base/buffer.h"
#include "domain/akshara.h"

enum {
    KA = 0x915, JA = 0x91C, NYA = 0x91E, TA = 0x924, NA = 0x928, PA = 0x92A, MA = 0x92E,
    RA = 0x930, VA = 0x935, HA = 0x939, LONG_I = 0x908, LONG_U = 0x90A,
};

/* before: the consonant it is joined to, or 0. */
static const char *consonant_letters(const Akshara *a, uint32_t before) {
    static const char *const letters[] = {
        "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n",
        "t", "th", "d", "dh", "n", "n", "p", "f", "b", "bh", "m", "y", "r", "r", "l",
        "l", "l", "v", "sh", "sh", "s", "h"};
    if (a->nukta && a->consonant == KA) return "q";
    if (a->nukta && a->consonant == JA) return "z";
    if (a->consonant == VA && before && before != RA && before != NA) return "w"; /* Ishwar */
    return letters[a->consonant - 0x915];
}

static const char *vowel_letters(uint32_t vowel) {
    static const char *const letters[] = {"a", "a", "a", "i", "i", "u", "u", "ri", "l",
                                          "e", "e", "e", "ai", "o", "o", "o", "au"};
    return vowel >= 0x904 && vowel <= 0x914 ? letters[vowel - 0x904] : "";
}

/* Long i and u are written double where most people do: Deepa, Pooja, Gurpreet, but Sita. */
static const char *vowel_of(const Akshara *word, int count, int at) {
    const Akshara *a = &word[at], *next = at + 1 < count ? a + 1 : NULL;
    bool first = true;
    for (int i = 0; i < at; i++) first &= !word[i].vowel;
    bool last = next && at + 2 == count && !next->vowel;
    if (a->vowel == LONG_I && next && a->consonant && !a->nasal) {
        if (first && next->consonant != TA) return "ee";
        if (last && (next->consonant == TA || next->consonant == PA)) return "ee";
    }
    if (a->vowel == LONG_U && first && next && a->consonant == PA) return "oo";
    return vowel_letters(a->vowel);
}

/* A spoken inherent vowel is silent inside V C a C V: after a vowel, one consonant on each side,
 * a sounded vowel behind. Decided from the end, so that no two neighbours fall silent. */
static void silence(Akshara *word, int count) {
    if (count > 1 && !akshara_ends_in_a(word, count)) word[count - 1].vowel = 0;
    for (int i = count - 2; i > 0; i--) {
        bool inherent = word[i].vowel == AKSHARA_A && word[i].consonant && !word[i].nasal;
        bool sounded_around = word[i - 1].vowel && word[i + 1].vowel;
        /* pr begins a syllable like one consonant: Gurpreet, Omprakash */
        bool pr = i + 2 < count && word[i + 1].consonant == PA && !word[i + 1].vowel &&
                  word[i + 2].consonant == RA && word[i - 1].vowel;
        if (inherent && (sounded_around || pr) && word[i + 1].consonant) word[i].vowel = 0;
    }
}

static const char *nasal_letters(const Akshara *next) {
    if (!next) return "n";
    if (next->consonant == HA) return "ng";
    return next->consonant >= PA && next->consonant <= MA ? "m" : "n";
}

static void capitalise(Buffer *out) {
    if (out->len && out->ptr[0] >= 'a' && out->ptr[0] <= 'z') out->ptr[0] -= 32;
}

Text spell_latin_word(Arena *arena, Text word) {
    Akshara *aksharas = ARENA_ARRAY(arena, Akshara, AKSHARA_MAX);
    int count = akshara_split(word, aksharas);
    bool conjunct[AKSHARA_MAX] = {false}; /* written with the one before, not only spoken so */
    for (int i = 1; i < count; i++) conjunct[i] = !aksharas[i - 1].vowel;
    silence(aksharas, count);
    Buffer out = buffer_in(arena, 1024);
    for (int i = 0; i < count; i++) {
        const Akshara *a = &aksharas[i];
        bool gya = a->consonant == JA && !a->vowel && i + 1 < count && conjunct[i + 1] &&
                   aksharas[i + 1].consonant == NYA;
        if (gya) {
            buffer_add(&out, T("gy"));
            a = &aksharas[++i];
        } else if (a->consonant) {
            buffer_add(&out, text_of(consonant_letters(a, conjunct[i] ? a[-1].consonant : 0)));
        }
        buffer_add(&out, text_of(vowel_of(aksharas, count, i)));
        if (a->nasal) buffer_add(&out, text_of(nasal_letters(i + 1 < count ? a + 1 : NULL)));
    }
    capitalise(&out);
    return buffer_text(&out);
}
