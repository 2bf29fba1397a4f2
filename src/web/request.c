/* What handlers may ask of a request and say in it. */
#include "web/request.h"

#include <assert.h>

#include "web/exchange.h"
#include "web/rate_limit.h"
#include "web/respond.h"

static const ParamValue *value_of(const Request *rq, const char *name) {
    for (int i = 0; rq->route->params && rq->route->params[i].name; i++)
        if (strcmp(rq->route->params[i].name, name) == 0) return &rq->exchange->values[i];
    assert(!"a parameter that the route does not declare");
    return NULL;
}

Text request_text(const Request *rq, const char *name) { return value_of(rq, name)->text; }

int64_t request_int(const Request *rq, const char *name) { return value_of(rq, name)->number; }

bool request_bool(const Request *rq, const char *name) { return value_of(rq, name)->number != 0; }

bool request_has(const Request *rq, const char *name) { return value_of(rq, name)->given; }

Text request_path_value(const Request *rq, int i) {
    return i < rq->exchange->path_count ? rq->exchange->path_values[i] : T("");
}

bool request_wrong_values(const Request *rq) { return rq->exchange->wrong_count > 0; }

void request_tell_wrong_values(Request *rq) {
    const Exchange *x = rq->exchange;
    memcpy(rq->ctx.errors, x->wrong_values, (size_t)x->wrong_count * sizeof *x->wrong_values);
    rq->ctx.error_count = x->wrong_count;
}

/* Over https no neighbouring host, nor a page over http, can plant a cookie of such a name (RFC
 * 6265bis, section 4.1.3.2): without, who plants the secret of a draft can read the draft. */
static Text cookie_name(const Request *rq, const char *name) {
    if (!respond_is_https(rq->exchange)) return text_of(name);
    return arena_printf(rq->ctx.arena, "__Host-%s", name);
}

Text request_cookie(const Request *rq, const char *name) {
    Text wanted = cookie_name(rq, name);
    Text rest = exchange_header(rq->exchange, T("Cookie"), NULL), part;
    while (rest.ptr && text_split(&rest, ';', &part)) {
        part = text_trim(part);
        size_t equals = text_find_byte(part, '=');
        if (equals < part.len && text_eq(text_slice(part, 0, equals), wanted))
            return text_slice(part, equals + 1, part.len);
    }
    return TEXT_NONE;
}

void request_set_cookie(Request *rq, const char *name, Text value, int64_t max_age_s) {
    Exchange *x = rq->exchange;
    Text age = TEXT_NONE;
    if (max_age_s)
        age = arena_printf(rq->ctx.arena, "; Max-Age=%lld",
                           (long long)(max_age_s < 0 ? 0 : max_age_s));
    respond_header(x, "Set-Cookie",
                   arena_printf(rq->ctx.arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                                TEXT_ARG(cookie_name(rq, name)), TEXT_ARG(value),
                                respond_is_https(x) ? "; Secure" : "", TEXT_ARG(age)));
}

void request_redirect(Request *rq, Text path) {
    assert(text_starts_with(path, T("/")) && !text_starts_with(path, T("//")));
    rq->http_status = 303;
    respond_header(rq->exchange, "Location", path);
}

void request_redirect_outside(Request *rq, Text url) {
    rq->http_status = 303;
    respond_header(rq->exchange, "Location", url);
}

void request_reload_after(Request *rq, int seconds) {
    respond_header(rq->exchange, "Refresh", arena_printf(rq->ctx.arena, "%d", seconds));
}

void request_answer_bytes(Request *rq, const char *content_type, Text bytes,
                          const char *file_name) {
    Answer *answer = &rq->exchange->answer;
    answer->content_type = text_of(content_type);
    answer->body = bytes;
    if (file_name)
        respond_header(rq->exchange, "Content-Disposition",
                       arena_printf(rq->ctx.arena, "attachment; filename=\"%s\"", file_name));
}

void request_private(Request *rq) { rq->exchange->is_private = true; }

static Status too_many(Request *rq, int64_t wait_s) {
    rq->exchange->retry_after_s = wait_s;
    (void)fail(&rq->ctx, LIMIT, NULL, "tries_too_many");
    fail_arg_int(&rq->ctx, "minutes", (wait_s + 59) / 60);
    return LIMIT;
}

Status request_tries_left_of(Request *rq, const char *purpose, Text who) {
    int64_t wait_s = rate_limit_wait(rq->app->rates, text_of(purpose), who, rq->ctx.now_s);
    return wait_s ? too_many(rq, wait_s) : OK;
}

void request_count_once(Request *rq, const char *purpose, Text who) {
    if (rq->exchange->counted) return;
    rq->exchange->counted = true;
    (void)rate_limit_count(rq->app->rates, text_of(purpose), who, rq->ctx.now_s);
}

static Text client_at(Request *rq, Text thing) {
    if (!thing.len) return rq->client;
    return arena_printf(rq->ctx.arena, "%.*s/%.*s", TEXT_ARG(rq->client), TEXT_ARG(thing));
}

Status request_wrong_try_at(Request *rq, const char *purpose, Text thing) {
    int64_t wait_s = rate_limit_count(rq->app->rates, text_of(purpose), client_at(rq, thing),
                                      rq->ctx.now_s);
    return wait_s ? too_many(rq, wait_s) : OK;
}

Status request_tries_left_at(Request *rq, const char *purpose, Text thing) {
    int64_t wait_s = rate_limit_wait(rq->app->rates, text_of(purpose), client_at(rq, thing),
                                     rq->ctx.now_s);
    return wait_s ? too_many(rq, wait_s) : OK;
}

void request_count_at(Request *rq, const char *purpose, Text thing) {
    (void)rate_limit_count(rq->app->rates, text_of(purpose), client_at(rq, thing), rq->ctx.now_s);
}

void request_count(Request *rq, const char *purpose) {
    request_count_at(rq, purpose, TEXT_NONE);
}

Status request_wrong_try(Request *rq, const char *purpose) {
    return request_wrong_try_at(rq, purpose, TEXT_NONE);
}

Status request_tries_left(Request *rq, const char *purpose) {
    return request_tries_left_at(rq, purpose, TEXT_NONE);
}
