/* Counts of a unit with all below it, in one row; series by day. Derived: rebuild.h makes them
 * again from the members. */
#ifndef DOMAIN_TALLY_H
#define DOMAIN_TALLY_H

#include "domain/unit.h"

typedef struct Tally {
    int64_t members, provisional, suspended, ever_joined, ended;
    int64_t rural, urban, women, men, other_gender, phone_confirmed, fee_proved;
} Tally;
enum { TALLY_FIGURES = sizeof(Tally) / sizeof(int64_t) };

/* What of a member counts. */
typedef struct TallyFacts {
    Text state, settlement, gender, phone_proof, fee_proof;
} TallyFacts;

/* One member's share in the counts. An applied one counts nowhere, nor does one who
 * withdrew before having joined, though the row then says ended; who was rejected and lapsed later
 * had joined and counts as ended, though the row says lapsed. An expired one counts as ended until
 * renewed. */
Tally tally_of(const TallyFacts *facts);
/* Adds after − before to the unit and all above it, and to the day's joined/ended where the kind
 * keeps days. before NULL: joins. A write. */
MUST_USE Status tally_change(Ctx *ctx, const Unit *unit, const TallyFacts *before,
                             const TallyFacts *after, int64_t day);

/* Adds differences to one row; for rebuild. Writes. */
MUST_USE Status tally_add(Ctx *ctx, int64_t unit_id, const Tally *delta);
MUST_USE Status tally_add_day(Ctx *ctx, int64_t unit_id, int64_t day, int64_t joined,
                              int64_t ended);

/* The unit's row; zeros when nobody joined yet. */
MUST_USE Status tally_read(Ctx *ctx, int64_t unit_id, Tally *ret);

typedef struct TallyDay {
    int64_t day, joined, ended;
} TallyDay;
/* Days from first to last, both included, gaps filled with zeros; ret has room for all. */
MUST_USE Status tally_days(Ctx *ctx, int64_t unit_id, int64_t first, int64_t last, TallyDay *ret);

typedef struct TallyChild {
    Unit unit;
    Tally tally;
    int64_t today; /* joined today, where days are kept */
} TallyChild;
/* So many children fit into the memory of one request, with the longest names. */
enum { TALLY_CHILDREN_MAX = 800 };
/* The first max direct children with their figures, in the arena, by name in English; *ret_more
 * tells that there are others. */
MUST_USE Status tally_children(Ctx *ctx, int64_t unit_id, int64_t day, int max, TallyChild **ret,
                               int *ret_count, bool *ret_more);

#endif
