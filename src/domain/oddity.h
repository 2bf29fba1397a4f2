/* What looks odd in how people join and pay, as a queue for the organisation to look at: it says
 * how many, since when, and who enrolled; what it means somebody decides. The same thing again
 * grows its row; after a decision it comes back only when there is that much more of it. */
#ifndef DOMAIN_ODDITY_H
#define DOMAIN_ODDITY_H

#include "domain/organisation.h"

typedef enum OddityKind {
    ODDITY_BURST,       /* one enroller, many joins within minutes */
    ODDITY_BURST_WEB,   /* one unit, many joins on the web within minutes */
    ODDITY_PHONE,       /* one phone, many members */
    ODDITY_GUARDIAN,    /* one phone, the guardian's of many minors */
    ODDITY_UNCONFIRMED, /* one enroller, half or more of many joins without a phone that answered */
    ODDITY_DENIAL,      /* one enroller, many who say they did not join */
    ODDITY_DENIAL_UNIT, /* one unit, many who say so */
    ODDITY_PAYER,       /* one payer, many orders */
    ODDITY_UTR,         /* one payment's number, claimed for several orders */
    ODDITY_SEEN,        /* money said to be on the account, and in no statement for days */
    ODDITY_KIND_COUNT
} OddityKind;

typedef enum OddityState {
    ODDITY_OPEN,
    ODDITY_EXAMINED, /* somebody is looking into it */
    ODDITY_FINE,     /* looked at, nothing wrong */
    ODDITY_ACTED,    /* looked at, something was done */
    ODDITY_STATE_COUNT
} OddityState;

typedef struct Oddity {
    int64_t id;
    OddityKind kind;
    Text subject;
    int64_t day;             /* of a burst; otherwise 0 */
    int64_t unit_id;         /* the smallest unit that has all of it */
    int64_t enrolled_by;     /* token of who enrolled, 0: none */
    int64_t enroller_serial; /* the member credited, -1: none */
    bool several;            /* these and others */
    int64_t found, out_of;   /* out_of 0: no share */
    int64_t first_at, last_at;
    OddityState state;
    int64_t decided_at;      /* 0: not yet */
    Text decided_by, note;
} Oddity;

Text oddity_kind_text(OddityKind kind); /* "burst" … */
bool oddity_kind_parse(Text text, OddityKind *ret);
Text oddity_state_text(OddityState state); /* "open" … */
bool oddity_state_parse(Text text, OddityState *ret);

/* From how many on (of seen money: days), within so many minutes (0: time does not matter). */
typedef struct OddityRule {
    OddityKind kind;
    int64_t many, minutes;
} OddityRule;
MUST_USE Status oddity_rule_read(Ctx *ctx, OddityKind kind, OddityRule *ret);
/* INVALID oddity_rule_form on "many" or "minutes". A write. */
MUST_USE Status oddity_rule_set(Ctx *ctx, const OddityRule *rule);

/* Puts into the queue what was found: kind to last_at are given. Grows the row of the same kind,
 * subject and day that is not decided yet; otherwise makes one, unless it was decided when there
 * was as much. A write. */
MUST_USE Status oddity_note(Ctx *ctx, const Oddity *found);
/* It has solved itself: what waits of this kind and subject is fine, with this note. A write. */
MUST_USE Status oddity_end(Ctx *ctx, OddityKind kind, Text subject, Text note);
/* The newest of this kind, subject and day; *ret_found tells. */
MUST_USE Status oddity_newest(Ctx *ctx, OddityKind kind, Text subject, int64_t day, Oddity *ret,
                              bool *ret_found);

/* The smallest unit that is or holds both. */
MUST_USE Status oddity_common_unit(Ctx *ctx, int64_t one, int64_t other, int64_t *ret);

/* NOT_FOUND oddity_not_found, also outside the actor's unit. */
MUST_USE Status oddity_read(Ctx *ctx, int64_t id, Oddity *ret);

typedef struct OddityFilter {
    Text kind, state; /* as text, empty: any */
    bool decided;     /* those that were decided, instead of those that wait */
    int64_t unit_id;  /* with all below it; within the actor's, DENIED unit_not_yours else */
} OddityFilter;
/* Newest first, ids below before (0: from the newest). */
MUST_USE Status oddity_list(Ctx *ctx, const OddityFilter *filter, int64_t before, Oddity *ret,
                            int max, int *ret_count);
MUST_USE Status oddity_count(Ctx *ctx, const OddityFilter *filter, int64_t *ret);

/* Another state with a note, which all but "examined" need: INVALID oddity_note_missing on "note".
 * CONFLICT oddity_decided when it is closed already. Scope as oddity_read. A write. */
MUST_USE Status oddity_decide(Ctx *ctx, int64_t id, OddityState to, Text note, Oddity *ret);

#endif
