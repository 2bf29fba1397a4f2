/* Builds an organisation's tree of units from the shipped geography, and the reference by which
 * places are found (place.h).
 *
 * Preset "community": states and union territories, their districts. Preset "party": states,
 * parliamentary and assembly constituencies; booths come from a CSV (unit_import.h). Both get the
 * PIN codes and the names of districts and towns; a party also the names of its constituencies.
 *
 * The load is cut in chunks so that it never holds the writer for long:
 *
 *   GeographyLoad load;
 *   geography_begin(ctx, org->preset, &load);
 *   while (load.done < load.total) {
 *       TRY(lane_write(store, ctx, geography_chunk_apply, &load));
 *       geography_chunk_committed(&load);
 *   }
 *
 * A load that broke off is simply begun again: what is there already is left as it is. */
#ifndef DOMAIN_GEOGRAPHY_H
#define DOMAIN_GEOGRAPHY_H

#include "domain/unit.h"

enum { GEOGRAPHY_CHUNK_ROWS = 1000 };

typedef struct GeographyRow GeographyRow;

typedef struct GeographyLoad {
    GeographyRow *rows; /* parents before children, in the arena of geography_begin */
    int64_t total;
    int64_t done; /* rows that are committed */
} GeographyLoad;

/* The kinds of unit of a preset, the root first; returns how many, 0 for an unknown preset. */
int geography_kinds(Text preset, UnitKind ret[UNIT_KINDS_MAX]);

/* Reads the shipped tables. The root unit "IN" must be there when the chunks run. */
void geography_begin(Ctx *ctx, Text preset, GeographyLoad *ret);
/* Writes the next chunk; argument is the GeographyLoad, which it leaves as it is. In apply. */
MUST_USE Status geography_chunk_apply(Ctx *ctx, void *argument);
/* Counts the chunk as done, after its commit. */
void geography_chunk_committed(GeographyLoad *load);

#endif
