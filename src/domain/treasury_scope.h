/* Who may decide about the organisation's money. */
#ifndef DOMAIN_TREASURY_SCOPE_H
#define DOMAIN_TREASURY_SCOPE_H

#include "base/ctx.h"

/* Money is the whole organisation's: DENIED unit_not_yours unless the actor is the operator, or
 * administers from the root on. */
MUST_USE Status treasury_scope_check(Ctx *ctx);

#endif
