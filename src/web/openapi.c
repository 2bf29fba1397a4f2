/* https://spec.openapis.org/oas/v3.1.0; schemas are JSON Schema 2020-12. */
#include "web/openapi.h"

#include <ctype.h>

#include "base/limits.h"
#include "web/app.h"
#include "web/route_print.h"

static void say(Arena *arena, View *to, const char *name, const char *value) {
    view_text(arena, to, name, text_of(value));
}

/* Finds or makes the object of that name. */
static View *child(Arena *arena, View *object, const char *name) {
    for (View *at = object->first; at; at = at->next)
        if (strcmp(at->name, name) == 0) return at;
    return view_object(arena, object, name);
}

static void add_choices(Arena *arena, View *schema, const char *choices) {
    View *list = view_list(arena, schema, "enum");
    Text rest = text_of(choices), choice;
    while (rest.ptr && text_split(&rest, '|', &choice)) view_item_text(arena, list, choice);
}

static void add_schema(Arena *arena, View *schema, const Param *param) {
    static const char *const types[] = {
        [PARAM_TEXT] = "string", [PARAM_LINES] = "string",  [PARAM_INT] = "integer",
        [PARAM_BOOL] = "boolean", [PARAM_CHOICE] = "string", [PARAM_SECRET] = "string",
        [PARAM_FILE] = "string"};
    say(arena, schema, "type", types[param->type]);
    if (param->help) say(arena, schema, "description", param->help);
    if (param->type == PARAM_CHOICE) add_choices(arena, schema, param->choices);
    bool text = param->type == PARAM_TEXT || param->type == PARAM_LINES ||
                param->type == PARAM_SECRET;
    if (text)
        view_int(arena, schema, "maxLength",
                 param->max_bytes ? param->max_bytes : LIMIT_URL_BYTES);
    if (text && param->required) view_int(arena, schema, "minLength", 1);
    if (param->type == PARAM_INT && (param->min || param->max)) {
        view_int(arena, schema, "minimum", param->min);
        view_int(arena, schema, "maximum", param->max);
    }
}

/* Adds the name to the object's "required", once. */
static void require(Arena *arena, View *schema, Text name) {
    View *list = NULL;
    for (View *at = schema->first; at; at = at->next)
        if (strcmp(at->name, "required") == 0) list = at;
    if (!list) list = view_list(arena, schema, "required");
    for (const View *item = list->first; item; item = item->next)
        if (text_eq(item->text, name)) return;
    view_item_text(arena, list, name);
}

/* "fee.amount_paise" → properties.fee.properties.amount_paise, required at both levels when it is:
 * an object is needed where one of its own is. */
static void add_property(Arena *arena, View *schema, const Param *param) {
    Text rest = text_of(param->name), part;
    while (text_split(&rest, '.', &part)) {
        if (!view_get(schema, T("type"))) {
            say(arena, schema, "type", "object");
            view_bool(arena, schema, "additionalProperties", false);
        }
        if (param->required) require(arena, schema, part);
        View *properties = child(arena, schema, "properties");
        schema = child(arena, properties, arena_cstr(arena, part));
    }
    add_schema(arena, schema, param);
}

static void add_body(Arena *arena, View *operation, const Route *route) {
    const Param *params = route->params;
    bool any = false;
    for (const Param *p = params; p && p->name; p++) any |= p->place == PARAM_JSON;
    if (!any) return;
    View *body = view_object(arena, operation, "requestBody");
    view_bool(arena, body, "required", true);
    View *content = view_object(arena, body, "content");
    View *schema = view_object(arena, view_object(arena, content, "application/json"), "schema");
    for (const Param *p = params; p->name; p++)
        if (p->place == PARAM_JSON) add_property(arena, schema, p);
}

static void add_parameters(Arena *arena, View *operation, const Param *params) {
    static const char *const places[] = {"path", "query", NULL, NULL, "header"};
    View *list = NULL;
    for (const Param *p = params; p && p->name; p++) {
        if (!places[p->place]) continue;
        if (!list) list = view_list(arena, operation, "parameters");
        View *item = view_item(arena, list);
        say(arena, item, "name", p->name);
        say(arena, item, "in", places[p->place]);
        view_bool(arena, item, "required", p->required || p->place == PARAM_PATH);
        if (p->help) say(arena, item, "description", p->help);
        add_schema(arena, view_object(arena, item, "schema"), p);
    }
}

