/* What a membership may be. */
#ifndef DOMAIN_MEMBER_STATE_H
#define DOMAIN_MEMBER_STATE_H

#include "base/text.h"

typedef enum MemberState {
    MEMBER_APPLIED,
    MEMBER_PROVISIONAL,
    MEMBER_CONFIRMED,
    MEMBER_SUSPENDED,
    MEMBER_ENDED,
    MEMBER_REJECTED, /* the claim to have paid was not true; may be restored */
    MEMBER_LAPSED,   /* neither claimed nor paid in time, or rejected for good: erased */
    MEMBER_REFUNDED, /* got the fee back */
    MEMBER_EXPIRED,  /* the term and its grace are over: not counted, may be renewed */
    MEMBER_STATE_COUNT
} MemberState;

/* "applied" … as stored and in the API. */
Text member_state_text(MemberState state);
bool member_state_parse(Text text, MemberState *ret);
/* The table of what may become what, and of how that is written down: the type of its event
 * ("join", "reject"…), NULL when it is impossible. */
const char *member_state_event(MemberState from, MemberState to);
/* May it have a card? Provisional, confirmed, suspended. */
bool member_state_has_card(MemberState state);

#endif
