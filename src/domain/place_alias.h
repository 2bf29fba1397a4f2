/* Other names that places go by, "Bombay", "Noida", "T Nagar", which the reference does not have
 * (data/geography/place_aliases.csv). Read out of the binary for each search: a register that was
 * made before a name came in knows it as well. */
#ifndef DOMAIN_PLACE_ALIAS_H
#define DOMAIN_PLACE_ALIAS_H

#include "domain/place.h"

enum { PLACE_ALIAS_HITS_MAX = 16 };

typedef Text (*PlaceKey)(Ctx *ctx, Text name);

/* Those of which key_of makes this very key: names and kind of the hits, and the codes of their
 * units ("MH-482"). */
int place_alias_find(Ctx *ctx, Text key, PlaceKey key_of, PlaceHit ret[PLACE_ALIAS_HITS_MAX],
                     Text ret_codes[PLACE_ALIAS_HITS_MAX]);

#endif
