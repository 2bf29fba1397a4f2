/* Asking servers that behave badly: each ends in the trouble that it is, and is asked once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "bad_server.h"
#include "outbound/http_call.h"

enum { SHORT_MS = 400, LONG_MS = 30000, ARENA_BYTES = 1 << 20 };

typedef struct Asked {
    HttpCall calls[HTTP_CALL_PARALLEL_MAX];
    int count, given, done;
} Asked;

static HttpCall *next_call(void *argument) {
    Asked *a = argument;
    return a->given < a->count ? &a->calls[a->given++] : NULL;
}

static void call_done(void *argument, HttpCall *call) {
    Asked *a = argument;
    assert_in_range(call - a->calls, 0, a->count - 1);
    a->done++;
}

static void ask(Asked *a) {
    HttpCaller *caller = http_call_open();
    assert_non_null(caller);
    HttpCalls calls = {.parallel = HTTP_CALL_PARALLEL_MAX, .next = next_call, .done = call_done,
                       .argument = a};
    http_call_run(caller, &calls);
    http_call_close(caller);
    assert_int_equal(a->done, a->count);
}

static HttpCall call_to(Arena *arena, const char *url, int timeout_ms) {
    return (HttpCall){.url = url, .method = "POST", .body = T("to=1"), .arena = arena,
                      .timeout_ms = timeout_ms};
}

typedef struct Case {
    const char *name;
    Manner manner;
    int timeout_ms;
    HttpTrouble trouble;
    int status;
    const char *answer;
} Case;

static void each_manner_is_its_trouble(void **state) {
    (void)state;
    static const Case cases[] = {
        {"good", MANNER_GOOD, LONG_MS, HTTP_CALL_ANSWERED, 200, "{\"status\":\"taken\"}"},
        {"500", MANNER_500, LONG_MS, HTTP_CALL_ANSWERED, 500, "{\"status\":\"taken\"}"},
        {"redirects", MANNER_REDIRECTS, LONG_MS, HTTP_CALL_ANSWERED, 302, "taken"},
        {"garbage", MANNER_GARBAGE, LONG_MS, HTTP_CALL_BROKEN, 0, ""},
        {"silent", MANNER_SILENT, SHORT_MS, HTTP_CALL_TIMED_OUT, 0, ""},
        {"drips", MANNER_DRIPS, SHORT_MS, HTTP_CALL_TIMED_OUT, 0, ""},
        {"closes", MANNER_CLOSES, LONG_MS, HTTP_CALL_BROKEN, 0, ""},
        {"cuts", MANNER_CUTS, LONG_MS, HTTP_CALL_BROKEN, 0, ""},
        {"floods", MANNER_FLOODS, LONG_MS, HTTP_CALL_TOO_LARGE, 0, ""},
        {"long headers", MANNER_LONG_HEADERS, LONG_MS, HTTP_CALL_BROKEN, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *c = &cases[i];
        Arena *arena = arena_new(ARENA_BYTES);
        BadServer *server = bad_server_start(&c->manner, 1);
        Text url = arena_printf(arena, "http://127.0.0.1:%d/sms", bad_server_port(server));
        Asked asked = {.calls = {call_to(arena, url.ptr, c->timeout_ms)}, .count = 1};
        ask(&asked);
        const HttpCall *call = &asked.calls[0];
        if (call->trouble != c->trouble || call->status != c->status)
            print_error("%s: trouble %d, status %d\n", c->name, call->trouble, call->status);
        assert_int_equal(call->trouble, c->trouble);
        assert_int_equal(call->status, c->status);
        assert_true(text_eq(call->answer, text_of(c->answer)));
        assert_int_equal(bad_server_requests(server), 1); /* nothing is sent again by itself */
        bad_server_stop(server);
        arena_delete(arena);
    }
}

static void only_what_may_be_asked_is_asked(void **state) {
    (void)state;
    static const char *const never[] = {
        "file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "http://",
        "http://user:secret@127.0.0.1/",
    };
    Arena *arena = arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        Asked asked = {.calls = {call_to(arena, never[i], LONG_MS)}, .count = 1};
        ask(&asked);
        if (asked.calls[0].trouble != HTTP_CALL_IMPOSSIBLE) print_error("%s\n", never[i]);
        assert_int_equal(asked.calls[0].trouble, HTTP_CALL_IMPOSSIBLE);
    }
    arena_delete(arena);
}

static void nobody_there_is_not_reached(void **state) {
    (void)state;
    Arena *arena = arena_new(ARENA_BYTES);
    BadServer *server = bad_server_start(&(Manner){MANNER_GOOD}, 1);
    Text url = arena_printf(arena, "http://127.0.0.1:%d/", bad_server_port(server));
    bad_server_stop(server);
    Asked asked = {.calls = {call_to(arena, url.ptr, LONG_MS)}, .count = 1};
    ask(&asked);
    assert_int_equal(asked.calls[0].trouble, HTTP_CALL_NOT_REACHED);
    arena_delete(arena);
}

static void no_proxy_of_the_environment_is_used(void **state) {
    (void)state;
    Arena *arena = arena_new(ARENA_BYTES);
    BadServer *server = bad_server_start(&(Manner){MANNER_GOOD}, 1);
    BadServer *proxy = bad_server_start(&(Manner){MANNER_500}, 1);
    Text url = arena_printf(arena, "http://127.0.0.1:%d/", bad_server_port(server));
    Text where = arena_printf(arena, "http://127.0.0.1:%d/", bad_server_port(proxy));
    assert_int_equal(setenv("http_proxy", where.ptr, 1), 0);
    assert_int_equal(setenv("ALL_PROXY", where.ptr, 1), 0);
    assert_int_equal(unsetenv("no_proxy") | unsetenv("NO_PROXY"), 0);
    Asked asked = {.calls = {call_to(arena, url.ptr, LONG_MS)}, .count = 1};
    ask(&asked);
    assert_int_equal(asked.calls[0].status, 200);
    assert_int_equal(bad_server_requests(proxy), 0);
    bad_server_stop(proxy);
    bad_server_stop(server);
    arena_delete(arena);
}

static void one_that_sleeps_delays_no_other(void **state) {
    (void)state;
    Arena *arena = arena_new(4 << 20);
    BadServer *silent = bad_server_start(&(Manner){MANNER_SILENT}, 1);
    BadServer *good = bad_server_start(&(Manner){MANNER_GOOD}, 1);
    Text sleepy = arena_printf(arena, "http://127.0.0.1:%d/", bad_server_port(silent));
    Text awake = arena_printf(arena, "http://127.0.0.1:%d/", bad_server_port(good));
    Asked asked = {.count = 8};
    for (int i = 0; i < asked.count; i++)
        asked.calls[i] = call_to(arena, i == 0 ? sleepy.ptr : awake.ptr, i ? LONG_MS : SHORT_MS);
    ask(&asked);
    assert_int_equal(asked.calls[0].trouble, HTTP_CALL_TIMED_OUT);
    for (int i = 1; i < asked.count; i++) assert_int_equal(asked.calls[i].status, 200);
    bad_server_stop(good);
    bad_server_stop(silent);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_manner_is_its_trouble),
        cmocka_unit_test(only_what_may_be_asked_is_asked),
        cmocka_unit_test(nobody_there_is_not_reached),
        cmocka_unit_test(no_proxy_of_the_environment_is_used),
        cmocka_unit_test(one_that_sleeps_delays_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
