/* Walks the program's own route table: what a row lacks is found here, not by a reader. */
#include "web_test.h"

#include <jansson.h>

#include "render/messages.h"
#include "render/template.h"
#include "web/route_match.h"
#include "web/route_print.h"

#define EACH_ROUTE(route)                                                                          \
    for (const Route *const *table_ = route_tables; *table_; table_++)                             \
        for (const Route *route = *table_; route->method; route++)

static void every_row_is_whole(void **state) {
    (void)state;
    EACH_ROUTE(route) {
        const char *path = route->path;
        bool get = strcmp(route->method, "GET") == 0;
        if (!get && strcmp(route->method, "POST") != 0) test_fails("method of %s", path);
        if (path[0] != '/') test_fails("path %s", path);
        if (!route->summary || strlen(route->summary) < 5) test_fails("summary of %s", path);
        if (route->face == FACE_PAGE && (!route->page || !template_exists(route->page)))
            test_fails("template of %s", path);
        bool api_path = strncmp(path, "/api/", 5) == 0;
        if (api_path && route->face == FACE_PAGE) test_fails("a page below /api/: %s", path);
        if (route->kind == ROUTE_WRITE && route->cache_s) test_fails("cached write: %s", path);
        if (route->cache_s && (!get || route->needs != CAN_NOTHING))
            test_fails("only public GETs can be cached: %s", path);
        if (!route->apply && !route->render && !route->prepare && route->face != FACE_PAGE)
            test_fails("nothing answers %s", path);
    }
}

static void check_param(Arena *arena, const Route *route, const Param *param) {
    const char *where = arena_printf(arena, "%s %s", route->path, param->name).ptr;
    bool body = param->place == PARAM_JSON || param->place == PARAM_FORM;
    if (body && strcmp(route->method, "GET") == 0) test_fails("a body with GET: %s", where);
    if (param->type == PARAM_CHOICE && (!param->choices || !*param->choices))
        test_fails("no choices: %s", where);
    if (param->type == PARAM_FILE && !route->too_large) test_fails("too large is what? %s", where);
    bool text = param->type == PARAM_TEXT || param->type == PARAM_LINES ||
                param->type == PARAM_SECRET;
    if (text && param->max_bytes <= 0) test_fails("no limit: %s", where);
    if (param->max_bytes > LIMIT_BODY_BYTES && route->body_max < param->max_bytes)
        test_fails("longer than the body may be: %s", where);
    if (param->type == PARAM_INT && param->min > param->max) test_fails("range: %s", where);
    if (route->face == FACE_API && !param->help) test_fails("no help: %s", where);
    if (param->place == PARAM_PATH &&
        !strstr(route->path, arena_printf(arena, "{%s", param->name).ptr))
        test_fails("not in the path: %s", where);
}

static void every_parameter_is_whole(void **state) {
    Arena *arena = ((Site *)*state)->arena;
    EACH_ROUTE(route) {
        int count = 0, in_path = 0, braces = 0;
        for (const Param *p = route->params; p && p->name; p++) {
            check_param(arena, route, p);
            in_path += p->place == PARAM_PATH;
            if (++count > REQUEST_PARAM_MAX) test_fails("too many parameters: %s", route->path);
        }
        for (const char *c = route->path; *c; c++) braces += *c == '{';
        if (in_path != braces) test_fails("undeclared part of the path %s", route->path);
    }
}

static bool answers_with(const Route *route, Text name) {
    for (const AnswerField *f = route->answer; f && f->name; f++)
        if (f->type == ANSWER_TEXT && f->given == GIVEN_ALWAYS && text_eq(text_of(f->name), name))
            return true;
    return false;
}

static void check_fields(const Route *route, const AnswerField *fields) {
    for (const AnswerField *f = fields; f && f->name; f++) {
        if (!f->help || strlen(f->help) < 5) test_fails("no help: %s %s", route->path, f->name);
        if (f->choices && f->type != ANSWER_TEXT) test_fails("choices: %s", route->path);
        for (const AnswerField *other = fields; other < f; other++)
            if (strcmp(other->name, f->name) == 0)
                test_fails("twice: %s %s", route->path, f->name);
    }
}

