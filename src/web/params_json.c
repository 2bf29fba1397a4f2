/* The reader is jansson's; here its tree is held against the declarations. */
#include "web/params_json.h"

#include <jansson.h>

#include "web/params.h"

enum { DEPTH_MAX = 8, FIELD_BYTES_MAX = 200 };

/* jansson's own limit is 2048, which is stack for nothing. */
static bool too_deep(Text body) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < body.len; i++) {
        char c = body.ptr[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DEPTH_MAX) return true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return false;
}

static void release(void *resource) { json_decref(resource); }

static int find_declared(const Param *params, const char *field) {
    for (int i = 0; params && params[i].name; i++)
        if (params[i].place == PARAM_JSON && strcmp(params[i].name, field) == 0) return i;
    return -1;
}

static bool is_declared_object(const Param *params, const char *field) {
    size_t len = strlen(field);
    for (int i = 0; params && params[i].name; i++)
        if (params[i].place == PARAM_JSON && strncmp(params[i].name, field, len) == 0 &&
            params[i].name[len] == '.')
            return true;
    return false;
}

static Status take(Exchange *x, const Param *param, ParamValue *ret, json_t *value) {
    bool text = param->type == PARAM_TEXT || param->type == PARAM_LINES ||
                param->type == PARAM_SECRET ||
                param->type == PARAM_CHOICE;
    if (text && json_is_string(value)) {
        ret->text = text_bytes(json_string_value(value), json_string_length(value));
        ret->given = true;
    } else if (param->type == PARAM_INT && json_is_integer(value)) {
        ret->number = json_integer_value(value);
        ret->given = true;
    } else if (param->type == PARAM_BOOL && json_is_boolean(value)) {
        ret->number = json_is_true(value);
        ret->given = true;
    } else if (!json_is_null(value)) {
        const char *key = text                            ? "param_not_text"
                          : param->type == PARAM_INT ? "param_not_number"
                                                     : "param_not_bool";
        return fail(&x->rq.ctx, INVALID, param->name, param->message ? param->message : key);
    }
    return OK;
}

static Status unknown(Exchange *x, const char *field) {
    (void)fail(&x->rq.ctx, INVALID, field, "param_unknown");
    fail_arg(&x->rq.ctx, "name", text_of(field));
    return INVALID;
}

/* prefix: the field of object and a dot, or "". Recursion ends with the depth of declared names. */
static Status take_object(Exchange *x, const char *prefix, json_t *object) {
    Ctx *ctx = &x->rq.ctx;
    const Param *params = x->rq.route->params;
    Status status = OK;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        if (ctx->error_count == ERROR_MAX) break; /* enough to mend, and memory has an end */
        if (strlen(prefix) + strlen(key) > FIELD_BYTES_MAX) return unknown(x, "…");
        const char *field = arena_printf(ctx->arena, "%s%s", prefix, key).ptr;
        int at = find_declared(params, field);
        Status this;
        if (at >= 0)
            this = take(x, &params[at], &x->values[at], value);
        else if (!is_declared_object(params, field))
            this = unknown(x, field);
        else if (json_is_object(value))
            this = take_object(x, arena_printf(ctx->arena, "%s.", field).ptr, value);
        else
            this = json_is_null(value) ? OK : fail(ctx, INVALID, field, "param_not_object");
        if (status == OK) status = this;
    }
    return status;
}

Status params_json_read(Exchange *x) {
    json_error_t error;
    json_t *root = NULL;
    if (!too_deep(x->rq.body))
        root = json_loadb(x->rq.body.ptr, x->rq.body.len, JSON_REJECT_DUPLICATES, &error);
    if (root) arena_defer(x->rq.ctx.arena, release, root);
    if (!json_is_object(root)) {
        x->rq.http_status = 400;
        return fail(&x->rq.ctx, INVALID, NULL, "body_not_json");
    }
    return take_object(x, "", root);
}
