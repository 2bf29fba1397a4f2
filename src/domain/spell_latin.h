/* Devanagari words in Latin letters as people in India write their names: no marks, inherent
 * vowels only where they are spoken (कमला: Kamla, रमेश: Ramesh, आदित्य: Aditya). */
#ifndef DOMAIN_SPELL_LATIN_H
#define DOMAIN_SPELL_LATIN_H

#include "base/arena.h"

/* One word of Devanagari or a parallel script (akshara.h); begins with a capital. */
Text spell_latin_word(Arena *arena, Text word);

#endif
