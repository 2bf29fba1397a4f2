/* The address that a printed code leads to: what a QR code says, and what people paste. */
#ifndef DOMAIN_CODE_ADDRESS_H
#define DOMAIN_CODE_ADDRESS_H

#include "domain/organisation.h"

/* "HTTPS://EXAMPLE.ORG/V/<code>": all upper case, so that a QR code holds it as alphanumeric. path
 * is "/V/". */
Text code_address_make(Ctx *ctx, const char *path, Text code);
/* What stands behind the path when a whole address was given, otherwise the text, trimmed. */
Text code_address_read(Text typed, const char *path);

#endif
