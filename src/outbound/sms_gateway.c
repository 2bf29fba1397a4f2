/* Filling the blanks of a gateway's request, each encoded as its place wants. */
#include "outbound/sms_gateway.h"

#include "base/blank.h"
#include "base/buffer.h"

enum { REQUEST_BYTES = 32768 };

typedef void (*Encode)(Buffer *out, Text value);

static void encode_percent(Buffer *out, Text value) {
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '.' || c == '_' || c == '~'; /* RFC 3986, unreserved */
        if (plain)
            buffer_byte(out, (char)c);
        else
            buffer_printf(out, "%%%02X", c);
    }
}

static void encode_json(Buffer *out, Text value) {
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (c == '"' || c == '\\') buffer_byte(out, '\\');
        if (c < 0x20)
            buffer_printf(out, "\\u%04x", c);
        else
            buffer_byte(out, (char)c);
    }
}

static void encode_header(Buffer *out, Text value) { buffer_add(out, value); }

static Text value_of(const SmsGateway *gateway, const SmsMessage *message, Text name,
                     bool *ret_known) {
    const struct {
        const char *name;
        Text value;
    } values[] = {
        {"phone", message->phone},
        {"digits", text_slice(message->phone, text_starts_with(message->phone, T("+")), SIZE_MAX)},
        {"text", message->text},
        {"template_id", message->template_id},
        {"entity_id", gateway->entity_id},
        {"header", gateway->header},
        {"secret", gateway->secret},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        *ret_known = text_eq(name, text_of(values[i].name));
        if (*ret_known) return values[i].value;
    }
    return TEXT_NONE;
}

static Text fill(Arena *arena, const SmsGateway *gateway, const SmsMessage *message, Text form,
                 Encode encode) {
    Buffer out = buffer_in(arena, REQUEST_BYTES);
    Text before, name;
    while (blank_next(&form, &before, &name)) {
        buffer_add(&out, before);
        bool known = true;
        Text value = name.len ? value_of(gateway, message, name, &known) : TEXT_NONE;
        if (known)
            encode(&out, value);
        else
            buffer_printf(&out, "{%.*s}", TEXT_ARG(name));
    }
    return out.overflowed ? TEXT_NONE : buffer_text(&out);
}

/* The value of a header line of that name, or TEXT_NONE. */
static Text header_value(Text line, Text name) {
    size_t colon = text_find_byte(line, ':');
    if (!text_eq_ignoring_case(text_trim(text_slice(line, 0, colon)), name)) return TEXT_NONE;
    return text_trim(text_slice(line, colon + 1, SIZE_MAX));
}

static bool contains(Text text, Text part) {
    if (!part.len) return true;
    for (size_t at = 0; at + part.len <= text.len; at++)
        if (memcmp(text.ptr + at, part.ptr, part.len) == 0) return true;
    return false;
}

static bool has_control(Text line) {
    for (size_t i = 0; i < line.len; i++)
        if ((unsigned char)line.ptr[i] < 0x20 || line.ptr[i] == 0x7F) return true;
    return false;
}

/* *ret_type: what the Content-Type says, or TEXT_NONE. */
static bool fill_headers(Arena *arena, const SmsGateway *gateway, const SmsMessage *message,
                         HttpCall *call, Text *ret_type) {
    Text rest = gateway->headers, line;
    *ret_type = TEXT_NONE;
    while (rest.len && text_split(&rest, '\n', &line)) {
        line = text_trim(line);
        if (!line.len) continue;
        Text filled = fill(arena, gateway, message, line, encode_header);
        if (!filled.len || has_control(filled) || call->header_count == HTTP_CALL_HEADERS_MAX - 1)
            return false;
        Text type = header_value(filled, T("content-type"));
        if (type.len) *ret_type = type;
        call->headers[call->header_count++] = arena_cstr(arena, filled);
    }
    return true;
}

bool sms_gateway_fill(Arena *arena, const SmsGateway *gateway, const SmsMessage *message,
                      HttpCall *ret) {
    *ret = (HttpCall){.arena = arena, .timeout_ms = gateway->timeout_ms};
    Text type, form = text_trim(gateway->body);
    if (!fill_headers(arena, gateway, message, ret, &type)) return false;
    bool json = type.len ? contains(type, T("json"))
                         : text_starts_with(form, T("{")) || text_starts_with(form, T("["));
    if (form.len && !type.len)
        ret->headers[ret->header_count++] =
            json ? "Content-Type: application/json"
                 : "Content-Type: application/x-www-form-urlencoded";
    Text url = fill(arena, gateway, message, gateway->url, encode_percent);
    ret->body = fill(arena, gateway, message, form, json ? encode_json : encode_percent);
    ret->url = arena_cstr(arena, url);
    ret->method = arena_cstr(arena, gateway->method);
    return url.len && (ret->body.len || !form.len);
}

SmsVerdict sms_gateway_judge(Arena *arena, Text success_text, const HttpCall *call,
                             Text *ret_reason) {
    *ret_reason = http_call_trouble_text(call->trouble);
    if (call->trouble == HTTP_CALL_NOT_REACHED || call->trouble == HTTP_CALL_UNTRUSTED ||
        call->trouble == HTTP_CALL_IMPOSSIBLE)
        return SMS_NOT_SENT;
    if (call->trouble != HTTP_CALL_ANSWERED) return SMS_UNSURE;
    if (call->status < 200 || call->status > 299) {
        *ret_reason = arena_printf(arena, "status %d", call->status);
        /* a proxy's 502 or 504 says nothing of the gateway behind it */
        return call->status == 502 || call->status == 504 ? SMS_UNSURE : SMS_NOT_SENT;
    }
    if (!contains(call->answer, success_text)) {
        *ret_reason = T("no success text");
        return SMS_UNSURE;
    }
    return SMS_SENT;
}
