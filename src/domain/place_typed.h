/* What people write around the name of a place: "Pune district", "लखनऊ जिला", "Varanasi, Uttar
 * Pradesh". */
#ifndef DOMAIN_PLACE_TYPED_H
#define DOMAIN_PLACE_TYPED_H

#include "domain/place.h"

/* The name alone: before the first comma, and without words like district, ज़िला, tehsil; as it is
 * where nothing else would be left. */
Text place_typed_name(Ctx *ctx, Text typed);
/* Of the hits those that lie in what is said behind the commas, a state or a unit; all of them
 * where it is the name of neither. Returns how many are left. */
int place_typed_narrow(Ctx *ctx, Text typed, PlaceHit *hits, int count);

#endif
