/* Members and their phones after the join: who is on a phone, and moving to one of one's own. The
 * caller has seen to it that a code came back from the phone: before that nothing may be said. */
#ifndef DOMAIN_MEMBER_PHONE_H
#define DOMAIN_MEMBER_PHONE_H

#include "base/limits.h"
#include "domain/member.h"

typedef struct PhoneMember {
    int64_t serial;
    Text shown; /* given name and initial, "Asha D.": enough for a household to choose by */
    MemberState state;
} PhoneMember;

/* Who is on the phone, in the order of joining it; applied ones too. In apply. */
MUST_USE Status member_phone_list(Ctx *ctx, Text phone_e164, PhoneMember ret[LIMIT_PHONE_MEMBERS],
                              int *ret_count);
/* "Asha Devi" → "Asha D."; a single name stays as it is. */
Text member_phone_shown(Ctx *ctx, Text name);

/* Moves the member to the phone, from which a code came back; phone_of is "self" or "household".
 * The place on the old one is free again, the event is "phone", the counts see a confirmed phone.
 * CONFLICT member_duplicate when the same person is on it already, LIMIT phone_full,
 * CONFLICT member_state_refused for an ended one, phone_same when it is the phone already. A
 * write. */
MUST_USE Status member_phone_move(Ctx *ctx, Member *member, Text phone_e164, Text phone_of);

#endif
