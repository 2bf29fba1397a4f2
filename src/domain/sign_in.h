/* Coming back with nothing but the phone: phone, code, and where several share the phone, whose
 * membership it is. Before the code was right nothing tells whether the phone has any: begin does
 * the same for every phone, and the code goes to every phone. That costs what beginning a join
 * costs, is bounded by the same counts, and needs no words of its own for phones without members,
 * whose times and bills would tell them apart. */
#ifndef DOMAIN_SIGN_IN_H
#define DOMAIN_SIGN_IN_H

#include "domain/member_phone.h"
#include "domain/phone_code.h"

enum { SIGN_IN_S = 15 * 60 };

typedef struct SignIn {
    PhoneCode code;
    Text phone_e164;
    int64_t open_until; /* 0: the code is awaited */
    Text demo_code;     /* the code just made; pages may show it in a demo register only */
} SignIn;

/* Who came back, and where to. */
typedef struct SignedIn {
    Member member;
    Text path; /* the card page; or the page of the open fee; empty: nobody yet */
    bool acts; /* the acts of the card page are open under act_secret: not for a minor, unless the
                  phone is the guardian's */
} SignedIn;

/* secret: the cookie's value, SECRET_TOKEN_CHARS. Those that write return OK also when something
 * typed is wrong: look at ctx->error_count. */

/* The session of a cookie; *ret_found false: none, or over. */
MUST_USE Status sign_in_find(Ctx *ctx, Text secret, SignIn *ret, bool *ret_found);
/* Begins one under a secret made for it, and sends the code to the phone: on the page in a demo
 * register, else through the outbox with words for it (outbox_add_code). Errors: code_limit,
 * code_cap (recorded), those of outbox_add_code (returned). A write. */
MUST_USE Status sign_in_begin(Ctx *ctx, Text secret, Text phone_e164, Text words,
                              Text fresh_code, SignIn *ret);
/* Another code for one that was begun; code_over is recorded when there is none. A write. */
MUST_USE Status sign_in_resend(Ctx *ctx, Text secret, Text words, Text fresh_code,
                               SignIn *ret);
/* The code typed in. Right: the session is open from now on under fresh_secret alone. Errors as
 * phone_code_try records them. A write. */
MUST_USE Status sign_in_try(Ctx *ctx, Text secret, Text fresh_secret, Text typed, SignIn *ret);
/* One of the phone's members (PhoneMember.slot) comes back: an unconfirmed phone is confirmed, the
 * acts of the card page are open under act_secret, and this session is over. sign_in_choose is
 * recorded on "who" when nobody has that place. Slot -1: the only one there, whose phone was
 * confirmed before, if that is so; else nothing happens, as who has a phone by mistake must not
 * find themselves in another's card. A write, of an open session. */
MUST_USE Status sign_in_choose(Ctx *ctx, Text secret, int64_t slot, Text act_secret,
                               SignedIn *ret);

#endif
