/* https://spec.openapis.org/oas/v3.1.0; schemas are JSON Schema 2020-12. */
#include "web/openapi.h"

#include <ctype.h>

#include "web/app.h"
#include "web/openapi_schema.h"
#include "web/route_print.h"

static void say(Arena *arena, View *to, const char *name, const char *value) {
    view_text(arena, to, name, text_of(value));
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
        if (p->place == PARAM_JSON) openapi_schema_param(arena, schema, p);
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
        openapi_schema_value(arena, view_object(arena, item, "schema"), p);
    }
}

static const AnswerField problem_fields[] = {
    {"type", ANSWER_TEXT, .help = "about:blank: the status says what kind it is"},
    {"title", ANSWER_TEXT, .help = "The reason phrase of the status"},
    {"status", ANSWER_INT, .help = "The HTTP status again"},
    {"detail", ANSWER_TEXT, .help = "What to do, in the language asked for"},
    {"errors[].field", ANSWER_TEXT, .help = "The parameter it is about", .given = GIVEN_SOMETIMES},
    {"errors[].code", ANSWER_TEXT, .help = "The same in every language"},
    {"errors[].detail", ANSWER_TEXT, .help = "What to do about this one"},
    {0},
};

static void describe_problem(Arena *arena, View *response, const AnswerField *besides) {
    say(arena, response, "description",
        "What to do instead (RFC 9457); 401 comes with WWW-Authenticate, 405 with Allow, 429 and "
        "503 with Retry-After");
    View *content = view_object(arena, response, "content");
    View *type = view_object(arena, content, "application/problem+json");
    View *schema = view_object(arena, type, "schema");
    openapi_schema_answer(arena, schema, problem_fields);
    openapi_schema_answer(arena, schema, besides);
}

static void add_location(Arena *arena, View *response) {
    View *header = view_object(arena, view_object(arena, response, "headers"), "Location");
    say(arena, header, "description", "The path of what was made");
    say(arena, view_object(arena, header, "schema"), "type", "string");
}

static void add_responses(Arena *arena, View *operation, const Route *route) {
    View *responses = view_object(arena, operation, "responses");
    View *good = view_object(arena, responses, route->location ? "201" : "200");
    say(arena, good, "description", route->summary);
    if (route->location) add_location(arena, good);
    View *content = view_object(arena, good, "content");
    if (route->answer)
        openapi_schema_answer(
            arena, view_object(arena, view_object(arena, content, "application/json"), "schema"),
            route->answer);
    else
        (void)view_object(arena, content, "application/pdf");
    View *bad = view_object(arena, responses, "default");
    if (route->problem)
        describe_problem(arena, bad, route->problem);
    else
        say(arena, bad, "$ref", "#/components/responses/Problem");
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
    View *path = openapi_schema_child(arena, paths, route->path);
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
    View *responses = view_object(arena, components, "responses");
    describe_problem(arena, view_object(arena, responses, "Problem"), NULL);
    add_token_scheme(arena, components);
}

static Status openapi_show(Request *rq) {
    openapi_document(rq->ctx.arena, rq->app->org, rq->view);
    return OK;
}

static const AnswerField document_fields[] = {
    {"openapi", ANSWER_TEXT, .help = "Version of the specification"},
    {"info", ANSWER_OBJECT, .help = "Whose API it is"},
    {"servers[]", ANSWER_OBJECT, .help = "Where it is"},
    {"paths", ANSWER_OBJECT, .help = "What can be asked"},
    {"components", ANSWER_OBJECT, .help = "What several of them share"},
    {0},
};

extern const Route openapi_routes[];
const Route openapi_routes[] = {
    {.method = "GET", .path = "/api/v1/openapi.json", .face = FACE_API, .render = openapi_show,
     .answer = document_fields, .summary = "This document", .cache_s = 60},
    {0},
};
