/* What is due for memberships by a time of theirs: found on a snapshot, then done in small writes,
 * so that nobody waits behind a look through thousands (jobs/due_rows.h does both). */
#ifndef DOMAIN_DUE_H
#define DOMAIN_DUE_H

#include "domain/member.h"
#include "store/query.h"

enum { DUE_MAX = 100 };

/* Lists are in this order. */
typedef struct DueRow {
    int64_t at, serial;
} DueRow;

/* Rows behind one and up to a time: {INT64_MIN, -1} and INT64_MAX for all. */
typedef struct DueList {
    DueRow after;
    int64_t to;
    int max; /* at most DUE_MAX */
    DueRow rows[DUE_MAX];
    int count;
} DueList;

typedef struct DueDone {
    int done;       /* rows; those that were not due any more are not counted */
    bool list_over; /* the others of this list cannot be done either */
    bool all_over;  /* nor anything else of the same job, now */
} DueDone;

/* What becomes of one. */
typedef enum DueEnd {
    DUE_ACTED,
    DUE_LEFT,     /* there is a reason to leave this one */
    DUE_LIST_OVER,
    DUE_ALL_OVER,
} DueEnd;

typedef struct Due {
    const char *name; /* for the log */
    int step;         /* which of several lists */
    /* A read: what is due now. */
    Status (*list)(Ctx *ctx, const struct Due *due, DueList *list);
    /* A read: how many may be done now; NULL: any. Beyond them all is over. */
    Status (*room)(Ctx *ctx, int64_t *ret);
    /* A write: does it for a member who is in the list still. */
    Status (*act)(Ctx *ctx, const struct Due *due, const DueRow *row, Member *member, DueEnd *ret);
} Due;

/* Does it for those of the rows that are in their list still. A write. */
MUST_USE Status due_act(Ctx *ctx, const Due *due, const DueRow *rows, int count, DueDone *ret);

/* For lists: the query's rows of two columns, a time and a serial; ends the query. */
MUST_USE Status due_read_rows(Query *query, DueList *list);

#endif
