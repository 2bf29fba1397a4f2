/* JSON bodies to declared parameters. */
#ifndef WEB_PARAMS_JSON_H
#define WEB_PARAMS_JSON_H

#include "web/exchange.h"

/* Flattens the body's object (RFC 8259, no key twice, no U+0000, nested at most 8 deep) to
 * x->values: "fee.amount_paise" is amount_paise inside fee; null is as if it was not there. Texts
 * are not yet checked but for their type. INVALID with http status 400 when it is no JSON
 * object. */
MUST_USE Status params_json_read(Exchange *x);

#endif
