/* Declared parameters, and nothing else, from path, query, form, JSON body and headers. Must never
 * let a value through that its declaration does not allow. */
#ifndef WEB_PARAMS_H
#define WEB_PARAMS_H

#include "web/exchange.h"

/* Fills x->values by x->rq.route->params. Records an error with its field for each parameter that
 * is missing, wrong or (API, forms) not declared, and returns INVALID. A body that cannot be read
 * at all is http status 400, one of another type 415. */
MUST_USE Status params_gather(Exchange *x);

/* The route's parameter that is a file, or NULL. */
const Param *params_file(const Route *route);
/* Records that it is larger than it may be, in the route's words. */
Status params_file_too_large(Ctx *ctx, const Route *route);

/* Devanagari digits as ASCII ones, as people type them; all else as it is. UTF-8. */
Text params_plain_digits(Arena *arena, Text t);

/* Undoes percent-encoding (RFC 3986) and, in forms, "+" for a space (WHATWG URL §5.1). False when
 * a percent sign has no two hex digits behind it, or the arena has no room. */
bool params_percent_decode(Arena *arena, Text raw, bool plus_is_space, Text *ret);

#endif
