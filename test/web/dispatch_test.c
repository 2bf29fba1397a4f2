/* The order of checks, sessions, answers: everything above the sockets. */
#include "web_test.h"

#include "test_routes.h"
#include "web/dispatch.h"

static Exchange *run(Site *site, const char *head, Text body, int status) {
    Exchange *x = exchange_of(site, head, body);
    int got = exchange_run(site, x);
    if (got != status) test_fails("%s: %d, not %d: %s", head, got, status, answer_body(site, x));
    return x;
}

static void has(const char *text, const char *part) {
    if (!text || !strstr(text, part)) test_fails("%s is not in %s", part, text ? text : "nothing");
}

static void finds_routes(void **state) {
    Site *site = *state;
    Exchange *x = run(site, "POST /test/echo/x", T(""), 405);
    assert_string_equal(answer_header(x, "Allow"), "GET, HEAD");
    run(site, "OPTIONS /test/echo/x", T(""), 405);
    run(site, "get /test/echo/x", T(""), 405);
    x = run(site, "GET /test/write", T(""), 405);
    assert_string_equal(answer_header(x, "Allow"), "POST");
    run(site, "HEAD /test/echo/x", T(""), 200);
    run(site, "GET /test/echo/", T(""), 404);
    run(site, "GET /test/echo/x/y", T(""), 404);
    run(site, "GET /test//echo/x", T(""), 404);
    assert_string_equal(answer_body(site, run(site, "GET /test/echo/here", T(""), 200)), "{}");
}

static void frames_clearly(void **state) {
    Site *site = *state;
    run(site, "GET /test/echo/x\nHost: club.example", T(""), 400);
    run(site, "POST /test/open\nContent-Length: 2\nContent-Length: 2", T("{}"), 400);
    run(site, "POST /test/open\nContent-Length: 2\nTransfer-Encoding: chunked", T("{}"), 400);
    run(site, "POST /test/open\nTransfer-Encoding: gzip, chunked", T("{}"), 400);
    run(site, "POST /test/open\nContent-Length: -1", T(""), 400);
    run(site, "POST /test/open\nContent-Length: 2, 2", T("{}"), 400);
    run(site, "GET test/echo/x", T(""), 400);
    run(site, "GET /test/echo/\x01", T(""), 400);
    Exchange *x = run(site, "POST /test/open\nContent-Length: 10000000", T(""), 413);
    assert_true(x->answer.close);
    assert_null(answer_header(x, "Retry-After")); /* waiting does not make it shorter */
    Text long_path = arena_printf(site->arena, "GET /%05000d", 0);
    run(site, long_path.ptr, T(""), 414);
    x = run(site, arena_printf(site->arena, "GET /test/echo/x?n=%05000d", 0).ptr, T(""), 414);
    assert_string_equal(answer_header(x, "Content-Type"), "application/problem+json");
    x = run(site, "DELETE /test/write", T(""), 405);
    assert_string_equal(answer_header(x, "Content-Type"), "application/problem+json");
}

static int status_for_host(Site *site, Text host) {
    Exchange *x = exchange_of(site, "GET /test/echo/x", T(""));
    x->headers[0].value = host;
    return exchange_run(site, x);
}

static void answers_its_own_hosts(void **state) {
    Site *site = *state;
    assert_int_equal(status_for_host(site, T("CLUB.example")), 200);
    assert_int_equal(status_for_host(site, T("club.example:80")), 200);
    assert_int_equal(status_for_host(site, T("127.0.0.1:80")), 200);
    assert_int_equal(status_for_host(site, T("localhost:80")), 200);
    assert_int_equal(status_for_host(site, T("127.0.0.1:81")), 421);
    assert_int_equal(status_for_host(site, T("evil.example")), 421);
    assert_int_equal(status_for_host(site, T("club.example.evil")), 421);
    assert_int_equal(status_for_host(site, T("")), 421);
    Exchange *x = exchange_of(site, "GET /test/echo/x", T(""));
    x->header_count = 0;
    assert_int_equal(exchange_run(site, x), 400);
}

static const Text good_body = {"{\"name\":\"Asha\"}", 15};

static Exchange *write_with(Site *site, const char *authorization, int status) {
    Text head = arena_printf(site->arena, "POST /test/write\nContent-Type: application/json%s%s",
                             *authorization ? "\nAuthorization: " : "", authorization);
    return run(site, head.ptr, good_body, status);
}

