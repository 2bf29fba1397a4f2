/* Whether a request's head says one thing only: how long the body is, for which host it is. What
 * two readers may understand differently is refused (RFC 9112 §6.1, §11.2: request smuggling). */
#ifndef WEB_FRAMING_H
#define WEB_FRAMING_H

#include "web/exchange.h"

/* Refuses Transfer-Encoding with Content-Length or other than "chunked", a second Content-Length
 * even when equal, Host missing on HTTP/1.1 or doubled, hosts that are not ours (421), and targets
 * that are too long, no path or with a NUL, header names that are none. False when it refused. */
bool framing_check(Exchange *x);
/* Of Content-Length; 0 when there is none, INT64_MAX when it is no length. */
int64_t framing_body_length(const Exchange *x);

#endif
