/* A name that was misprinted. The same name in another spelling (domain/name_key.h) is mended at
 * once; another name is a request, which the organisation decides. */
#ifndef DOMAIN_CORRECTION_H
#define DOMAIN_CORRECTION_H

#include "domain/member.h"

typedef enum CorrectionState {
    CORRECTION_NONE,
    CORRECTION_ASKED,
    CORRECTION_ACCEPTED,
    CORRECTION_REFUSED,
    CORRECTION_WITHDRAWN, /* asked anew, or mended otherwise */
} CorrectionState;

enum { CORRECTION_TOLD_DAYS = 30 }; /* so long the card page says that a name was refused */

typedef struct Correction {
    int64_t id, serial, asked_at, decided_at;
    Text name, name_alt, unit_code; /* unit_code not by correction_of_member */
    CorrectionState state;
} Correction;

/* Names as name_check leaves them; name_alt may be empty. With the same name key as now in one of
 * the scripts the card gets its next issue at once (*ret_done); otherwise a request takes the place
 * of one that waits. Unchanged names: nothing happens, *ret_done. CONFLICT member_state_refused for
 * who is no member now. A write. */
MUST_USE Status correction_ask(Ctx *ctx, Member *m, Text name, Text name_alt, bool *ret_done);
/* The newest of a member; state CORRECTION_NONE when there is none. */
MUST_USE Status correction_of_member(Ctx *ctx, const Member *m, Correction *ret);
/* Refused, and so lately that the member is still told. */
bool correction_to_tell(const Ctx *ctx, const Correction *correction);
/* Those of members with a card that wait, oldest first, behind the id after, in the unit with all
 * below it. */
MUST_USE Status correction_list(Ctx *ctx, int64_t unit_id, int64_t after, Correction *ret, int max,
                                int *ret_count);
/* One with its member: NOT_FOUND correction_not_found, also outside the actor's subtree. Recording
 * the look is the caller's. */
MUST_USE Status correction_look(Ctx *ctx, int64_t id, Correction *ret, Member *ret_member);
/* NOT_FOUND correction_not_found, also outside the actor's subtree; CONFLICT correction_decided,
 * member_state_refused for who is no member any more. Accepted: the name and the next issue of the
 * card; ret_member as it then is. A write. */
MUST_USE Status correction_decide(Ctx *ctx, int64_t id, bool accept, Text reason,
                                  Member *ret_member);

#endif
