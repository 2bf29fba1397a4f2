/* Units: the tree in which an organisation counts and works. A unit's path lists the ids from the
 * root to itself ("1/35/412"), so that "is it below?" needs no query.
 *
 * Codes are stable and public: capital letters, digits and hyphens. Nation "IN", state "UP",
 * district "UP-174" (LGD), parliamentary constituency "UP-PC12", assembly constituency
 * "UP-AC174", booth "UP-AC174-B12". Functions on the register need ctx->org and ctx->tx. */
#ifndef DOMAIN_UNIT_H
#define DOMAIN_UNIT_H

#include "base/ctx.h"
#include "base/limits.h"

typedef struct Unit {
    int64_t id;
    Text code;
    Text kind;         /* of unit_kind: nation | state | district | pc | ac | booth | … */
    int64_t parent_id; /* 0: the root */
    Text path;
    Text name_en;
    Text name_hi;    /* empty where no Hindi name is known: use unit_name */
    Text state_code; /* empty above states and abroad */
    Text reference;  /* code in the geography it came from, or empty */
} Unit;

typedef struct UnitKind {
    Text kind;
    int64_t rank; /* 0 the root; a unit's rank is above its parent's */
    Text label_en, label_hi;
    bool has_days; /* a series by day is kept */
} UnitKind;

enum { UNIT_KINDS_MAX = 32, UNIT_PAGE_MAX = 200 };

/* The name in the language, or the other one where it is missing. */
Text unit_name(const Unit *unit, Lang lang);
/* 2 to LIMIT_UNIT_CODE_BYTES of A-Z 0-9 and single hyphens inside, a letter first. */
bool unit_code_is_valid(Text code);

/* NOT_FOUND with message unit_unknown {code} on field "unit". */
MUST_USE Status unit_by_code(Ctx *ctx, Text code, Unit *ret);
/* The same by id; an id that is not there is refused as unit_unknown with the id. */
MUST_USE Status unit_by_id(Ctx *ctx, int64_t id, Unit *ret);
/* Without an error: *ret_found tells. */
MUST_USE Status unit_find(Ctx *ctx, Text code, Unit *ret, bool *ret_found);

/* Where a page of children begins: {TEXT_NONE, 0} is the first; else the last child seen. */
typedef struct UnitCursor {
    Text name_en;
    int64_t id;
} UnitCursor;
/* Up to limit (≤ UNIT_PAGE_MAX) children by English name. Fewer than limit: the last page. */
MUST_USE Status unit_children(Ctx *ctx, int64_t parent_id, UnitCursor after, int limit,
                              Unit *ret, int *ret_count);

/* Ids from the root to the unit itself, out of its path; returns how many. */
int unit_ancestors(const Unit *unit, int64_t ret_ids[LIMIT_UNIT_DEPTH]);
/* Is top_id the unit itself or above it? False for 0. */
bool unit_is_within(const Unit *unit, int64_t top_id);

/* A walk through a subtree: top first, every parent before its children, children by name. Holds
 * no statement open, so it may go on in another transaction; its texts live in the arena. */
typedef struct UnitWalk {
    Unit top;
    int depth; /* of the unit last given: 0 the top */
    bool begun;
    struct UnitWalkLevel {
        int64_t parent_id;
        Unit *page; /* UNIT_WALK_PAGE of them, once needed; kept for the next parent */
        int count, at;
        bool begun, last;
    } levels[LIMIT_UNIT_DEPTH];
} UnitWalk;
UnitWalk unit_walk(const Unit *top);
/* *ret_more false at the end, *ret then untouched. */
MUST_USE Status unit_walk_next(Ctx *ctx, UnitWalk *walk, Unit *ret, bool *ret_more);

/* All kinds of the organisation by rank; at most UNIT_KINDS_MAX. */
MUST_USE Status unit_kinds(Ctx *ctx, UnitKind ret[UNIT_KINDS_MAX], int *ret_count);
/* The kind among those listed, or NULL. */
const UnitKind *unit_kind_of(const UnitKind *kinds, int count, Text kind);
/* Adds a kind unless it is there. */
MUST_USE Status unit_kind_insert(Ctx *ctx, const UnitKind *kind);

/* Inserts the unit under its parent (NULL: the root), setting id, parent_id and path, and
 * state_code where it is empty: the parent's, or its own code when it is a state. When id is 0
 * the next free one is taken; a caller that inserts many asks unit_last_id once and counts on.
 * CONFLICT unit_code_taken {code} when the code is there. Names and kinds are not judged here:
 * they come from unit_import or the shipped geography. */
MUST_USE Status unit_insert(Ctx *ctx, const Unit *parent, Unit *unit);
MUST_USE Status unit_last_id(Ctx *ctx, int64_t *ret);

#endif
