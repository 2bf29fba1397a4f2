/* A request for one SMS out of an organisation's own form of it: method, address, headers, body, a
 * blank line between each, with blanks; the text is what members gave. Whatever is filled in, it
 * stays inside its place: no header more, no address that breaks, JSON that is still JSON. */
#include <jansson.h>

#include "fuzz.h"
#include "outbound/sms_gateway.h"

static Text next_place(Text *rest) {
    size_t at = 0;
    while (at + 1 < rest->len && !(rest->ptr[at] == '\n' && rest->ptr[at + 1] == '\n')) at++;
    Text place = at + 1 < rest->len ? text_slice(*rest, 0, at) : *rest;
    *rest = text_slice(*rest, place.len + 2, SIZE_MAX);
    return place;
}

static bool is_json(Text text) {
    json_t *root = json_loadb(text.len ? text.ptr : "", text.len, 0, NULL);
    json_decref(root);
    return root != NULL;
}

static void stays_in_place(const HttpCall *call, const HttpCall *harmless, bool guessed) {
    assert(call->header_count == harmless->header_count);
    assert(call->header_count <= HTTP_CALL_HEADERS_MAX);
    for (int i = 0; i < call->header_count; i++) assert(!strpbrk(call->headers[i], "\r\n"));
    assert(!strpbrk(call->url, "\"") || strpbrk(harmless->url, "\""));
    assert(!strpbrk(call->url, " \r\n\t") || strpbrk(harmless->url, " \r\n\t"));
    bool json = harmless->body.len && harmless->body.ptr[0] == '{' && is_json(harmless->body);
    if (json && guessed) assert(is_json(call->body));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 8192 || !text_is_utf8(text_bytes(data, size)) || memchr(data, 0, size)) return 0;
    Arena *arena = arena_new(8 << 20);
    Text rest = text_bytes(data, size);
    const SmsGateway gateway = {.method = next_place(&rest), .url = next_place(&rest),
                                .headers = next_place(&rest), .body = next_place(&rest),
                                .secret = T("key"), .entity_id = T("1001"),
                                .header = T("GKCSMS"), .timeout_ms = 1000};
    const SmsMessage nasty = {.phone = T("+919000000001"), .template_id = T("7"),
                              .text = T("\"},{\"a\":\"\\ {secret}&to=1\r\nX: y é\t")};
    const SmsMessage plain = {.phone = T("x"), .template_id = T("x"), .text = T("x")};
    HttpCall call = {0}, harmless = {0};
    if (sms_gateway_fill(arena, &gateway, &nasty, &call) &&
        sms_gateway_fill(arena, &gateway, &plain, &harmless))
        stays_in_place(&call, &harmless, !gateway.headers.len);
    arena_delete(arena);
    return 0;
}
