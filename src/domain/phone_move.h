/* A member moves to another phone by a code that comes to it. The caller has seen to it that a code
 * to the phone of before opened the acts (act_session.h); who has lost that one asks the
 * organisation (member_phone_assign). */
#ifndef DOMAIN_PHONE_MOVE_H
#define DOMAIN_PHONE_MOVE_H

#include "domain/member.h"
#include "domain/phone_code.h"

enum { PHONE_MOVE_S = 15 * 60 };

typedef struct PhoneMove {
    Text phone_e164, phone_of; /* "self" | "household" */
    PhoneCode code;
    Text demo_code; /* the code just made; pages may show it in a demo register only */
} PhoneMove;

/* Those that write return OK also when something typed is wrong: look at ctx->error_count. */

/* The move under way; *ret_found false: none, or over. */
MUST_USE Status phone_move_find(Ctx *ctx, const Member *m, PhoneMove *ret, bool *ret_found);
/* Sends a code to move->phone_e164, instead of any move before; words: outbox_add_code. Nothing is
 * told of who is on that phone. Errors: phone_same on "phone", those of phone_code_issue (both
 * recorded), those of outbox_add_code (returned). A write. */
MUST_USE Status phone_move_begin(Ctx *ctx, const Member *m, Text words, Text fresh_code,
                                 PhoneMove *move);
/* Another code. code_over is recorded when no move is under way. A write. */
MUST_USE Status phone_move_resend(Ctx *ctx, const Member *m, Text words, Text fresh_code,
                                 PhoneMove *ret);
/* The code typed in. Right: the member is on that phone, see member_phone_move; its refusals
 * (phone_full, member_duplicate) are recorded, now that the phone is proved. A write. */
MUST_USE Status phone_move_finish(Ctx *ctx, Member *m, Text typed, PhoneMove *ret, bool *ret_done);

#endif
