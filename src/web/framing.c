/* libmicrohttpd leaves these to its caller. */
#include "web/framing.h"

#include "base/limits.h"

static bool refuse(Exchange *x, int http_status, Status status, const char *message) {
    exchange_refuse(x, http_status, status, message);
    return false;
}

static bool lengths_are_clear(const Exchange *x) {
    int lengths, encodings;
    exchange_header(x, T("Content-Length"), &lengths);
    Text encoding = exchange_header(x, T("Transfer-Encoding"), &encodings);
    if (lengths > 1 || encodings > 1 || (lengths && encodings)) return false;
    if (encodings) return x->http_1_1 && text_eq_ignoring_case(encoding, T("chunked"));
    return !lengths || framing_body_length(x) < INT64_MAX;
}

int64_t framing_body_length(const Exchange *x) {
    int count;
    Text value = exchange_header(x, T("Content-Length"), &count);
    int64_t length = 0;
    if (!count) return 0;
    return text_to_int(value, &length) && value.ptr[0] != '-' ? length : INT64_MAX;
}

/* A name with a space before the colon is read as another name by some (RFC 9112 §5.1). */
static bool names_are_clear(const Exchange *x) {
    for (int i = 0; i < x->header_count; i++) {
        Text name = x->headers[i].name;
        for (size_t at = 0; at < name.len; at++)
            if ((unsigned char)name.ptr[at] <= 0x20 || (unsigned char)name.ptr[at] >= 0x7F)
                return false;
        if (!name.len) return false;
    }
    return true;
}

static bool is_loopback(const Exchange *x, Text host) {
    static const Text names[] = {{"127.0.0.1", 9}, {"localhost", 9}, {"[::1]", 5}};
    Text port = arena_printf(x->rq.ctx.arena, ":%d", x->rq.app->port);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (host.len == names[i].len + port.len &&
            text_eq_ignoring_case(text_slice(host, 0, names[i].len), names[i]) &&
            text_ends_with(host, port))
            return true;
    return false;
}

static bool is_our_host(const Exchange *x, Text host) {
    Text ours = x->rq.app->org->host;
    if (text_eq_ignoring_case(host, ours)) return true;
    Text usual = text_starts_with(x->rq.app->org->base_url, T("https:")) ? T(":443") : T(":80");
    if (host.len == ours.len + usual.len && text_ends_with(host, usual) &&
        text_eq_ignoring_case(text_slice(host, 0, ours.len), ours))
        return true;
    return is_loopback(x, host);
}

/* A NUL means the end to some readers, however it is written. */
static bool has_nul(Text target) {
    for (size_t i = 0; i + 3 <= target.len; i++)
        if (memcmp(target.ptr + i, "%00", 3) == 0) return true;
    return false;
}

static bool is_plain_target(Text target) {
    if (has_nul(target)) return false;
    for (size_t i = 0; i < target.len; i++)
        if ((unsigned char)target.ptr[i] <= 0x20 || (unsigned char)target.ptr[i] >= 0x7F)
            return false;
    return target.len > 0 && target.ptr[0] == '/';
}

bool framing_check(Exchange *x) {
    if (x->headers_lost) return refuse(x, 431, LIMIT, "request_malformed");
    if (!names_are_clear(x) || !lengths_are_clear(x))
        return refuse(x, 400, INVALID, "request_malformed");
    if (x->target.len > LIMIT_URL_BYTES) return refuse(x, 414, LIMIT, "address_too_long");
    if (x->target_cut || !is_plain_target(x->target))
        return refuse(x, 400, INVALID, "request_malformed");
    int hosts;
    Text host = exchange_header(x, T("Host"), &hosts);
    if (hosts > 1 || (!hosts && x->http_1_1)) return refuse(x, 400, INVALID, "request_malformed");
    if (hosts && !is_our_host(x, host)) return refuse(x, 421, NOT_FOUND, "host_not_ours");
    return true;
}
