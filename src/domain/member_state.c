/* What a membership may be, and what may become of it. */
#include "domain/member.h"

static const char *const names[MEMBER_STATE_COUNT] = {
    [MEMBER_APPLIED] = "applied",     [MEMBER_PROVISIONAL] = "provisional",
    [MEMBER_CONFIRMED] = "confirmed", [MEMBER_SUSPENDED] = "suspended",
    [MEMBER_ENDED] = "ended",         [MEMBER_REJECTED] = "rejected",
    [MEMBER_LAPSED] = "lapsed",       [MEMBER_REFUNDED] = "refunded",
    [MEMBER_EXPIRED] = "expired",
};

/* Row: from; column: to; the event by which it is written down. Money may be claimed first or
 * proved at once; ended, lapsed and refunded are only taken up again by joining anew. "join",
 * "end", "reject", "refund" and "expire" count on their day, "restore" takes an end back
 * (member_event_count_days), the others count nowhere. */
static const char *const events[MEMBER_STATE_COUNT][MEMBER_STATE_COUNT] = {
    [MEMBER_APPLIED] = {[MEMBER_PROVISIONAL] = "join",
                        [MEMBER_CONFIRMED] = "join",
                        [MEMBER_LAPSED] = "lapse",
                        [MEMBER_ENDED] = "withdraw"},
    [MEMBER_PROVISIONAL] = {[MEMBER_CONFIRMED] = "confirm",
                            [MEMBER_SUSPENDED] = "suspend",
                            [MEMBER_REJECTED] = "reject",
                            [MEMBER_EXPIRED] = "expire",
                            [MEMBER_ENDED] = "end"},
    [MEMBER_CONFIRMED] = {[MEMBER_SUSPENDED] = "suspend",
                          [MEMBER_REFUNDED] = "refund",
                          [MEMBER_EXPIRED] = "expire",
                          [MEMBER_ENDED] = "end"},
    [MEMBER_SUSPENDED] = {[MEMBER_CONFIRMED] = "resume",
                          [MEMBER_PROVISIONAL] = "resume",
                          [MEMBER_ENDED] = "end"},
    [MEMBER_REJECTED] = {[MEMBER_PROVISIONAL] = "restore",
                         [MEMBER_CONFIRMED] = "restore",
                         [MEMBER_LAPSED] = "lapse",
                         [MEMBER_ENDED] = "withdraw"},
    [MEMBER_EXPIRED] = {[MEMBER_PROVISIONAL] = "restore", /* says to have paid the renewal */
                        [MEMBER_CONFIRMED] = "restore",   /* renewed */
                        [MEMBER_ENDED] = "withdraw"},
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

const char *member_state_event(MemberState from, MemberState to) { return events[from][to]; }

bool member_may_become(MemberState from, MemberState to) { return events[from][to] != NULL; }

bool member_state_has_card(MemberState state) {
    return state == MEMBER_PROVISIONAL || state == MEMBER_CONFIRMED || state == MEMBER_SUSPENDED;
}
