/* Within the domain: gateway.c asks gateway_check.c. */
#ifndef DOMAIN_GATEWAY_CHECK_H
#define DOMAIN_GATEWAY_CHECK_H

#include "domain/gateway.h"

/* Fails with what is wrong; all texts must be there (empty is fine). */
MUST_USE Status gateway_check(Ctx *ctx, const Gateway *gateway);

#endif
