/* What a gateway's settings must be before they are kept. */
#include "base/blank.h"
#include "domain/gateway_check.h"
#include "domain/outgoing_address.h"

static bool is_line(Text t) {
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.ptr[i] < 0x20 || t.ptr[i] == 0x7F) return false;
    return text_is_utf8(t);
}

static bool is_identifier(Text t) {
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_' || c == '.'))
            return false;
    }
    return t.len <= GATEWAY_ID_BYTES;
}

static bool is_header_name(Text name) {
    for (size_t i = 0; i < name.len; i++)
        if (!is_identifier(text_slice(name, i, 1))) return false;
    return name.len > 0;
}

/* A key belongs into "secret", where nobody is shown it. */
static bool hides_key(Text name, Text value) {
    static const char *const words[] = {"auth", "key", "token", "secret", "password"};
    char lower[64];
    size_t len = name.len < sizeof lower - 1 ? name.len : sizeof lower - 1;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(name.ptr[i] | (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? 0x20 : 0));
    lower[len] = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(lower, words[i])) return !blank_count(value, T("secret"));
    return false;
}

static Status check_headers(Ctx *ctx, Text headers) {
    Text rest = headers, line;
    int count = 0;
    if (headers.len > GATEWAY_HEADERS_BYTES)
        return fail(ctx, INVALID, "headers", "gateway_headers_form");
    while (rest.len && text_split(&rest, '\n', &line)) {
        size_t colon = text_find_byte(line, ':');
        if (++count > GATEWAY_HEADERS_MAX || colon == line.len || !is_line(line) ||
            !is_header_name(text_slice(line, 0, colon)))
            return fail(ctx, INVALID, "headers", "gateway_headers_form");
        if (hides_key(text_slice(line, 0, colon), text_slice(line, colon, line.len)))
            return fail(ctx, INVALID, "headers", "gateway_header_secret");
    }
    return OK;
}

static bool has_blank(const Gateway *g, Text name) {
    return blank_count(g->url, name) || blank_count(g->body, name);
}

static Status check_request(Ctx *ctx, const Gateway *g) {
    TRY(outgoing_address_check(ctx, "url", g->url, GATEWAY_URL_BYTES));
    TRY(check_headers(ctx, g->headers));
    bool get = text_eq(g->method, T("GET"));
    if (!get && !text_eq(g->method, T("POST")) && !text_eq(g->method, T("PUT")))
        return fail(ctx, INVALID, "method", "gateway_method_form");
    if (g->body.len > GATEWAY_BODY_BYTES || !text_is_utf8(g->body) || (get && g->body.len))
        return fail(ctx, INVALID, "body", "gateway_body_form");
    if (g->secret.len > GATEWAY_SECRET_BYTES || !is_line(g->secret))
        return fail(ctx, INVALID, "secret", "gateway_secret_form");
    if (!has_blank(g, T("phone")) && !has_blank(g, T("digits")))
        return fail(ctx, INVALID, get ? "url" : "body", "gateway_no_phone");
    if (!has_blank(g, T("text")))
        return fail(ctx, INVALID, get ? "url" : "body", "gateway_no_text");
    return OK;
}

static Status check_template(Ctx *ctx, const GatewayTemplate *t) {
    const GatewayPurpose *purpose = gateway_purpose(t->purpose);
    if (!purpose) return fail(ctx, INVALID, "templates", "gateway_purpose_form");
    if (!is_identifier(t->id)) return fail(ctx, INVALID, "templates", "gateway_id_form");
    if (!t->text.len || t->text.len > GATEWAY_TEXT_BYTES || !text_is_utf8(t->text))
        return fail(ctx, INVALID, "templates", "gateway_text_form");
    if (blank_count(t->text, T("code")) != (purpose->has_code ? 1 : 0))
        return fail(ctx, INVALID, "templates", "gateway_text_code");
    if (blank_count(t->text, T("act")) != (purpose->has_act ? 1 : 0))
        return fail(ctx, INVALID, "templates", "gateway_text_act");
    if ((blank_count(t->text, T("member")) > 0) != purpose->has_member)
        return fail(ctx, INVALID, "templates", "gateway_text_member");
    return OK;
}

static Status check_templates(Ctx *ctx, const Gateway *g) {
    bool joins[LANG_COUNT] = {false}, acts[LANG_COUNT] = {false};
    for (int i = 0; i < g->template_count; i++) {
        const GatewayTemplate *t = &g->templates[i];
        TRY(check_template(ctx, t));
        if (text_eq(t->purpose, T("code"))) joins[t->lang] = true;
        if (text_eq(t->purpose, T("act"))) acts[t->lang] = true;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (!joins[lang] || !acts[lang])
            return fail(ctx, INVALID, "templates", "gateway_text_missing");
    return OK;
}

Status gateway_check(Ctx *ctx, const Gateway *g) {
    if (g->kind != GATEWAY_LOG && g->kind != GATEWAY_HTTP)
        return fail(ctx, INVALID, "kind", "gateway_kind_form");
    if (g->kind == GATEWAY_LOG && !ctx->org->demo)
        return fail(ctx, DENIED, "kind", "gateway_log_demo_only");
    if (g->kind == GATEWAY_HTTP) TRY(check_request(ctx, g));
    if (!is_identifier(g->entity_id)) return fail(ctx, INVALID, "entity_id", "gateway_id_form");
    if (!is_identifier(g->header)) return fail(ctx, INVALID, "header", "gateway_id_form");
    if (g->success_text.len > GATEWAY_TEXT_BYTES || !is_line(g->success_text))
        return fail(ctx, INVALID, "success_text", "gateway_success_form");
    if (g->timeout_ms < GATEWAY_TIMEOUT_MS_MIN || g->timeout_ms > GATEWAY_TIMEOUT_MS_MAX)
        return fail(ctx, INVALID, "timeout_ms", "gateway_timeout_form");
    if (g->daily_cap < 1 || g->daily_cap > GATEWAY_CAP_MAX)
        return fail(ctx, INVALID, "daily_cap", "gateway_cap_form");
    return check_templates(ctx, g);
}
