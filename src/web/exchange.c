/* Keeping one exchange's parts together. */
#include "web/exchange.h"

#include "base/clock.h"
#include "base/limits.h"

void exchange_reset(Exchange *x, App *app, Arena *arena) {
    Buffer out = x->out, packed = x->packed;
    *x = (Exchange){.out = out, .packed = packed};
    if (!x->out.max) x->out = buffer_heap(LIMIT_RESPONSE_BYTES);
    if (!x->packed.max) x->packed = buffer_heap(LIMIT_RESPONSE_BYTES);
    buffer_reset(&x->out);
    buffer_reset(&x->packed);
    ctx_init(&x->rq.ctx, arena);
    x->rq.ctx.org = app->org;
    x->rq.app = app;
    x->rq.exchange = x;
    x->rq.view = view_new(arena);
    x->body_max = LIMIT_BODY_BYTES;
    x->lost_max = LIMIT_LOST_BYTES;
    x->started_ns = clock_monotonic_ns();
}

Text exchange_header(const Exchange *x, Text name, int *ret_count) {
    Text found = TEXT_NONE;
    int count = 0;
    for (int i = 0; i < x->header_count; i++)
        if (text_eq_ignoring_case(x->headers[i].name, name) && count++ == 0)
            found = x->headers[i].value;
    if (ret_count) *ret_count = count;
    return found;
}

Text exchange_header_last(const Exchange *x, Text name) {
    for (int i = x->header_count - 1; i >= 0; i--)
        if (text_eq_ignoring_case(x->headers[i].name, name)) return x->headers[i].value;
    return TEXT_NONE;
}

void exchange_refuse(Exchange *x, int http_status, Status status, const char *message) {
    x->refused = true;
    x->rq.http_status = http_status;
    (void)fail(&x->rq.ctx, status, NULL, message);
}
