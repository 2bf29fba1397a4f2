/* Parameters from query, path, form and JSON body. The first byte says which; whatever comes
 * through must be what its declaration allows, and a refusal must name a message. */
#include "base/limits.h"
#include "fuzz.h"
#include "web/params.h"

#define FIELDS(place)                                                                              \
    {"name", place, PARAM_TEXT, true, 40, 0, 0, NULL, NULL, "n"},                                  \
    {"pin", place, PARAM_TEXT, false, 10, 0, 0, NULL, NULL, "p"},                                  \
    {"gender", place, PARAM_CHOICE, false, 0, 0, 0, "f|m|x|n", NULL, "g"},                         \
    {"birth_year", place, PARAM_INT, false, 0, 1900, 2100, NULL, NULL, "b"},                       \
    {"consent.at", place, PARAM_INT, false, 0, 0, 0, NULL, NULL, "a"},                             \
    {"consent.agreed", place, PARAM_BOOL, false, 0, 0, 0, NULL, NULL, "c"},                        \
    {"fee.deep.secret", place, PARAM_SECRET, false, 20, 0, 0, NULL, NULL, "s"},                    \
    {.name = NULL}

static const Param in_query[] = {FIELDS(PARAM_QUERY)}, in_form[] = {FIELDS(PARAM_FORM)},
                   in_json[] = {FIELDS(PARAM_JSON)}, in_path[] = {FIELDS(PARAM_PATH)};

static const Route routes[] = {
    {.method = "GET", .path = "/q", .face = FACE_API, .params = in_query},
    {.method = "POST", .path = "/f", .face = FACE_PAGE, .params = in_form},
    {.method = "POST", .path = "/j", .face = FACE_API, .params = in_json},
    {.method = "GET", .path = "/{name}", .face = FACE_API, .params = in_path},
};

static void only_what_is_declared(const Exchange *x) {
    for (int i = 0; x->rq.route->params[i].name; i++) {
        const Param *param = &x->rq.route->params[i];
        const ParamValue *value = &x->values[i];
        assert(value->given || !param->required);
        if (!value->given) continue;
        if (param->type == PARAM_INT)
            assert((!param->min && !param->max) ||
                   (value->number >= param->min && value->number <= param->max));
        else if (param->type == PARAM_BOOL)
            assert(value->number == 0 || value->number == 1);
        else
            assert(text_is_utf8(value->text) && value->text.len > 0 &&
                   value->text.len <= (param->max_bytes ? (size_t)param->max_bytes : 1));
    }
}

static void place_input(Exchange *x, char place, Text input) {
    static const Header form = {{"Content-Type", 12}, {"application/x-www-form-urlencoded", 33}};
    static const Header json = {{"content-type", 12}, {"application/json; charset=utf-8", 31}};
    int at = place == 'f' ? 1 : place == 'j' ? 2 : place == 'p' ? 3 : 0;
    x->rq.route = &routes[at];
    x->method = text_of(routes[at].method);
    x->is_api = routes[at].face == FACE_API;
    x->headers[0] = at == 2 ? json : form;
    x->header_count = at == 1 || at == 2;
    if (x->header_count) x->rq.body = input;
    if (at == 0) x->query = input;
    if (at == 3) x->path_values[x->path_count++] = input;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    static Exchange x;
    static App app;
    if (!size || size > LIMIT_BODY_BYTES) return 0;
    if (!arena) arena = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    exchange_reset(&x, &app, arena);
    place_input(&x, (char)data[0], text_bytes(data + 1, size - 1));
    if (params_gather(&x) == OK) {
        assert(x.rq.ctx.error_count == 0);
        only_what_is_declared(&x);
    } else {
        assert(x.rq.ctx.error_count > 0 && x.rq.ctx.errors[0].message);
        for (int i = 0; i < x.rq.ctx.error_count; i++) /* they are shown as JSON */
            assert(text_is_utf8(text_of(x.rq.ctx.errors[i].field)));
    }
    arena_clear(arena);
    return 0;
}