static void knows_tokens(void **state) {
    Site *site = *state;
    int prepared = atomic_load(&test_prepared), applied = atomic_load(&test_applied);
    Exchange *x = write_with(site, "", 401);
    has(answer_header(x, "WWW-Authenticate"), "Bearer");
    has(answer_body(site, x), "token_missing");
    write_with(site, "Basic YTpi", 401);
    write_with(site, "Bearer 00000000000000000000000000000000", 401);
    assert_int_equal(atomic_load(&test_applied), applied);
    assert_int_equal(atomic_load(&test_prepared), prepared + 1); /* of the unknown token only */
    const char *good = arena_printf(site->arena, "Bearer %s", site->token).ptr;
    has(answer_body(site, write_with(site, good, 201)), "\"actor\":1");
    Text head = arena_printf(site->arena, "GET /test/admin\nAuthorization: %s", good);
    has(answer_body(site, run(site, head.ptr, T(""), 403)), "token_lacks");
}

static void reads_nothing_large_for_strangers(void **state) {
    Site *site = *state;
    int prepared = atomic_load(&test_prepared);
    run(site, "GET /test/slow-admin\nAuthorization: Bearer 00000000000000000000000000000000", T(""),
        401);
    Text head = arena_printf(site->arena, "GET /test/slow-admin\nAuthorization: Bearer %s",
                             site->token);
    run(site, head.ptr, T(""), 403);
    assert_int_equal(atomic_load(&test_prepared), prepared);
}

static void slows_guessing_of_tokens(void **state) {
    Site *site = *state;
    int refused = 0;
    for (int i = 0; i < 25 && !refused; i++) {
        Exchange *x = exchange_of(site, "GET /test/admin\nAuthorization: Bearer "
                                        "00000000000000000000000000000000", T(""));
        x->rq.client = T("2001db8000000001");
        if (exchange_run(site, x) == 429) refused = i;
    }
    assert_int_equal(refused, 20);
    Text head = arena_printf(site->arena, "GET /test/admin\nAuthorization: Bearer %s", site->token);
    run(site, head.ptr, T(""), 403); /* others are not slowed down */
    Exchange *x = exchange_of(site, head.ptr, T(""));
    x->rq.client = T("2001db8000000001");
    assert_int_equal(exchange_run(site, x), 403); /* nor who shares the address with the guesser */
}

static void counts_tries_at_one_thing_apart(void **state) {
    Site *site = *state;
    Exchange *x = exchange_of(site, "GET /test/echo/x", T(""));
    Status status = OK;
    for (int i = 0; i < 10; i++) status = request_wrong_try_at(&x->rq, "thing", T("one"));
    assert_int_equal(status, LIMIT);
    assert_int_equal(request_tries_left_at(&x->rq, "thing", T("one")), LIMIT);
    assert_int_equal(request_tries_left_at(&x->rq, "thing", T("two")), OK);
    assert_int_equal(request_tries_left(&x->rq, "thing"), OK);
}

/* What apply counts is counted once though the lane runs it again. */
static void counts_a_request_once(void **state) {
    Site *site = *state;
    Text who = T("token:7");
    for (int i = 0; i < 10; i++) {
        Exchange *x = exchange_of(site, "GET /test/echo/x", T(""));
        assert_int_equal(request_tries_left_of(&x->rq, "once", who), OK);
        for (int run = 0; run < 3; run++) request_count_once(&x->rq, "once", who);
    }
    Exchange *x = exchange_of(site, "GET /test/echo/x", T(""));
    assert_int_equal(request_tries_left_of(&x->rq, "once", who), LIMIT);
}

/* A proxy that adds a line of its own leaves the one that the client made up before it. */
static void believes_the_nearest_proxy(void **state) {
    Site *site = *state;
    Exchange *x = exchange_of(site, "GET /test/echo/x\nX-Forwarded-For: 1.1.1.1\n"
                                    "x-forwarded-for: 2.2.2.2\nX-Other: 3", T(""));
    assert_true(text_eq(exchange_header_last(x, T("X-Forwarded-For")), T("2.2.2.2")));
    assert_true(text_eq(exchange_header_last(x, T("X-None")), TEXT_NONE));
}

