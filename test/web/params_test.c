/* Parameters: each way to be missing, wrong or not declared. */
#include "web_test.h"

static const char *body_of(Site *site, const char *target, int status) {
    const char *head = arena_printf(site->arena, "GET %s", target).ptr;
    Exchange *x = exchange_of(site, head, T(""));
    int got = exchange_run(site, x);
    if (got != status) test_fails("%s: %d, not %d: %s", target, got, status, answer_body(site, x));
    return answer_body(site, x);
}

static const char *posted(Site *site, Text json, int status) {
    Exchange *x = exchange_of(site, "POST /test/open\nContent-Type: application/json", json);
    int got = exchange_run(site, x);
    if (got != status)
        test_fails("%.*s: %d, not %d: %s", TEXT_ARG(json), got, status, answer_body(site, x));
    return answer_body(site, x);
}

static void has(const char *body, const char *part) {
    if (!strstr(body, part)) test_fails("%s is not in %s", part, body);
}

static void takes_declared_ones(void **state) {
    Site *site = *state;
    const char *body = body_of(site, "/test/echo/a%20b?n=%E0%A5%AA%E0%A5%A8&kind=red&flag=on", 200);
    assert_string_equal(
        body, "{\"word\":\"a b\",\"n\":42,\"kind\":\"red\",\"flag\":true,\"header\":\"\"}");
    Exchange *x = exchange_of(site, "GET /test/echo/x\nx-word:  yes ", T(""));
    assert_int_equal(exchange_run(site, x), 200);
    has(answer_body(site, x), "\"header\":\"yes\"");
}

static void refuses_wrong_query(void **state) {
    Site *site = *state;
    has(body_of(site, "/test/echo/x?n=101", 422), "\"param_out_of_range\"");
    has(body_of(site, "/test/echo/x?n=0", 422), "\"field\":\"n\"");
    has(body_of(site, "/test/echo/x?n=4x", 422), "\"param_not_number\"");
    has(body_of(site, "/test/echo/x?n=99999999999999999999", 422), "\"param_not_number\"");
    has(body_of(site, "/test/echo/x?kind=green", 422), "\"param_choice\"");
    has(body_of(site, "/test/echo/x?kind=red%7Cblue", 422), "\"param_choice\"");
    has(body_of(site, "/test/echo/x?flag=maybe", 422), "\"param_not_bool\"");
    has(body_of(site, "/test/echo/x?n=1&n=1", 422), "\"param_twice\"");
    has(body_of(site, "/test/echo/x?other=1", 422), "\"param_unknown\"");
    has(body_of(site, "/test/echo/elevenbytes", 422), "\"param_too_long\"");
    has(body_of(site, "/test/echo/%FF", 422), "\"param_not_text\"");
    has(body_of(site, "/test/echo/%01", 422), "\"param_not_text\"");
    has(body_of(site, "/test/echo/%C2%9F", 422), "\"param_not_text\"");
    has(body_of(site, "/test/echo/%20", 422), "\"param_missing\"");
    has(body_of(site, "/test/echo/%2", 400), "\"request_malformed\"");
    has(body_of(site, "/test/echo/%00", 400), "\"request_malformed\"");
    has(body_of(site, "/test/echo/x?n=%00", 400), "\"request_malformed\"");
    has(body_of(site, "/test/echo/x?n=%zz", 400), "\"request_malformed\"");
}

static void names_all_errors_at_once(void **state) {
    const char *body = body_of(*state, "/test/echo/x?n=0&kind=green&flag=2", 422);
    has(body, "\"field\":\"n\"");
    has(body, "\"field\":\"kind\"");
    has(body, "\"field\":\"flag\"");
}

static void reads_json(void **state) {
    Site *site = *state;
    const char *body =
        posted(site, T("{\"name\":\" Asha \",\"age\":null,\"fee\":{\"amount\":1100}}"), 201);
    assert_string_equal(body, "{\"name\":\"Asha\",\"actor\":0,\"amount\":1100}");
}

