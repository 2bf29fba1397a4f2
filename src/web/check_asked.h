/* What both faces of checking do: read the code, look, and slow down whoever guesses. A check code
 * is guessed for one number, so wrong tags count for that number: people behind the same address go
 * on checking others. Numbers alone are guessed for any. */
#ifndef WEB_CHECK_ASKED_H
#define WEB_CHECK_ASKED_H

#include "domain/check.h"
#include "web/request.h"

typedef struct CheckAsked {
    Check read;   /* what the code says by itself */
    Check result; /* with what the register knows; after check_asked_apply */
} CheckAsked;

/* Prepares rq->state, a CheckAsked, of the parameter "code": LIMIT when this client has guessed too
 * often. */
MUST_USE Status check_asked_prepare(Request *rq);
MUST_USE Status check_asked_apply(Request *rq);
/* In render, first: counts the try when it was wrong. */
MUST_USE Status check_asked_count(Request *rq);

#endif
