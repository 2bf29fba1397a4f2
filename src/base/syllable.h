/* The first letter of a name as it is written: in scripts that join letters a whole syllable, for
 * "ज्" or "ि" alone would be no letter at all. */
#ifndef BASE_SYLLABLE_H
#define BASE_SYLLABLE_H

#include "base/text.h"

/* Index of the first letter at or behind from; text.len when there is none. text: valid UTF-8. */
size_t syllable_start(Text text, size_t from);
/* Index behind the syllable whose letter is at start: marks, and letters behind a virama. */
size_t syllable_end(Text text, size_t start);

#endif
