/* What happens to one exchange, in order: framing, host, route, method, session, parameters,
 * limits, then the handlers. Knows neither sockets nor the HTTP library. */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "web/exchange.h"

typedef enum DispatchNext {
    DISPATCH_ANSWERED, /* x->answer is ready to go */
    DISPATCH_WRITE,    /* run dispatch_apply on the writer, then dispatch_finish */
} DispatchNext;

/* With the head read (method, target, headers): finds the route and the longest body it takes.
 * True: x->answer is a refusal that must go at once and end the connection. */
bool dispatch_begin(Exchange *x);
/* With the body read. */
DispatchNext dispatch_run(Exchange *x);
/* An Apply: argument is the exchange. */
MUST_USE Status dispatch_apply(Ctx *ctx, void *argument);
void dispatch_finish(Exchange *x, Status status);

#endif
