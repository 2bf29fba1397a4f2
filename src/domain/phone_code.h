/* One-time codes to a phone: kept as keyed hashes, bound to the phone and to what they are for
 * ("join", "card/12"), so that none opens anything else. Counted by hour and day for the phone,
 * whatever they are for. */
#ifndef DOMAIN_PHONE_CODE_H
#define DOMAIN_PHONE_CODE_H

#include "base/ctx.h"

enum {
    PHONE_CODE_LIFE_S = 600,
    PHONE_CODE_TRIES = 5, /* of one code */
    PHONE_CODE_SENT_HOUR = 3, /* that were not used */
    PHONE_CODE_SENT_DAY = 10,
    PHONE_CODE_TRIES_DAY = 15, /* against live codes */
    PHONE_CODE_SENT_ACTS = 3, /* beyond those, for acts at a card alone */
    PHONE_CODE_TRIES_ACTS = 5,
};

/* The code that was sent last; the owner keeps it in a row of its own. */
typedef struct PhoneCode {
    Text hash; /* empty: none, or used */
    int64_t expires_at, tries;
} PhoneCode;

/* Makes fresh (six digits, made before apply) the live code if the phone may have one more;
 * otherwise code is untouched and code_limit recorded on "code", or code_cap when the organisation
 * sent as many as it may in a day (allowance.h). OK either way: look at
 * *ret_issued. Sending it is the caller's. A write. */
MUST_USE Status phone_code_issue(Ctx *ctx, Text purpose, Text phone_hash, Text fresh,
                                 PhoneCode *code, bool *ret_issued);
/* Counts a try against a live code. Right: *ret_right, and the code is used up. Otherwise
 * code_limit, code_over or code_wrong {left} is recorded on "code", and OK returned: the count is
 * to be kept. Against a live code, code_missing {max} and code_digits {max} {count} cost no try:
 * more or fewer digits than a code has. A write. */
MUST_USE Status phone_code_try(Ctx *ctx, Text purpose, Text phone_hash, Text typed,
                               PhoneCode *code, bool *ret_right);

#endif
