/* "I did not join": somebody finds a membership in their name and denies it. It is suspended at
 * once and recorded with whoever enrolled, so that one who invents members is found. */
#ifndef DOMAIN_DENIAL_H
#define DOMAIN_DENIAL_H

#include "domain/member.h"

/* Who enrolled: a member, an API token by its label, or the person alone with a code. */
typedef struct Enroller {
    Text number, name; /* of the member credited, or empty */
    Text label;        /* of the token, or empty */
    bool elsewhere;    /* a member outside the actor's unit: without number and name */
} Enroller;
/* For the staff: who a member of another unit is, they are not told. */
MUST_USE Status denial_enroller(Ctx *ctx, int64_t token_id, int64_t serial, Enroller *ret);
/* For this member, who is told whoever it was. */
MUST_USE Status denial_enroller_of(Ctx *ctx, const Member *m, Enroller *ret);

/* Suspends and records. A second time changes nothing. CONFLICT member_state_refused for who has
 * no membership any more. A write. */
MUST_USE Status denial_record(Ctx *ctx, Member *m);
/* Does one wait for a decision? */
MUST_USE Status denial_exists(Ctx *ctx, const Member *m, bool *ret);

typedef struct Denial {
    int64_t id, serial, at, enrolled_by, enroller_serial; /* 0, -1: none */
    int64_t unit_id;
    Text number, unit_code, how;
    Text state;      /* open | upheld | withdrawn */
    Text was;        /* the member's state before */
    int64_t decided_at;
    Text decided_by, reason;
    Enroller enroller;
} Denial;
/* Newest first, ids below before (0: from the newest), in the unit with all below it, of a state
 * (empty: any). */
MUST_USE Status denial_list(Ctx *ctx, int64_t unit_id, Text state, int64_t before, Denial *ret,
                            int max, int *ret_count);
/* NOT_FOUND denial_not_found, also outside the actor's unit. */
MUST_USE Status denial_read(Ctx *ctx, int64_t id, Denial *ret);

/* What the organisation found. Upheld: the membership ends as one that never was wanted, and a fee
 * that was paid goes to the list of refunds (refund.h). Withdrawn by the member: the membership is
 * what it was. INVALID reason_form; CONFLICT denial_decided; scope as denial_read. A write. */
MUST_USE Status denial_decide(Ctx *ctx, int64_t id, bool upheld, Text reason, Denial *ret);
/* Somebody puts on hold who is so by an open denial alone: it stays when that is taken back.
 * *ret: did anything change? A write. */
MUST_USE Status denial_keep_on_hold(Ctx *ctx, const Member *m, bool *ret);
/* The member takes it back. CONFLICT denial_decided when none is open. A write. */
MUST_USE Status denial_withdraw(Ctx *ctx, Member *m);

typedef struct DenialCount {
    int64_t enrolled_by, enroller_serial, denials;
    int64_t upheld; /* of these; the withdrawn are in neither */
    Text unit_code;
    Enroller enroller;
} DenialCount;
/* By who enrolled and unit, the most first. */
MUST_USE Status denial_counts(Ctx *ctx, int64_t unit_id, DenialCount *ret, int max,
                              int *ret_count);

#endif
