/* Latin words in Devanagari, by the sounds that Indian names have in Latin letters. Long and short
 * a, dental and retroflex look alike there, so this is a guess to be looked at. */
#ifndef DOMAIN_SPELL_DEVANAGARI_H
#define DOMAIN_SPELL_DEVANAGARI_H

#include "base/arena.h"

/* One word of the letters A-Z, of either case; a letter alone gives its name (R: आर). Other bytes
 * are passed over. */
Text spell_devanagari_word(Arena *arena, Text word);

#endif
