/* Derived tables from truth. Differences are found in one read snapshot, and mended as
 * differences, so that members who join meanwhile are not lost. */
#ifndef DOMAIN_REBUILD_H
#define DOMAIN_REBUILD_H

#include "domain/tally.h"

typedef struct RebuildDifference {
    int64_t unit_id;
    int64_t day;      /* INT64_MIN: the unit's current figures, otherwise its day */
    int64_t delta[TALLY_FIGURES]; /* to be added; of a day: joined, ended */
} RebuildDifference;

typedef struct Rebuild {
    RebuildDifference *differences; /* in the arena */
    int64_t count;
    int64_t members;                /* how many were counted */
} Rebuild;

/* Counts all members and compares. In apply of a read. */
MUST_USE Status rebuild_compare(Ctx *ctx, Rebuild *ret);
/* Adds differences from … (at most max). In apply of a write. */
MUST_USE Status rebuild_mend(Ctx *ctx, const Rebuild *rebuild, int64_t from, int64_t max);

#endif
