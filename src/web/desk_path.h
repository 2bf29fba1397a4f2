/* Paths below /desk: where somebody may be led after signing in there. */
#ifndef WEB_DESK_PATH_H
#define WEB_DESK_PATH_H

#include "base/text.h"

/* Whether it is "/desk" or below, of letters, digits, '-', '_', '.' and single '/' alone: such a
 * path stays on this host and needs no encoding. */
bool desk_path_is(Text path);

#endif
