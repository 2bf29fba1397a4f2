/* See member_words.h. */
#include "web/member_words.h"

static const char *const states[MEMBER_STATE_COUNT] = {
    [MEMBER_APPLIED] = "member_is_applied",     [MEMBER_PROVISIONAL] = "member_is_provisional",
    [MEMBER_CONFIRMED] = "member_is_confirmed", [MEMBER_SUSPENDED] = "member_is_suspended",
    [MEMBER_ENDED] = "member_is_ended",         [MEMBER_REJECTED] = "member_is_rejected",
    [MEMBER_LAPSED] = "member_is_lapsed",       [MEMBER_REFUNDED] = "member_is_refunded",
    [MEMBER_EXPIRED] = "member_is_expired",
};

const char *member_words_state(MemberState state) { return states[state]; }
