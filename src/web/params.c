/* Gathers first, then checks each value against its row, so that one answer names all errors. */
#include "web/params.h"

#include "base/limits.h"
#include "web/multipart.h"
#include "web/params_json.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool params_percent_decode(Arena *arena, Text raw, bool plus_is_space, Text *ret) {
    if (text_find_byte(raw, '%') == raw.len &&
        (!plus_is_space || text_find_byte(raw, '+') == raw.len)) {
        *ret = raw;
        return true;
    }
    char *out = arena_try(arena, raw.len);
    if (!out) return false;
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '+' && plus_is_space) {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < raw.len ? hex_digit(raw.ptr[i + 1]) : -1;
            int low = high >= 0 ? hex_digit(raw.ptr[i + 2]) : -1;
            if (low < 0) return false;
            c = (char)(high << 4 | low);
            i += 2;
        }
        out[len++] = c;
    }
    *ret = (Text){out, len};
    return true;
}

static Status malformed(Exchange *x, const char *message) {
    x->rq.http_status = 400;
    return fail(&x->rq.ctx, INVALID, NULL, message);
}

static Status unknown(Exchange *x, Text name) {
    const char *field = text_is_utf8(name) ? arena_cstr(x->rq.ctx.arena, text_slice(name, 0, 64))
                                           : "?";
    if (!text_is_utf8(text_of(field))) field = "?"; /* cut inside a letter */
    (void)fail(&x->rq.ctx, INVALID, field, "param_unknown");
    fail_arg(&x->rq.ctx, "name", text_of(field));
    return INVALID;
}

static int find(const Param *params, ParamPlace place, Text name) {
    for (int i = 0; params && params[i].name; i++)
        if (params[i].place == place && text_eq(text_of(params[i].name), name)) return i;
    return -1;
}

/* The names that every page knows besides its own. */
static bool take_common(Exchange *x, ParamPlace place, Text name, Text value) {
    if (place == PARAM_QUERY && text_eq(name, T("lang"))) return true; /* session_language's */
    if (place == PARAM_FORM && text_eq(name, T("csrf"))) {
        x->form_csrf = value;
        return true;
    }
    return false;
}

/* application/x-www-form-urlencoded, in a query or a body. */
static Status read_pairs(Exchange *x, ParamPlace place, Text raw) {
    Ctx *ctx = &x->rq.ctx;
    Status status = OK;
    Text rest = raw, pair;
    while (rest.ptr && text_split(&rest, '&', &pair)) {
        if (ctx->error_count == ERROR_MAX) break; /* enough to mend, and memory has an end */
        if (!pair.len) continue;
        size_t equals = text_find_byte(pair, '=');
        Text name, value;
        if (!params_percent_decode(ctx->arena, text_slice(pair, 0, equals), true, &name) ||
            !params_percent_decode(ctx->arena, text_slice(pair, equals + 1, pair.len), true,
                                   &value))
            return malformed(x, "request_malformed");
        int at = find(x->rq.route->params, place, name);
        Status this = OK;
        if (at >= 0 && x->values[at].text.ptr)
            this = fail(ctx, INVALID, x->rq.route->params[at].name, "param_twice");
        else if (at >= 0)
            x->values[at].text = value.ptr ? value : T("");
        else if (!take_common(x, place, name, value) && (place == PARAM_FORM || x->is_api))
            this = unknown(x, name);
        if (status == OK) status = this;
    }
    return status;
}

static Status read_path(Exchange *x) {
    int nth = 0;
    const Param *params = x->rq.route->params;
    for (int i = 0; params && params[i].name; i++) {
        if (params[i].place != PARAM_PATH) continue;
        if (nth >= x->path_count) break;
        if (!params_percent_decode(x->rq.ctx.arena, x->path_values[nth++], false,
                                   &x->values[i].text))
            return malformed(x, "request_malformed");
    }
    return OK;
}

