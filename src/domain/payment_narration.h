/* What the line of a statement said of a payment: by whom, for what. Kept sealed while somebody
 * must decide about it, for who administers the whole; dropped once nothing of it is left. */
#ifndef DOMAIN_PAYMENT_NARRATION_H
#define DOMAIN_PAYMENT_NARRATION_H

#include "domain/organisation.h"

enum { PAYMENT_NARRATION_BYTES = 300 }; /* what is longer is cut between characters */

/* Once; empty: nothing. A write. */
MUST_USE Status payment_narration_keep(Ctx *ctx, int64_t payment_id, Text narration);
/* Empty where there is none. DENIED treasury_not_yours. */
MUST_USE Status payment_narration_read(Ctx *ctx, int64_t payment_id, Text *ret);
/* A write. */
MUST_USE Status payment_narration_drop(Ctx *ctx, int64_t payment_id);

#endif