static void add_responses(Arena *arena, View *operation, const Route *route) {
    View *responses = view_object(arena, operation, "responses");
    bool makes = route->kind == ROUTE_WRITE && strcmp(route->method, "POST") == 0;
    View *good = view_object(arena, responses, makes ? "201" : "200");
    say(arena, good, "description", route->summary);
    View *content = view_object(arena, good, "content");
    if (text_ends_with(text_of(route->path), T(".pdf")))
        (void)view_object(arena, content, "application/pdf");
    else
        say(arena, view_object(arena, view_object(arena, content, "application/json"), "schema"),
            "type", "object");
    say(arena, view_object(arena, responses, "default"), "$ref", "#/components/responses/Problem");
}

/* "GET /api/v1/units/{code}/tally" → "get_api_v1_units_code_tally" */
static Text operation_id(Arena *arena, const Route *route) {
    Buffer out = buffer_in(arena, 300);
    for (const char *c = route->method; *c; c++) buffer_byte(&out, (char)tolower(*c));
    bool gap = false;
    for (const char *c = route->path; *c; c++) {
        bool word = isalnum((unsigned char)*c);
        if (word && gap) buffer_byte(&out, '_');
        if (word) buffer_byte(&out, *c);
        gap = word ? false : true;
    }
    return buffer_text(&out);
}

static void add_operation(Arena *arena, View *paths, const Route *route) {
    View *path = child(arena, paths, route->path);
    View *operation =
        view_object(arena, path, strcmp(route->method, "GET") == 0 ? "get" : "post");
    say(arena, operation, "summary", route->summary);
    view_text(arena, operation, "operationId", operation_id(arena, route));
    if (route->needs != CAN_NOTHING) {
        View *need = view_item(arena, view_list(arena, operation, "security"));
        view_list(arena, need, "token");
        view_text(arena, operation, "x-capability",
                  text_of(route_print_capability(route->needs)));
    }
    add_parameters(arena, operation, route->params);
    add_body(arena, operation, route);
    add_responses(arena, operation, route);
}

static void add_problem(Arena *arena, View *components) {
    View *problem = view_object(arena, view_object(arena, components, "responses"), "Problem");
    say(arena, problem, "description", "What to do instead (RFC 9457)");
    View *content = view_object(arena, problem, "content");
    View *schema =
        view_object(arena, view_object(arena, content, "application/problem+json"), "schema");
    say(arena, schema, "$ref", "#/components/schemas/Problem");
    schema = view_object(arena, view_object(arena, components, "schemas"), "Problem");
    static const Param members[] = {
        {.name = "type", .max_bytes = 200},
        {.name = "title", .max_bytes = 200, .help = "The reason phrase of the status"},
        {.name = "status", .type = PARAM_INT, .min = 400, .max = 599},
        {.name = "detail", .max_bytes = 2000, .help = "What to do, in the language asked for"},
        {0},
    };
    for (const Param *p = members; p->name; p++) add_property(arena, schema, p);
    View *errors = child(arena, child(arena, schema, "properties"), "errors");
    say(arena, errors, "type", "array");
    View *item = view_object(arena, errors, "items");
    static const Param error_members[] = {
        {.name = "field", .max_bytes = 200, .help = "The parameter it is about"},
        {.name = "code", .max_bytes = 80, .help = "The same in every language"},
        {.name = "detail", .max_bytes = 2000},
        {0},
    };
    for (const Param *p = error_members; p->name; p++) add_property(arena, item, p);
}

static void add_token_scheme(Arena *arena, View *components) {
    View *token = view_object(arena, view_object(arena, components, "securitySchemes"), "token");
    say(arena, token, "type", "http");
    say(arena, token, "scheme", "bearer");
    say(arena, token, "description", "Made by `sangathan token create`");
}

void openapi_document(Arena *arena, const Organisation *org, View *document) {
    say(arena, document, "openapi", "3.1.0");
    View *info = view_object(arena, document, "info");
    view_text(arena, info, "title", org ? org->name_en : T("Sangathan"));
    say(arena, info, "version", "1");
    View *server = view_item(arena, view_list(arena, document, "servers"));
    view_text(arena, server, "url", org ? org->base_url : T("http://127.0.0.1:8080"));
    View *paths = view_object(arena, document, "paths");
    for (const Route *const *table = route_tables; *table; table++)
        for (const Route *route = *table; route->method; route++)
            if (route->face == FACE_API) add_operation(arena, paths, route);
    View *components = view_object(arena, document, "components");
    add_problem(arena, components);
    add_token_scheme(arena, components);
}

static Status openapi_show(Request *rq) {
    openapi_document(rq->ctx.arena, rq->app->org, rq->view);
    return OK;
}

extern const Route openapi_routes[];
const Route openapi_routes[] = {
    {.method = "GET", .path = "/api/v1/openapi.json", .face = FACE_API, .render = openapi_show,
     .summary = "This document", .cache_s = 60},
    {0},
};