static Status read_headers(Exchange *x) {
    const Param *params = x->rq.route->params;
    for (int i = 0; params && params[i].name; i++) {
        if (params[i].place != PARAM_HEADER) continue;
        int count;
        x->values[i].text = exchange_header(x, text_of(params[i].name), &count);
        if (count > 1) return fail(&x->rq.ctx, INVALID, params[i].name, "param_twice");
    }
    return OK;
}

static Status take_part(Exchange *x, const MultipartPart *part) {
    const Param *params = x->rq.route->params;
    int at = find(params, PARAM_FORM, part->name);
    if (at < 0) {
        bool common = !part->is_file && take_common(x, PARAM_FORM, part->name, part->value);
        return common ? OK : unknown(x, part->name);
    }
    if (part->is_file != (params[at].type == PARAM_FILE)) return unknown(x, part->name);
    if (x->values[at].text.ptr) return fail(&x->rq.ctx, INVALID, params[at].name, "param_twice");
    x->values[at].text = part->value;
    return OK;
}

static Status read_multipart(Exchange *x) {
    MultipartPart parts[MULTIPART_PARTS_MAX];
    Text boundary;
    int count;
    Status status = OK;
    if (!multipart_boundary(exchange_header(x, T("Content-Type"), NULL), &boundary) ||
        !multipart_read(x->rq.body, boundary, parts, &count))
        return malformed(x, "request_malformed");
    for (int i = 0; i < count; i++) {
        Status this = take_part(x, &parts[i]);
        if (status == OK) status = this;
    }
    return status;
}

const Param *params_file(const Route *route) {
    for (const Param *p = route->params; p && p->name; p++)
        if (p->type == PARAM_FILE) return p;
    return NULL;
}

Status params_file_too_large(Ctx *ctx, const Route *route) {
    const Param *file = params_file(route);
    (void)fail(ctx, INVALID, file->name, route->too_large);
    fail_arg_int(ctx, "megabytes", file->max_bytes >> 20);
    return INVALID;
}

static bool declares(const Param *params, ParamPlace place) {
    for (int i = 0; params && params[i].name; i++)
        if (params[i].place == place) return true;
    return false;
}

static Status read_body(Exchange *x) {
    if (x->head_only || text_eq(x->method, T("GET")) || x->rq.route->raw_body) return OK;
    bool json = declares(x->rq.route->params, PARAM_JSON);
    Text type = exchange_header(x, T("Content-Type"), NULL);
    type = text_trim(text_slice(type, 0, text_find_byte(type, ';')));
    bool file = params_file(x->rq.route);
    if (file && text_eq_ignoring_case(type, T("multipart/form-data"))) return read_multipart(x);
    if (json ? text_eq_ignoring_case(type, T("application/json"))
             : text_eq_ignoring_case(type, T("application/x-www-form-urlencoded")))
        return json ? params_json_read(x) : read_pairs(x, PARAM_FORM, x->rq.body);
    if (!x->rq.body.len && !json) return OK;
    x->rq.http_status = 415;
    return fail(&x->rq.ctx, INVALID, NULL, json ? "body_type_json" : "body_type_form");
}

static bool is_clean_text(Text t, bool lines) {
    if (!text_is_utf8(t)) return false;
    for (size_t at = 0; at < t.len;) {
        uint32_t cp = text_next_codepoint(t, &at);
        if (lines && (cp == '\n' || cp == '\r' || cp == '\t')) continue;
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return false;
    }
    return true;
}

static bool is_choice(Text choices, Text value) {
    Text choice;
    while (choices.ptr && text_split(&choices, '|', &choice))
        if (text_eq(choice, value)) return true;
    return false;
}

Text params_plain_digits(Arena *arena, Text t) {
    char *plain = arena_alloc(arena, t.len + 4);
    size_t len = 0;
    for (size_t at = 0; at < t.len;) {
        uint32_t cp = text_plain_digit(text_next_codepoint(t, &at));
        len += text_encode_codepoint(cp, plain + len);
    }
    return (Text){plain, len};
}

