/* Who may decide about the organisation's money. */
#ifndef DOMAIN_TREASURY_SCOPE_H
#define DOMAIN_TREASURY_SCOPE_H

#include "base/ctx.h"

/* Money is the whole organisation's: DENIED treasury_not_yours unless the actor is the operator, or
 * administers from the root on. Ask before anything is read: what is not there must not be told
 * from what is not theirs. */
MUST_USE Status treasury_scope_check(Ctx *ctx);
/* The same as a question. */
bool treasury_scope_has(const Ctx *ctx);

#endif
