/* Who has the address of a card page sees the card; who changes something proves the phone first.
 * A right code to the member's phone opens a short session for the acts of that card page. It is
 * bound to the member and to the generation of the page's address: a new address ends it. */
#ifndef DOMAIN_ACT_SESSION_H
#define DOMAIN_ACT_SESSION_H

#include "domain/member.h"
#include "domain/phone_code.h"

enum { ACT_SESSION_S = 15 * 60 };

/* What a code was asked for, as its SMS says; it allows nothing else. */
typedef enum Act {
    ACT_CARD, /* the photo, the name, what a member may add */
    ACT_ADDRESS,
    ACT_LOST,
    ACT_LEAVE,
    ACT_DENY,
    ACT_PHONE, /* moving to another phone */
    ACT_JOINED, /* taking a denial back */
    ACT_RENEW, /* what costs nothing; a fee needs no code */
} Act;

typedef struct ActSession {
    Act act;
    PhoneCode code;
    int64_t open_until; /* 0: the code is awaited */
    Text demo_code;     /* the code just made; pages may show it in a demo register only */
} ActSession;

/* secret: the cookie's value, SECRET_TOKEN_CHARS. Those that write return OK also when something
 * typed is wrong: look at ctx->error_count. */

/* The session of a cookie at this member's page; *ret_found false: none, over, or another's. */
MUST_USE Status act_session_find(Ctx *ctx, Text secret, const Member *m, ActSession *ret,
                                 bool *ret_found);
/* Begins one under a secret made for it, and sends a code to the member's phone, of a minor to the
 * guardian's: on the page in a demo register, else through the outbox with words for the act
 * (outbox_add_code). Errors: act_no_phone (DENIED, returned), code_limit (recorded), those of
 * outbox_add_code (returned). A write. */
MUST_USE Status act_session_begin(Ctx *ctx, Text secret, const Member *m, Act act, Text words,
                                  Text fresh_code, ActSession *ret);
/* The code typed in. Right: the session is open from now on under fresh_secret alone, so that
 * whoever planted the first one has nothing. Errors as phone_code_try records them. A write. */
MUST_USE Status act_session_open(Ctx *ctx, Text secret, Text fresh_secret, const Member *m,
                                 Text typed, ActSession *ret);
/* Opens one for a member whose phone was proved a moment ago in another way (domain/sign_in.h),
 * under a secret made for it. A write. */
MUST_USE Status act_session_open_proved(Ctx *ctx, Text secret, const Member *m);
/* Over, at once. A write. */
MUST_USE Status act_session_close(Ctx *ctx, Text secret);
/* From here on the member acts: what is done is recorded so. DENIED act_code_needed unless the
 * session of the cookie is open for this act. In apply. */
MUST_USE Status act_session_demand(Ctx *ctx, Text secret, const Member *m, Act act);

#endif
