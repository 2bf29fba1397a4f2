/* A word of an Indic script as its written syllables (aksharas): what the key of a name and its
 * spelling in Latin letters both start from. The other Indic scripts of Unicode lie parallel to
 * Devanagari since ISCII (Bengali U+0980 to Malayalam U+0D7F, 128 places each) and are read as if
 * they were Devanagari. */
#ifndef DOMAIN_AKSHARA_H
#define DOMAIN_AKSHARA_H

#include "base/text.h"

typedef struct Akshara {
    uint32_t consonant; /* U+0915 … U+0939, or 0: the syllable is a vowel alone */
    uint32_t vowel;     /* the independent letter, U+0905 … U+0914; 0: none, a conjunct follows */
    bool nukta;
    bool nasal;         /* anusvara or chandrabindu */
    bool visarga;
} Akshara;

enum { AKSHARA_MAX = 96, AKSHARA_A = 0x905, AKSHARA_RA = 0x930, AKSHARA_YA = 0x92F };

/* A code point as in Devanagari's block, or itself. */
uint32_t akshara_as_devanagari(uint32_t cp);
/* Is it a letter or mark of Devanagari or of a parallel script? */
bool akshara_is_indic(uint32_t cp);
/* Splits valid UTF-8 that is not precomposed (NFC is fine); what is not Indic is left out.
 * Returns how many; the rest beyond AKSHARA_MAX is left out. */
int akshara_split(Text word, Akshara ret[AKSHARA_MAX]);
/* Is the inherent a of the last akshara spoken? रमेश, धर्म, आनन्द no; आदित्य, चंद्र, कृष्ण yes.
 * count ≥ 1. */
bool akshara_ends_in_a(const Akshara *word, int count);

#endif
