/* What part of each fee belongs to which level of unit, what that comes to for every unit, and
 * paying it out.
 *
 * Each fee is parted by itself: a level's part is rounded down to the paisa, and what rounding
 * leaves goes to the top. A level that a member's place has not (abroad, a state without districts)
 * leaves its part to the next level above. A fee that went back takes the same parts back, on the
 * day it went. The unit is the one where the member was counted when the fee was taken. */
#ifndef DOMAIN_UNIT_SHARE_H
#define DOMAIN_UNIT_SHARE_H

#include "domain/organisation.h"
#include "domain/unit.h"

enum {
    UNIT_SHARE_WHOLE = 10000, /* basis points */
    UNIT_SHARE_LEVELS_MAX = 8,
    UNIT_SHARE_SETS_MAX = 100,
};

typedef struct UnitShareLevel {
    Text kind;
    int64_t rank; /* of the kind: 0 the root; not read by unit_share_parse */
    int64_t basis_points;
} UnitShareLevel;

typedef struct UnitShareSet {
    int64_t from_day;
    UnitShareLevel levels[UNIT_SHARE_LEVELS_MAX]; /* the top first */
    int count;
} UnitShareSet;

/* Reads "nation=40, state=30.5, district=29.5": kinds of unit and their percent, at most two
 * decimals; order does not matter. False unless each is one, none twice, and all make 100. */
bool unit_share_parse(Text typed, UnitShareSet *ret);
/* Parts paise among levels, the top first, by basis points that add up to UNIT_SHARE_WHOLE. */
void unit_share_split(int64_t paise, const int64_t *basis_points, int levels, int64_t *ret);

/* All sets by day. In apply. */
MUST_USE Status unit_share_sets(Ctx *ctx, UnitShareSet ret[UNIT_SHARE_SETS_MAX], int *ret_count);
/* From its day on; replaces one of the same day. INVALID share_form, share_kind {kind}; CONFLICT
 * share_past for a day before today once something was paid out; LIMIT share_sets_many. A write. */
MUST_USE Status unit_share_set(Ctx *ctx, const UnitShareSet *set);

typedef struct UnitShareDue {
    Unit unit;
    int64_t earned, returned, paid; /* in the period */
    int64_t payable; /* at its end: all that was earned less what went back and was paid out */
} UnitShareDue;
/* Of all units that ever earned something or were paid, by rank and name, from first to last day.
 * LIMIT share_units_many {max} when there are more, or more than the ctx's memory holds. The root
 * keeps its part. In apply. */
MUST_USE Status unit_share_due(Ctx *ctx, int64_t first_day, int64_t last_day, int max,
                               UnitShareDue **ret, int *ret_count);
/* What one unit is due at a day's end. In apply. */
MUST_USE Status unit_share_payable(Ctx *ctx, const Unit *unit, int64_t day, int64_t *ret_paise);
/* What a unit was due on a snapshot, and what that rests on. */
typedef struct UnitShareLook {
    int64_t unit_id, payable;
    int64_t paid, refunded; /* all that was ever paid to it; all fees that ever went back */
    Text sets;              /* the parts in force, as text */
} UnitShareLook;
/* Adds up every fee there is: in a read, before unit_share_pay. NOT_FOUND as unit_by_code. */
MUST_USE Status unit_share_look(Ctx *ctx, Text unit_code, UnitShareLook *ret);
/* Pays out of "bank" or "cash:server"; paise 0: all that is payable, left in *ret_paise. What was
 * looked up stands unless the unit was paid, a fee went back or the parts changed since: then it is
 * added up anew. INVALID share_account, payment_amount; CONFLICT share_root, share_too_much {have},
 * ledger_cash_short. A write. */
MUST_USE Status unit_share_pay(Ctx *ctx, Text unit_code, const UnitShareLook *look, int64_t paise,
                               Text from, Text note, int64_t *ret_paise);

#endif
