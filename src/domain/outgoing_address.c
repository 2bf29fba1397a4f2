/* The form of addresses that are asked; see outgoing_address.h. */
#include "domain/outgoing_address.h"

typedef enum Fault { FAULT_NONE, FAULT_FORM, FAULT_TLS } Fault;

static bool is_this_machine(Text host) {
    if (text_eq(host, T("localhost")) || text_eq(host, T("[::1]"))) return true;
    for (size_t i = 0; i < host.len; i++) /* 127.example.org is somebody else's */
        if (host.ptr[i] != '.' && (host.ptr[i] < '0' || host.ptr[i] > '9')) return false;
    return text_starts_with(host, T("127."));
}

static Fault fault_of(Text url, size_t max) {
    bool tls = text_starts_with(url, T("https://"));
    if (!tls && !text_starts_with(url, T("http://"))) return FAULT_FORM;
    Text rest = text_slice(url, tls ? 8 : 7, SIZE_MAX);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?' && rest.ptr[end] != '#')
        end++;
    Text host = text_slice(rest, 0, end);
    size_t port = text_starts_with(host, T("[")) ? text_find_byte(host, ']') + 1
                                                 : text_find_byte(host, ':');
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= 0x20 || (unsigned char)url.ptr[i] >= 0x7F)
            return FAULT_FORM;
    if (!host.len || url.len > max || text_find_byte(host, '{') < host.len ||
        text_find_byte(host, '@') < host.len || text_find_byte(host, '\\') < host.len)
        return FAULT_FORM;
    return tls || is_this_machine(text_slice(host, 0, port)) ? FAULT_NONE : FAULT_TLS;
}

bool outgoing_address_is_valid(Text url, size_t max) { return fault_of(url, max) == FAULT_NONE; }

Status outgoing_address_check(Ctx *ctx, const char *field, Text url, size_t max) {
    switch (fault_of(url, max)) {
    case FAULT_NONE: return OK;
    case FAULT_FORM: return fail(ctx, INVALID, field, "gateway_url_form");
    case FAULT_TLS: break;
    }
    return fail(ctx, INVALID, field, "gateway_url_tls");
}
