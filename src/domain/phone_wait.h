/* Waiting for a phone's own SMS or missed call. Whoever waits has a secret of their own (a join:
 * its cookie); what comes in is matched by the sender's number, and the one who waits looks again.
 *
 * A sender's number can be forged: by whoever has a way into a telephone network, not by any
 * subscriber. An SMS must name the act and four digits that only the one who waits was shown, so
 * that its sender at least meant to join. A missed call says nothing but its number: whoever rings
 * within ten minutes proves the newest join that waits for this phone, be it a stranger's. So calls
 * open joins alone, and the member keeps the mark of how the phone was proved. */
#ifndef DOMAIN_PHONE_WAIT_H
#define DOMAIN_PHONE_WAIT_H

#include "base/ctx.h"

enum {
    PHONE_WAIT_S = 600,         /* an SMS or call counts so long after the wait began */
    PHONE_WAIT_AHEAD_S = 300,   /* clocks of providers may be ahead by so much */
    PHONE_WAIT_BEHIND_S = 60,   /* and behind: what came earlier than the wait proves nothing */
    PHONE_WAIT_KEEP_S = 86400,  /* of a draft, and of what came in */
    PHONE_WAIT_DIGITS = 4,
    PHONE_WAIT_ACT_BYTES = 8,
    INCOMING_ID_BYTES = 200,
    INCOMING_TEXT_BYTES = 1000,
};

typedef struct PhoneWait {
    Text digits;      /* of the SMS */
    int64_t until;    /* later it begins anew */
    Text proof;       /* empty: nothing came; "sms_in" | "missed_call" */
} PhoneWait;

/* Begins to wait, or anew, for the phone of this hash; act "join". owner: a hash that only the one
 * who waits can name; fresh: random, made before apply. A write. */
MUST_USE Status phone_wait_begin(Ctx *ctx, Text owner, Text act, Text phone_hash, Text fresh);
/* *ret_found false when nobody waits under this owner for this phone. In apply. */
MUST_USE Status phone_wait_read(Ctx *ctx, Text owner, Text phone_hash, PhoneWait *ret,
                                bool *ret_found);
MUST_USE Status phone_wait_end(Ctx *ctx, Text owner);
/* What an SMS must say: "JOIN 4821", with the organisation's keyword before it. */
Text phone_wait_words(Ctx *ctx, Text keyword, Text act, Text digits);

/* One SMS or call as the provider of the organisation's number tells it. */
typedef struct Incoming {
    Text id;      /* the provider's own; the same again changes nothing */
    Text from;    /* as it writes numbers */
    bool is_call;
    Text text;    /* of an SMS */
    int64_t at;
} Incoming;
/* Believes it: the edge has seen the secret. *ret_taken: it proved a phone that was waited for.
 * INVALID incoming_form: no id, or too long; incoming_late: older than PHONE_WAIT_S, or ahead of
 * the clock. A write. */
MUST_USE Status phone_wait_receive(Ctx *ctx, const Incoming *incoming, bool *ret_taken);

#endif