static void links_to_no_other_host(void **state) {
    Site *site = *state;
    Exchange *x = run(site, "GET //elsewhere.example/x", T(""), 404);
    assert_null(strstr(answer_body(site, x), "elsewhere"));
}

/* Neighbouring hosts cannot plant what only this host may set. */
static void keeps_cookies_to_this_host(void **state) {
    Site *site = *state;
    Text base_url = site->org.base_url;
    site->org.base_url = T("https://club.example");
    Exchange *x = exchange_of(site, "GET /\nCookie: secret=planted; __Host-secret=ours", T(""));
    assert_true(text_eq(request_cookie(&x->rq, "secret"), T("ours")));
    request_set_cookie(&x->rq, "secret", T("1"), 0);
    assert_string_equal(answer_header(x, "Set-Cookie"),
                        "__Host-secret=1; Path=/; HttpOnly; SameSite=Lax; Secure");
    site->org.base_url = base_url;
}

static void shows_failures_of_each_kind(void **state) {
    Site *site = *state;
    static const struct {
        Status status;
        int http;
    } cases[] = {{INVALID, 422}, {DENIED, 403}, {NOT_FOUND, 404}, {CONFLICT, 409},
                 {LIMIT, 429},   {BUSY, 503},   {IO, 500}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        atomic_store(&test_apply_fails, cases[i].status);
        Exchange *x = run(site, "POST /test/open\nContent-Type: application/json", good_body,
                          cases[i].http);
        assert_string_equal(answer_header(x, "Content-Type"), "application/problem+json");
        has(answer_body(site, x), "\"type\":\"about:blank\"");
        bool waits = cases[i].status == LIMIT || cases[i].status == BUSY;
        assert_int_equal(answer_header(x, "Retry-After") != NULL, waits);
        assert_null(answer_header(x, "Set-Cookie")); /* of what was not done */
    }
    atomic_store(&test_apply_fails, OK);
}

static void speaks_both_languages(void **state) {
    Site *site = *state;
    has(answer_body(site, run(site, "GET /api/none", T(""), 404)), "Check the address");
    has(answer_body(site, run(site, "GET /api/none\nAccept-Language: hi-IN,en;q=0.8", T(""), 404)),
        "पता");
    has(answer_body(site, run(site, "GET /none", T(""), 404)), "lang=\"hi\"");
    has(answer_body(site, run(site, "GET /none\nAccept-Language: en-IN,en;q=0.9,hi;q=0.8", T(""),
                              404)), "lang=\"en\"");
    has(answer_body(site, run(site, "GET /none\nAccept-Language: en\nCookie: a=b; lang=hi", T(""),
                              404)), "lang=\"hi\"");
    has(answer_body(site, run(site, "GET /none?a=b&lang=en", T(""), 404)), "lang=\"en\"");
    Exchange *x = run(site, "GET /test/away?lang=en", T(""), 303);
    bool set = false;
    for (int i = 0; i < x->answer.header_count; i++)
        set |= text_starts_with(x->answer.headers[i].value, T("lang=en; Path=/; HttpOnly"));
    assert_true(set);
}