static bool to_number(Arena *arena, Text t, int64_t *ret) {
    return text_to_int(params_plain_digits(arena, t), ret);
}

static bool to_bool(Text t, int64_t *ret) {
    *ret = text_eq(t, T("1")) || text_eq(t, T("on")) || text_eq(t, T("yes"));
    return *ret || text_eq(t, T("0")) || text_eq(t, T("off")) || text_eq(t, T("no"));
}

static Status wrong(Exchange *x, const Param *param, const char *message) {
    return fail(&x->rq.ctx, INVALID, param->name, param->message ? param->message : message);
}

static Status too_long(Exchange *x, const Param *param, int max) {
    (void)fail(&x->rq.ctx, INVALID, param->name, "param_too_long");
    fail_arg_int(&x->rq.ctx, "max", max);
    return INVALID;
}

static Status out_of_range(Exchange *x, const Param *param) {
    (void)wrong(x, param, "param_out_of_range");
    fail_arg_int(&x->rq.ctx, "min", param->min);
    fail_arg_int(&x->rq.ctx, "max", param->max);
    return INVALID;
}

static Status check_text(Exchange *x, const Param *param, ParamValue *value) {
    value->text = text_trim(value->text);
    int max = param->max_bytes ? param->max_bytes : LIMIT_URL_BYTES;
    if (value->text.len > (size_t)max) return too_long(x, param, max);
    if (!is_clean_text(value->text, param->type == PARAM_LINES)) {
        value->text = TEXT_NONE;
        return wrong(x, param, "param_not_text");
    }
    value->given = value->text.len > 0;
    if (!value->given) return OK;
    if (param->type == PARAM_INT && !to_number(x->rq.ctx.arena, value->text, &value->number))
        return wrong(x, param, "param_not_number");
    if (param->type == PARAM_BOOL && !to_bool(value->text, &value->number))
        return wrong(x, param, "param_not_bool");
    if (param->type == PARAM_CHOICE && !is_choice(text_of(param->choices), value->text))
        return wrong(x, param, "param_choice");
    return OK;
}

static Status check(Exchange *x, const Param *param, ParamValue *value) {
    if (param->type == PARAM_FILE) {
        value->given = value->text.len > 0;
        if (value->text.len > (size_t)param->max_bytes)
            return params_file_too_large(&x->rq.ctx, x->rq.route);
    } else if (value->text.ptr) {
        if (param->place != PARAM_JSON && param->type == PARAM_BOOL && !value->text.len)
            return OK;
        TRY(check_text(x, param, value));
    }
    if (!value->given) return param->required ? wrong(x, param, "param_missing") : OK;
    if (param->type == PARAM_INT && (param->min || param->max) &&
        (value->number < param->min || value->number > param->max))
        return out_of_range(x, param);
    return OK;
}

/* Whether something was recorded about the parameter already. */
static bool has_error(const Ctx *ctx, const char *field) {
    for (int i = 0; i < ctx->error_count; i++)
        if (ctx->errors[i].field && strcmp(ctx->errors[i].field, field) == 0) return true;
    return false;
}

Status params_gather(Exchange *x) {
    const Param *params = x->rq.route->params;
    TRY(read_path(x));
    Status status = read_pairs(x, PARAM_QUERY, x->query);
    if (x->rq.http_status) return status;
    Status next = read_headers(x);
    if (status == OK) status = next;
    next = read_body(x);
    if (x->rq.http_status) return next;
    if (status == OK) status = next;
    x->params_read = status == OK;
    for (int i = 0; params && params[i].name; i++) {
        if (has_error(&x->rq.ctx, params[i].name)) continue;
        next = check(x, &params[i], &x->values[i]);
        if (status == OK) status = next;
    }
    return status;
}