/* What the document says of answers: test/scenario/document.mjs holds the real ones against it. */
static void every_answer_is_described(void **state) {
    (void)state;
    EACH_ROUTE(route) {
        bool file = text_ends_with(text_of(route->path), T(".pdf"));
        if ((route->face == FACE_API && !file) != (route->answer != NULL))
            test_fails("answer of %s", route->path);
        check_fields(route, route->answer);
        check_fields(route, route->problem);
        if (!route->location) continue;
        Text name = text_of(strchr(route->location, '{') + 1);
        name = text_slice(name, 0, text_find_byte(name, '}'));
        if (!answers_with(route, name)) test_fails("location of %s", route->path);
    }
}

static void every_sentence_is_there(void **state) {
    (void)state;
    EACH_ROUTE(route)
    for (const Param *p = route->params; p && p->name; p++)
        for (int lang = 0; p->message && lang < LANG_COUNT; lang++)
            if (text_eq(message((Lang)lang, p->message), text_of(p->message)))
                test_fails("%s of %s is no message", p->message, route->path);
}

/* A path made of the pattern must lead back to its row. */
static void every_row_can_be_reached(void **state) {
    Arena *arena = ((Site *)*state)->arena;
    EACH_ROUTE(route) {
        Buffer path = buffer_in(arena, 1000);
        for (const char *c = route->path; *c; c++) {
            buffer_byte(&path, *c == '{' ? '~' : *c);
            if (*c == '{') c = strchr(c, '}');
        }
        RouteMatch match;
        route_match(text_of(route->method), buffer_text(&path), &match);
        if (match.route != route) test_fails("%s %s is hidden", route->method, route->path);
    }
}

static void prints_every_row(void **state) {
    Arena *arena = ((Site *)*state)->arena;
    Buffer out = buffer_in(arena, 1 << 20);
    route_print(&out);
    buffer_byte(&out, 0);
    EACH_ROUTE(route) {
        assert_non_null(strstr(out.ptr, route->path));
        assert_non_null(strstr(out.ptr, route->summary));
    }
}

static void check_operation(json_t *paths, const Route *route) {
    json_t *path = json_object_get(paths, route->path);
    json_t *operation = json_object_get(path, strcmp(route->method, "GET") == 0 ? "get" : "post");
    if (!operation) test_fails("%s is not in the document", route->path);
    json_t *body = json_object_get(operation, "requestBody"), *list;
    list = json_object_get(operation, "parameters");
    size_t listed = 0, expected = 0;
    bool json = false;
    for (const Param *p = route->params; p && p->name; p++) {
        expected += p->place != PARAM_JSON && p->place != PARAM_FORM;
        json |= p->place == PARAM_JSON;
    }
    listed = list ? json_array_size(list) : 0;
    assert_int_equal(listed, expected);
    assert_int_equal(body != NULL, json);
    assert_int_equal(json_object_get(operation, "security") != NULL, route->needs != CAN_NOTHING);
    assert_non_null(json_object_get(json_object_get(operation, "responses"), "default"));
}

static void describes_the_api(void **state) {
    Site *site = *state;
    Exchange *x = exchange_of(site, "GET /api/v1/openapi.json", T(""));
    assert_int_equal(exchange_run(site, x), 200);
    json_error_t error;
    json_t *root = json_loadb(x->answer.body.ptr, x->answer.body.len, JSON_REJECT_DUPLICATES,
                              &error);
    if (!root) test_fails("%s", error.text);
    assert_string_equal(json_string_value(json_object_get(root, "openapi")), "3.1.0");
    EACH_ROUTE(route)
    if (route->face == FACE_API) check_operation(json_object_get(root, "paths"), route);
    json_decref(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),       cmocka_unit_test(every_parameter_is_whole),
        cmocka_unit_test(every_sentence_is_there),  cmocka_unit_test(every_row_can_be_reached),
        cmocka_unit_test(prints_every_row),         cmocka_unit_test(describes_the_api),
        cmocka_unit_test(every_answer_is_described),
    };
    return cmocka_run_group_tests(tests, site_make, site_remove);
}
