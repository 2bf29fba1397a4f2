/* Members and their phones after the join: who is on a phone, and moving to one of one's own. The
 * caller has seen to it that a code came back from the phone: before that nothing may be said. */
#ifndef DOMAIN_MEMBER_PHONE_H
#define DOMAIN_MEMBER_PHONE_H

#include "base/limits.h"
#include "domain/member.h"

typedef struct PhoneMember {
    int64_t serial;
    Text shown; /* given name and initial, "Asha D.": enough for a household to choose by */
    Text number_end; /* the last four digits of the number */
    int64_t slot;    /* of the phone: stays while the member is on it */
    int64_t joined_at;
    MemberState state;
    bool confirmed; /* a code came back from the phone before */
} PhoneMember;

/* Who is on the phone, in the order of joining it; applied ones too. In apply. */
MUST_USE Status member_phone_list(Ctx *ctx, Text phone_e164, PhoneMember ret[LIMIT_PHONE_MEMBERS],
                              int *ret_count);
/* "Asha Devi" → "Asha D."; a single name stays as it is. */
Text member_phone_shown(Ctx *ctx, Text name);

/* A code came back from the member's phone, and the member said who they are: an unconfirmed phone
 * is confirmed from now on, with the event "phone_proof" and the counts; any other stays as it is.
 * A write. */
MUST_USE Status member_phone_confirm(Ctx *ctx, Member *member);
/* The contrary: from now on it is unconfirmed, with the event "phone_doubt" and the counts. A
 * write. */
MUST_USE Status member_phone_doubt(Ctx *ctx, Member *member);
/* Moves the member to the phone, from which a code came back; phone_of is "self" or "household".
 * The place on the old one is free again, which is told by an SMS where there are words for it; the
 * event is "phone", the counts see a confirmed phone, and the card page has another address.
 * CONFLICT member_duplicate when the same person is on it already, LIMIT phone_full,
 * CONFLICT member_state_refused for an ended one, phone_same when it is the phone already: all
 * before anything is written. A write. */
MUST_USE Status member_phone_move(Ctx *ctx, Member *member, Text phone_e164, Text phone_of);
/* The same by the organisation, for whoever has lost the phone of before or never had one: the new
 * one is unconfirmed until a code comes back from it. INVALID reason_form. A write. */
MUST_USE Status member_phone_assign(Ctx *ctx, Member *member, Text phone_e164, Text phone_of,
                                    Text reason);

#endif
