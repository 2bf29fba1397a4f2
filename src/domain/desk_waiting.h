/* How much waits at the desk for somebody's decision, room by room: what the actor would find
 * there. Counted by index and up to a bound, so that the desk opens at once however much it is. */
#ifndef DOMAIN_DESK_WAITING_H
#define DOMAIN_DESK_WAITING_H

#include "base/ctx.h"

typedef enum DeskWaiting {
    DESK_WAITING_CORRECTIONS,
    DESK_WAITING_DENIALS,
    DESK_WAITING_ODDITIES,
    DESK_WAITING_PAYMENTS,
    DESK_WAITING_CLAIMS,
    DESK_WAITING_APPEALS,
    DESK_WAITING_REFUNDS,
    DESK_WAITING_COUNT
} DeskWaiting;

enum { DESK_WAITING_MAX = 100 }; /* so many or more */

/* Those of members are of the actor's unit with all below; those of money 0 unless the actor
 * administers the whole. In a read. */
MUST_USE Status desk_waiting(Ctx *ctx, int64_t ret[DESK_WAITING_COUNT]);

#endif
