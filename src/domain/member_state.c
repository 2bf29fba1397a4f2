/* What a membership may be, and what may become of it. */
#include "domain/member.h"

static const char *const names[MEMBER_STATE_COUNT] = {
    [MEMBER_APPLIED] = "applied",     [MEMBER_PROVISIONAL] = "provisional",
    [MEMBER_CONFIRMED] = "confirmed", [MEMBER_SUSPENDED] = "suspended",
    [MEMBER_ENDED] = "ended",
};

/* Row: from; column: to. Money may be claimed first or proved at once; an ended membership is only
 * taken up again by joining anew. */
static const bool allowed[MEMBER_STATE_COUNT][MEMBER_STATE_COUNT] = {
    [MEMBER_APPLIED] =
        {[MEMBER_PROVISIONAL] = true, [MEMBER_CONFIRMED] = true, [MEMBER_ENDED] = true},
    [MEMBER_PROVISIONAL] =
        {[MEMBER_CONFIRMED] = true, [MEMBER_SUSPENDED] = true, [MEMBER_ENDED] = true},
    [MEMBER_CONFIRMED] = {[MEMBER_SUSPENDED] = true, [MEMBER_ENDED] = true},
    [MEMBER_SUSPENDED] =
        {[MEMBER_CONFIRMED] = true, [MEMBER_PROVISIONAL] = true, [MEMBER_ENDED] = true},
};

Text member_state_text(MemberState state) { return text_of(names[state]); }

bool member_state_parse(Text text, MemberState *ret) {
    for (int i = 0; i < MEMBER_STATE_COUNT; i++) {
        if (text_eq(text, text_of(names[i]))) {
            *ret = (MemberState)i;
            return true;
        }
    }
    return false;
}

bool member_may_become(MemberState from, MemberState to) { return allowed[from][to]; }
