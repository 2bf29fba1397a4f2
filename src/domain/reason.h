/* Why somebody decided something, in their own words. */
#ifndef DOMAIN_REASON_H
#define DOMAIN_REASON_H

#include "base/ctx.h"

/* Trims it. INVALID reason_form on "reason" when nothing is left of it, or more than
 * LIMIT_REASON_BYTES. */
MUST_USE Status reason_check(Ctx *ctx, Text *reason);

#endif
