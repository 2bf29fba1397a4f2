/* Finding oddities. Bursts and unconfirmed phones are looked for by a job, which reads only who
 * joined since it looked last, and asks indexes about the enrollers it meets there; so does it
 * find money that was seen on the account and then never came. What one act shows (a phone's next
 * member, a denial, a claim) is noted in the act itself. */
#ifndef DOMAIN_ODDITY_LOOK_H
#define DOMAIN_ODDITY_LOOK_H

#include "domain/member.h"
#include "domain/oddity.h"

enum { ODDITY_LOOK_MEMBERS = 400, ODDITY_LOOK_SEEN = 100 };
enum { ODDITY_COUNT_MAX = 5000, ODDITY_UNCONFIRMED_DAYS = 30 };

typedef struct OddityLook {
    int64_t after, upto; /* serials looked at */
    int64_t seen_after, seen_upto; /* times of money seen */
    bool more;           /* there may be later ones */
    Oddity *found;
    int found_count;
} OddityLook;
/* Reads the next ODDITY_LOOK_MEMBERS members, and the money seen that has waited too long, and what
 * they show, into the arena. In a read. */
MUST_USE Status oddity_look(Ctx *ctx, OddityLook *ret);
/* Whether there is anything to keep of it. */
bool oddity_look_is_new(const OddityLook *look);
/* Notes what was found and how far the look came. A write. */
MUST_USE Status oddity_look_keep(Ctx *ctx, const OddityLook *look);

/* A phone has got its next member and now has so many. A write. */
MUST_USE Status oddity_look_phone(Ctx *ctx, Text phone_hash, int64_t members);
/* A guardian's phone answers for another minor. A write. */
MUST_USE Status oddity_look_guardian(Ctx *ctx, Text phone_hash);
/* This member denied having joined. A write. */
MUST_USE Status oddity_look_denial(Ctx *ctx, const Member *member);
/* A payment was counted for an order: did its payer pay for many? A write. */
MUST_USE Status oddity_look_payment(Ctx *ctx, int64_t payment_id);
/* An order was claimed with this payment's number, or with none (empty). A write. */
MUST_USE Status oddity_look_claim(Ctx *ctx, Text utr);

#endif
