/* Guessing at cards, slowed down. A check code is guessed for one number, so wrong tags count for
 * that number: people behind the same address go on checking others. Numbers alone are guessed
 * for any. */
#ifndef WEB_CHECK_TRIES_H
#define WEB_CHECK_TRIES_H

#include "domain/check.h"
#include "web/request.h"

/* Before the register is asked, with what check_read made of the code: LIMIT when this client has
 * guessed too often. */
MUST_USE Status check_tries_left(Request *rq, const Check *read);
/* After it: counts the try when it was wrong. */
MUST_USE Status check_tries_count(Request *rq, const Check *result);

#endif
