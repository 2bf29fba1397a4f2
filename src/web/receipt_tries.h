/* Guessing at receipts, slowed down. Their numbers are counted on, so that a number alone can be
 * looked up only so often; a code is guessed for one receipt, and wrong ones count for that. */
#ifndef WEB_RECEIPT_TRIES_H
#define WEB_RECEIPT_TRIES_H

#include "domain/receipt_issued.h"
#include "web/request.h"

/* Before the register is asked: LIMIT when this client has guessed too often. */
MUST_USE Status receipt_tries_left(Request *rq, const ReceiptCheck *read);
/* After it. */
MUST_USE Status receipt_tries_count(Request *rq, const ReceiptCheck *found);

#endif
