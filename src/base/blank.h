/* Texts with blanks to fill in: "{code} is your code". */
#ifndef BASE_BLANK_H
#define BASE_BLANK_H

#include "base/text.h"

/* Takes the text before the next blank, and the blank's name, off *rest; false at the end
 * (rest->ptr == NULL). The last part has an empty name. A blank is small letters and underscores in
 * braces; other braces are text, so that JSON can have blanks too. */
bool blank_next(Text *rest, Text *ret_before, Text *ret_name);
/* How often the text has that blank. */
int blank_count(Text text, Text name);

#endif