static void refuses_wrong_json(void **state) {
    Site *site = *state;
    has(posted(site, T("{}"), 422), "\"test_name\"");
    has(posted(site, T("{\"name\":\"\"}"), 422), "\"test_name\"");
    has(posted(site, T("{\"name\":7}"), 422), "\"test_name\"");
    has(posted(site, T("{\"name\":\"123456789012345678901\"}"), 422), "\"param_too_long\"");
    has(posted(site, T("{\"name\":\"a\\nb\"}"), 422), "\"test_name\"");
    has(posted(site, T("{\"name\":\"a\",\"age\":1.0}"), 422), "\"param_not_number\"");
    has(posted(site, T("{\"name\":\"a\",\"age\":\"1\"}"), 422), "\"param_not_number\"");
    has(posted(site, T("{\"name\":\"a\",\"age\":121}"), 422), "\"param_out_of_range\"");
    has(posted(site, T("{\"name\":\"a\",\"agree\":1}"), 422), "\"param_not_bool\"");
    has(posted(site, T("{\"name\":\"a\",\"fee\":1}"), 422), "\"param_not_object\"");
    has(posted(site, T("{\"name\":\"a\",\"fee\":{\"method\":\"gold\"}}"), 422),
        "\"field\":\"fee.method\"");
    has(posted(site, T("{\"name\":\"a\",\"fee\":{\"x\":1}}"), 422), "\"field\":\"fee.x\"");
    has(posted(site, T("{\"name\":\"a\",\"fee.amount\":{}}"), 422), "\"param_not_number\"");
    has(posted(site, T("{\"name\":\"a\",\"admin\":true}"), 422), "\"field\":\"admin\"");
}

static void refuses_what_is_no_object(void **state) {
    static const char *const bodies[] = {
        "", "[]", "1", "{", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"a\"} {}", "{\"name\":\"\xff\"}", "{\"a\":[[[[[[[[[]]]]]]]]]}",
        "{\"name\":\"\\ud800\"}", "{\"age\":99999999999999999999}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        has(posted(*state, text_of(bodies[i]), 400), "\"body_not_json\"");
}

/* Of a flood of errors only some are told, in memory that a request may have. */
static void bounds_its_errors(void **state) {
    Site *site = *state;
    Buffer body = buffer_in(site->arena, 1 << 20);
    buffer_byte(&body, '{');
    for (int i = 0; i < 4000; i++) buffer_printf(&body, "%s\"k%d\":1", i ? "," : "", i);
    buffer_byte(&body, '}');
    Exchange *x = exchange_of(site, "POST /test/open\nContent-Type: application/json",
                              buffer_text(&body));
    size_t before = arena_used(site->arena);
    assert_int_equal(exchange_run(site, x), 422);
    assert_in_range(arena_used(site->arena) - before, 1, 100000);
    assert_int_equal(x->rq.ctx.error_count, ERROR_MAX);
}

static void wants_the_right_type(void **state) {
    Site *site = *state;
    Exchange *x = exchange_of(site, "POST /test/open\nContent-Type: text/plain", T("{}"));
    assert_int_equal(exchange_run(site, x), 415);
    x = exchange_of(site, "POST /test/open", T("{\"name\":\"a\"}"));
    assert_int_equal(exchange_run(site, x), 415);
    x = exchange_of(site, "POST /test/open\nContent-Type: Application/JSON; charset=utf-8",
                    T("{\"name\":\"a\"}"));
    assert_int_equal(exchange_run(site, x), 201);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_declared_ones),      cmocka_unit_test(refuses_wrong_query),
        cmocka_unit_test(names_all_errors_at_once), cmocka_unit_test(reads_json),
        cmocka_unit_test(refuses_wrong_json),       cmocka_unit_test(refuses_what_is_no_object),
        cmocka_unit_test(bounds_its_errors),        cmocka_unit_test(wants_the_right_type),
    };
    return cmocka_run_group_tests(tests, site_make, site_remove);
}
