/* Is this card genuine? For anybody, from a number, a check code or a signed code. */
#ifndef DOMAIN_CHECK_H
#define DOMAIN_CHECK_H

#include "crypto/check_code.h"
#include "domain/card.h"

typedef enum CheckVerdict {
    CHECK_VALID,
    CHECK_PROVISIONAL,  /* a member; the fee is being confirmed */
    CHECK_ENDED,        /* no longer a member; never why */
    CHECK_SUSPENDED,
    CHECK_REISSUED,     /* genuine once; a newer card was issued */
    CHECK_UNKNOWN,      /* well-formed, but no such member */
    CHECK_WRONG_TAG,    /* the number may exist, this code was not made by us */
    CHECK_WRONG_DIGIT,  /* a number with a slip of the pen */
    CHECK_NOT_A_CODE,
    CHECK_OTHER_ORGANISATION,
    CHECK_FORGED,       /* a signed code that our keys did not sign */
    CHECK_EXPIRED,
    CHECK_VERDICT_COUNT
} CheckVerdict;

typedef enum CheckKind { CHECK_BY_NUMBER, CHECK_BY_TAG, CHECK_BY_SIGNATURE } CheckKind;

typedef struct Check {
    CheckVerdict verdict;
    CheckKind kind;
    Text number;       /* as read, formatted; empty when none was read */
    bool shows_person; /* the card may be shown: only with a right tag or signature, of a member */
    int64_t signed_at; /* of a signed code: when it was issued */
    char tag[CHECK_TAG_CHARS + 1]; /* of a check code */
    Card card;
} Check;

/* "valid", "provisional", … as in the API. */
Text check_verdict_text(CheckVerdict verdict);
/* Reads the code: no store. check_look then asks the register about what was read; both always
 * return OK with a verdict unless the store fails. The code may be a whole check URL. */
MUST_USE Status check_read(Ctx *ctx, Text code, Check *ret);
MUST_USE Status check_look(Ctx *ctx, const Check *read, Check *ret);

#endif
