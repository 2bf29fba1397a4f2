/* A walk over the table: some dozens of rows, most of which differ from a path in their first
 * letters. */
#include "web/route_match.h"

static bool is_rest_name(Text name) { return text_ends_with(name, T("*}")); }

static bool fits(const char *pattern, Text path, Text *values, int *ret_count) {
    int count = 0;
    size_t at = 0;
    while (*pattern) {
        if (*pattern != '{') {
            if (at >= path.len || path.ptr[at] != *pattern) return false;
            pattern++;
            at++;
            continue;
        }
        const char *end = strchr(pattern, '}');
        Text name = {pattern, (size_t)(end - pattern) + 1};
        Text value = text_slice(path, at, path.len);
        if (!is_rest_name(name)) value.len = text_find_byte(value, '/');
        if (!value.len) return false;
        values[count++] = value;
        at += value.len;
        pattern = end + 1;
    }
    *ret_count = count;
    return at == path.len;
}

static const char *allow_of(bool get, bool post) {
    if (get && post) return "GET, HEAD, POST";
    if (get) return "GET, HEAD";
    return post ? "POST" : NULL;
}

void route_match(Text method, Text path, RouteMatch *ret) {
    *ret = (RouteMatch){0};
    Text wanted = text_eq(method, T("HEAD")) ? T("GET") : method;
    Text values[REQUEST_PARAM_MAX];
    int count;
    bool get = false, post = false;
    ret->is_api = text_starts_with(path, T("/api/"));
    for (const Route *const *table = route_tables; *table; table++)
        for (const Route *route = *table; route->method; route++) {
            if (!fits(route->path, path, values, &count)) continue;
            get |= strcmp(route->method, "GET") == 0;
            post |= strcmp(route->method, "POST") == 0;
            if (!ret->route) ret->is_api = route->face == FACE_API;
            if (!text_eq(text_of(route->method), wanted)) continue;
            if (ret->route && ret->value_count <= count) continue;
            ret->route = route;
            ret->value_count = count;
            ret->is_api = route->face == FACE_API;
            memcpy(ret->values, values, (size_t)count * sizeof *values);
        }
    if (!ret->route) ret->allow = allow_of(get, post);
}
