/* Which addresses this program asks for an organisation: by TLS, or on this machine. */
#ifndef DOMAIN_OUTGOING_ADDRESS_H
#define DOMAIN_OUTGOING_ADDRESS_H

#include "base/ctx.h"

/* https://, or http:// to this machine alone; printable ASCII, a host without blanks or user,
 * at most max bytes. INVALID gateway_url_form, gateway_url_tls on the field. */
MUST_USE Status outgoing_address_check(Ctx *ctx, const char *field, Text url, size_t max);
/* The same without words. */
bool outgoing_address_is_valid(Text url, size_t max);

#endif
