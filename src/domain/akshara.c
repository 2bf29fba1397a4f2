/* Devanagari, letter by letter. */
#include "domain/akshara.h"

uint32_t akshara_as_devanagari(uint32_t cp) {
    return cp >= 0x980 && cp < 0xD80 ? 0x900 + (cp & 0x7F) : cp;
}

bool akshara_is_indic(uint32_t cp) {
    uint32_t d = akshara_as_devanagari(cp);
    return d >= 0x900 && d < 0x964;
}

/* The vowel letter of a sign: ा U+093E is to आ U+0906 as ृ to ऋ and ौ to औ. */
static uint32_t letter_of_sign(uint32_t sign) { return sign - 0x93E + 0x906; }

/* Letters that Unicode composed with a nukta. */
static uint32_t without_nukta(uint32_t cp, bool *ret_nukta) {
    static const uint16_t composed[][2] = {
        {0x929, 0x928}, {0x931, 0x930}, {0x934, 0x933}, {0x958, 0x915}, {0x959, 0x916},
        {0x95A, 0x917}, {0x95B, 0x91C}, {0x95C, 0x921}, {0x95D, 0x922}, {0x95E, 0x92B},
        {0x95F, 0x92F}};
    for (size_t i = 0; i < sizeof composed / sizeof *composed; i++)
        if (composed[i][0] == cp) {
            *ret_nukta = cp != 0x95F;
            return composed[i][1];
        }
    return cp;
}

int akshara_split(Text word, Akshara ret[AKSHARA_MAX]) {
    enum { NUKTA = 0x93C, VIRAMA = 0x94D };
    int count = 0;
    for (size_t at = 0; at < word.len;) {
        bool nukta = false;
        uint32_t cp = without_nukta(akshara_as_devanagari(text_next_codepoint(word, &at)), &nukta);
        Akshara *last = count ? &ret[count - 1] : NULL;
        if (cp >= 0x915 && cp <= 0x939) {
            if (count == AKSHARA_MAX) break;
            ret[count++] = (Akshara){.consonant = cp, .vowel = AKSHARA_A, .nukta = nukta};
        } else if (cp >= 0x904 && cp <= 0x914) {
            if (count == AKSHARA_MAX) break;
            ret[count++] = (Akshara){.vowel = cp};
        } else if (last && cp >= 0x93E && cp <= 0x94C) {
            last->vowel = letter_of_sign(cp);
        } else if (last && cp == VIRAMA && last->consonant) {
            last->vowel = 0;
        } else if (last && cp == NUKTA) {
            last->nukta = true;
        } else if (last && (cp == 0x901 || cp == 0x902)) {
            last->nasal = true;
        } else if (last && cp == 0x903) {
            last->visarga = true;
        }
    }
    return count;
}

bool akshara_ends_in_a(const Akshara *word, int count) {
    const Akshara *last = &word[count - 1];
    if (last->vowel != AKSHARA_A || !last->consonant) return true;
    if (count == 1 || last->nasal || last->visarga) return true;
    const Akshara *before = &word[count - 2];
    if (before->vowel) return false; /* a consonant alone */
    if (before->consonant == last->consonant) return false;
    if (before->consonant == AKSHARA_RA) return last->consonant == AKSHARA_YA;
    switch (last->consonant) {
    case 0x923: /* ण */
    case 0x928: /* न */
    case 0x92E: /* म */
    case 0x92F: /* य */
    case 0x930: /* र */
    case 0x932: /* ल */
    case 0x935: /* व */
        return true;
    default:
        return false;
    }
}
