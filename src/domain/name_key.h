/* The key of a person's name: equal for the spellings of one name in Latin, Devanagari and the
 * other Indic scripts, "Ramesh Kumar", "Shri Rameshkumar" and "रमेश कुमार". Together with phone and
 * year of birth it tells whether somebody is in the register already; alone it proves nothing.
 *
 * The fold: honorifics go; everything becomes rough Latin letters; then long and short vowels,
 * aspirated and plain, dental and retroflex consonants, s and sh, v and w, z and j, double and
 * single letters, m and n before labials are one; an a inside a word goes (that settles which
 * inherent vowels are spoken), one at its beginning or end stays (कमल is not कमला). */
#ifndef DOMAIN_NAME_KEY_H
#define DOMAIN_NAME_KEY_H

#include "base/arena.h"

enum { NAME_KEY_MAX_BYTES = 120 };

/* name: valid UTF-8. Never empty for a name with anything visible in it. */
Text name_key(Arena *arena, Text name);

#endif