static void dresses_every_answer(void **state) {
    static const char *const targets[] = {"GET /test/echo/x", "GET /none", "GET /robots.txt",
                                          "GET /test/away", "BREW /x", "GET /test/echo/%"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        Exchange *x = exchange_of(*state, targets[i], T(""));
        exchange_run(*state, x);
        has(answer_header(x, "Content-Security-Policy"), "default-src 'none'");
        assert_string_equal(answer_header(x, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(answer_header(x, "Referrer-Policy"), "same-origin");
        assert_non_null(answer_header(x, "Cache-Control"));
        assert_null(answer_header(x, "Strict-Transport-Security"));
    }
    Exchange *x = run(*state, "GET /test/secret", T(""), 200);
    assert_string_equal(answer_header(x, "Referrer-Policy"), "no-referrer");
    assert_string_equal(answer_header(x, "Cache-Control"), "no-store");
    has(answer_header(x, "X-Robots-Tag"), "noindex");
    has(answer_header(x, "Content-Disposition"), "filename=\"letter.txt\"");
}

static void redirects(void **state) {
    Exchange *x = run(*state, "GET /test/away", T(""), 303);
    assert_string_equal(answer_header(x, "Location"), "/test/echo/there");
    has(answer_header(x, "Set-Cookie"), "been=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

static const char form_head[] = "POST /test/form\nContent-Type: application/x-www-form-urlencoded";

static void guards_forms(void **state) {
    Site *site = *state;
    run(site, form_head, T("name=a"), 403);
    run(site, form_head, T("name=a&csrf=00000000000000000000000000000000"), 403);
    uint8_t hash[CSRF_CHARS / 2];
    Text id = T("0123456789abcdefghjkmnpqrstvwxyz"), parts[] = {T("csrf"), id};
    keyring_hash(&site->org.keys, KEY_SESSION, parts, 2, hash, sizeof hash);
    char csrf[CSRF_CHARS];
    text_hex(hash, sizeof hash, csrf);
    Text body = arena_printf(site->arena, "name=a+b%%21&csrf=%.32s", csrf);
    Text head = arena_printf(site->arena, "%s\nCookie: sg_sid=%.*s", form_head, TEXT_ARG(id));
    run(site, form_head, body, 403); /* without the cookie */
    assert_string_equal(answer_body(site, run(site, head.ptr, body, 200)), "a b!");
    Text other = arena_printf(site->arena, "%s\nSec-Fetch-Site: cross-site", head.ptr);
    run(site, other.ptr, body, 403);
    Text more = arena_printf(site->arena, "%.*s&more=1", TEXT_ARG(body));
    run(site, head.ptr, more, 422);
    run(site, head.ptr, arena_printf(site->arena, "csrf=%.32s", csrf), 422);
}

/* The form's own field and cookie, as a browser would send them. */
static Exchange *send_page(Site *site, const char *fields, Status apply_fails, int status) {
    Exchange *x = run(site, "GET /test/page", T(""), 200);
    atomic_store(&test_apply_fails, apply_fails);
    Text cookie = text_of(answer_header(x, "Set-Cookie"));
    Text head = arena_printf(site->arena,
                             "POST /test/page\nContent-Type: application/x-www-form-urlencoded\n"
                             "Cookie: %.*s", (int)text_find_byte(cookie, ';'), cookie.ptr);
    x = run(site, head.ptr, arena_printf(site->arena, "%s&csrf=%.32s", fields, x->csrf), status);
    atomic_store(&test_apply_fails, OK);
    return x;
}

static void shows_forms_again(void **state) {
    Site *site = *state;
    send_page(site, "name=Asha", OK, 200);
    Exchange *x = send_page(site, "name=%3Cname+of+more+than+twenty+letters", OK, 422);
    has(answer_body(site, x), "&lt;name of more than twenty letters");
    has(answer_body(site, x), "again");
    has(answer_body(site, send_page(site, "name=Asha", CONFLICT, 409)), "again");
    x = send_page(site, "name=Asha", IO, 500);
    assert_null(strstr(answer_body(site, x), "again"));
    x = run(site, "POST /test/page\nContent-Type: application/x-www-form-urlencoded", T("name=a"),
            403);
    has(answer_body(site, x), "again"); /* nothing typed is lost when the form was old */
}

/* The lane may run apply again after a rollback: nothing of the run before may stay. */
static void applies_again(void **state) {
    Site *site = *state;
    Exchange *x = exchange_of(site, "POST /test/open\nContent-Type: application/json", good_body);
    assert_false(dispatch_begin(x));
    assert_int_equal(dispatch_run(x), DISPATCH_WRITE);
    Status status = lane_write(site->app.store, &x->rq.ctx, dispatch_apply, x);
    assert_int_equal(status, OK);
    status = lane_write(site->app.store, &x->rq.ctx, dispatch_apply, x);
    dispatch_finish(x, status);
    assert_int_equal(x->answer.status, 201);
    int cookies = 0;
    for (int i = 0; i < x->answer.header_count; i++)
        cookies += text_eq(x->answer.headers[i].name, T("Set-Cookie"));
    assert_int_equal(cookies, 1);
    assert_string_equal(answer_body(site, x), "{\"name\":\"Asha\",\"actor\":0,\"amount\":0}");
}

static void keeps_public_answers(void **state) {
    Site *site = *state;
    int before = atomic_load(&test_cached_made);
    Exchange *x = run(site, "GET /test/cached", T(""), 200);
    assert_string_equal(answer_header(x, "Cache-Control"), "public, max-age=3600");
    const char *first = answer_body(site, x);
    x = run(site, "HEAD /test/cached", T(""), 200);
    assert_string_equal(answer_body(site, x), first);
    assert_int_equal(atomic_load(&test_cached_made), before + 1);
    Text again = arena_printf(site->arena, "GET /test/cached\nIf-None-Match: %s",
                              answer_header(x, "ETag"));
    x = run(site, again.ptr, T(""), 304);
    assert_int_equal(x->answer.body.len, 0);
    run(site, "GET /test/cached\nAccept-Language: hi", T(""), 200);
    assert_int_equal(atomic_load(&test_cached_made), before + 2);
    run(site, "GET /test/cached?n=7", T(""), 200);
    run(site, "GET /test/cached?n=007", T(""), 200); /* the same number is not made again */
    assert_int_equal(atomic_load(&test_cached_made), before + 3);
    run(site, "GET /test/cached?n=70", T(""), 200);
    assert_int_equal(atomic_load(&test_cached_made), before + 4);
}

static void serves_assets(void **state) {
    Site *site = *state;
    Exchange *x = run(site, "GET /assets/site.css?v=1", T(""), 200);
    assert_string_equal(answer_header(x, "Content-Type"), "text/css; charset=utf-8");
    has(answer_header(x, "Cache-Control"), "immutable");
    size_t plain = x->answer.body.len;
    Text known = arena_printf(site->arena, "GET /assets/site.css\nIf-None-Match: %s",
                              answer_header(x, "ETag"));
    run(site, known.ptr, T(""), 304);
    x = run(site, "GET /assets/site.css\nAccept-Encoding: br, gzip;q=0.5", T(""), 200);
    assert_string_equal(answer_header(x, "Content-Encoding"), "gzip");
    assert_true(x->answer.body.len < plain / 2);
    x = run(site, "GET /assets/site.css\nAccept-Encoding: gzip;q=0", T(""), 200);
    assert_null(answer_header(x, "Content-Encoding"));
    run(site, "GET /assets/../schema/0001_member.sql", T(""), 404);
    run(site, "GET /assets/", T(""), 404);
}

static void limits_wrong_tries(void **state) {
    Site *site = *state;
    for (int i = 0; i < 9; i++) run(site, "GET /test/guess", T(""), 404);
    Exchange *x = run(site, "GET /test/guess", T(""), 429);
    has(answer_body(site, x), "tries_too_many");
    int64_t wait_s;
    assert_true(text_to_int(text_of(answer_header(x, "Retry-After")), &wait_s));
    assert_in_range(wait_s, 1, 60);
}

static void opens_its_figures_to_the_machine_alone(void **state) {
    Site *site = *state;
    run(site, "GET /metrics", T(""), 404);
    Exchange *x = exchange_of(site, "GET /metrics", T(""));
    x->from_loopback = true;
    assert_int_equal(exchange_run(site, x), 200);
    has(answer_body(site, x), "store_writes_total ");
    has(answer_body(site, run(site, "GET /healthz", T(""), 200)), "\"status\":\"ok\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_routes),
        cmocka_unit_test(frames_clearly),
        cmocka_unit_test(answers_its_own_hosts),
        cmocka_unit_test(knows_tokens),
        cmocka_unit_test(reads_nothing_large_for_strangers),
        cmocka_unit_test(slows_guessing_of_tokens),
        cmocka_unit_test(counts_tries_at_one_thing_apart),
        cmocka_unit_test(believes_the_nearest_proxy),
        cmocka_unit_test(links_to_no_other_host),
        cmocka_unit_test(keeps_cookies_to_this_host),
        cmocka_unit_test(shows_failures_of_each_kind),
        cmocka_unit_test(speaks_both_languages),
        cmocka_unit_test(dresses_every_answer),
        cmocka_unit_test(redirects),
        cmocka_unit_test(guards_forms),
        cmocka_unit_test(shows_forms_again),
        cmocka_unit_test(applies_again),
        cmocka_unit_test(counts_a_request_once),
        cmocka_unit_test(keeps_public_answers),
        cmocka_unit_test(serves_assets),
        cmocka_unit_test(limits_wrong_tries),
        cmocka_unit_test(opens_its_figures_to_the_machine_alone),
    };
    return cmocka_run_group_tests(tests, site_make, site_remove);
}
