/* Cookies as browsers, and others, send them. A kept error is believed only under our tag; that
 * it is ours does not make its value safe to copy, so what comes out is looked at. The first byte
 * says whether the rest is the whole header or what stands in the cookie of errors. */
#include "base/limits.h"
#include "fuzz.h"
#include "web/app.h"
#include "web/error_cookie.h"
#include "web/exchange.h"

static void look(Exchange *x, const char *name) {
    Text value = request_cookie(&x->rq, name);
    assert(!value.len || !memchr(value.ptr, ';', value.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Organisation org;
    static Arena *arena;
    static Exchange x;
    static App app = {.org = &org};
    if (!arena && (!crypto_start() || !keyring_read(T(FUZZ_KEYS), &org.keys))) abort();
    org.code = T("GKC");
    org.base_url = T("https://gkc.example");
    if (!arena) arena = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    if (!size || size > LIMIT_URL_BYTES) return 0;
    exchange_reset(&x, &app, arena);
    Text rest = text_bytes(data + 1, size - 1);
    Text header = data[0] == 'e' ? arena_printf(arena, "a=b; __Host-join_said=%.*s", TEXT_ARG(rest))
                                 : rest;
    x.headers[x.header_count++] = (Header){T("Cookie"), header};
    look(&x, "lang");
    look(&x, "desk");
    look(&x, "join");
    assert(!error_cookie_take(&x.rq) && !x.rq.ctx.error_count); /* nobody has our tag */
    arena_clear(arena);
    return 0;
}
