/* Over real sockets: framing, slow and broken clients, keep-alive, many writes at once, the end. */
#include "web_test.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "test_routes.h"
#include "web/worker_pool.h"

enum { ANSWER_BYTES = 64 << 10, WRITERS = 64, LARGE_BODIES = 48, LARGE_OF_ONE = 12 };

static char answer[ANSWER_BYTES];

static int ask(void **state, const char *request) {
    return client_ask(*state, request, answer, sizeof answer);
}

static void has(const char *part) {
    if (!strstr(answer, part)) test_fails("%s is not in %s", part, answer);
}

/* The connection must end without another byte. */
static void assert_ended(int fd) {
    char byte;
    assert_true(recv(fd, &byte, 1, 0) <= 0);
    close(fd);
}

static void refuses_unclear_lengths(void **state) {
    static const char *const requests[] = {
        "POST /test/open HTTP/1.1\r\nHOSTContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n",
        "POST /test/open HTTP/1.1\r\nHOSTContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "POST /test/open HTTP/1.1\r\nHOSTContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
        "POST /test/open HTTP/1.1\r\nHOSTTransfer-Encoding: identity\r\n\r\n",
        "POST /test/open HTTP/1.1\r\nHOSTTransfer-Encoding: chunked\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /test/open HTTP/1.0\r\nHOSTTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /test/echo/x HTTP/1.1\r\n\r\n",
        "GET /test/echo/x HTTP/1.1\r\nHOSTHOST\r\n",
        "GET /test/echo/x y HTTP/1.1\r\nHOST\r\n",
        "POST /test/open HTTP/1.1\r\nHOSTContent-Length : 2\r\n\r\n{}",
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        int fd = client_open(*state);
        client_send(fd, client_request(*state, requests[i]));
        int status = client_read(fd, false, answer, sizeof answer);
        if (status != 400) test_fails("%d for %s", status, requests[i]);
        has("Connection: close");
        assert_ended(fd); /* what follows is never read as a request */
    }
}

static void refuses_lengths_that_are_none(void **state) {
    int status = ask(state, "POST /test/open HTTP/1.1\r\nHOSTContent-Length: 2x\r\n\r\n{}");
    assert_true(status == 400);
    status = ask(state, "POST /test/open HTTP/1.1\r\nHOST"
                        "Content-Length: 99999999999999999999999\r\n\r\n{}");
    assert_true(status == 400 || status == 413);
}

static void refuses_strange_hosts(void **state) {
    assert_int_equal(ask(state, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
    assert_int_equal(ask(state, "GET /healthz HTTP/1.1\r\nHost: Club.Example\r\n\r\n"), 200);
    assert_int_equal(ask(state, "GET /healthz HTTP/1.0\r\n\r\n"), 200);
}

static void refuses_long_bodies_unread(void **state) {
    Site *site = *state;
    assert_int_equal(ask(state, "POST /test/open HTTP/1.1\r\nHOST"
                                "Content-Type: application/json\r\nExpect: 100-continue\r\n"
                                "Content-Length: 10485760\r\n\r\n"), 413);
    has("application/problem+json");
    Buffer big = buffer_in(site->arena, 16 << 20);
    buffer_add(&big, client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                          "Content-Type: application/json\r\n"
                                          "Content-Length: 10485760\r\n\r\n"));
    memset(buffer_room(&big, 10485760), 'x', 10485760);
    int fd = client_open(site);
    client_send(fd, buffer_text(&big));
    int status = client_read(fd, false, answer, sizeof answer);
    assert_true(status == 413 || status == 0); /* 0: hung up while we were still sending */
    close(fd);
    assert_int_equal(ask(state, "GET /healthz HTTP/1.1\r\nHOST\r\n"), 200);
}

static void takes_chunks_up_to_the_limit(void **state) {
    assert_int_equal(ask(state, "POST /test/open HTTP/1.1\r\nHOST"
                                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                                "\r\n8\r\n{\"name\":\r\n5\r\n\"Om\"}\r\n0\r\n\r\n"), 201);
    has("\"name\":\"Om\"");
    Site *site = *state;
    Buffer big = buffer_in(site->arena, 1 << 20);
    buffer_add(&big, client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                          "Content-Type: application/json\r\n"
                                          "Transfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 20; i++) buffer_printf(&big, "100\r\n%0256d\r\n", i);
    buffer_add(&big, T("0\r\n\r\n"));
    int fd = client_open(site);
    client_send(fd, buffer_text(&big));
    assert_int_equal(client_read(fd, false, answer, sizeof answer), 413);
    close(fd);
}

static void knows_methods(void **state) {
    assert_int_equal(ask(state, "DELETE /test/echo/x HTTP/1.1\r\nHOST\r\n"), 405);
    has("Allow: GET, HEAD");
    assert_int_equal(ask(state, "OPTIONS * HTTP/1.1\r\nHOST\r\n"), 400);
    assert_int_equal(ask(state, "TRACE /test/echo/x HTTP/1.1\r\nHOST\r\n"), 405);
    assert_int_equal(ask(state, "HEAD /test/echo/x HTTP/1.1\r\nHOST\r\n"), 200);
    has("Content-Length: 53");
}

static void keeps_connections_open(void **state) {
    Site *site = *state;
    int fd = client_open(site);
    Text get = client_request(site, "GET /test/echo/again HTTP/1.1\r\nHOST\r\n");
    Text head = client_request(site, "HEAD /test/echo/again HTTP/1.1\r\nHOST\r\n");
    Text post = client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                     "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n"
                                     "{\"name\":\"Om\"}");
    Text missing = client_request(site, "POST /none HTTP/1.1\r\nHOSTContent-Length: 3\r\n\r\nabc");
    for (int i = 0; i < 50; i++) {
        client_send(fd, get);
        assert_int_equal(client_read(fd, false, answer, sizeof answer), 200);
        client_send(fd, head);
        assert_int_equal(client_read(fd, true, answer, sizeof answer), 200);
        client_send(fd, post);
        assert_int_equal(client_read(fd, false, answer, sizeof answer), 201);
        client_send(fd, missing);
        assert_int_equal(client_read(fd, false, answer, sizeof answer), 404);
    }
    close(fd);
}

static void answers_a_pipeline_in_order(void **state) {
    Site *site = *state;
    int fd = client_open(site);
    client_send(fd, client_request(site, "GET /test/echo/one HTTP/1.1\r\nHOST\r\n"
                                         "POST /test/open HTTP/1.1\r\nHOST"
                                         "Content-Type: application/json\r\n"
                                         "Content-Length: 14\r\n\r\n{\"name\":\"two\"}"
                                         "GET /test/echo/three HTTP/1.1\r\nHOST\r\n"));
    static const char *const words[] = {"one", "two", "three"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(client_read(fd, false, answer, sizeof answer), i == 1 ? 201 : 200);
        has(words[i]);
    }
    close(fd);
}

static void waits_for_nobody_else(void **state) {
    Site *site = *state;
    int slow[8];
    for (int i = 0; i < 8; i++) { /* more than there are threads */
        slow[i] = client_open(site);
        client_send(slow[i], client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                                  "Content-Length: 100\r\n\r\n{"));
    }
    assert_int_equal(ask(state, "GET /test/echo/x HTTP/1.1\r\nHOST\r\n"), 200);
    for (int i = 0; i < 8; i++) close(slow[i]);
}

static void lives_through_broken_clients(void **state) {
    Site *site = *state;
    static const char *const broken[] = {
        "", "\r\n", "GET", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02", "GET / HTTP/1.1\r\nHost",
        "POST /test/open HTTP/1.1\r\nHOSTTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /test/open HTTP/1.1\r\nHOSTContent-Type: application/json\r\n"
        "Content-Length: 13\r\n\r\n{\"name\":\"Om\"}", /* gone before the answer */
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        int fd = client_open(site);
        client_send(fd, client_request(site, broken[i]));
        shutdown(fd, SHUT_WR);
        close(fd);
    }
    Buffer big = buffer_in(site->arena, 1 << 20);
    buffer_add(&big, client_request(site, "GET /healthz HTTP/1.1\r\nHOST"));
    for (int i = 0; i < 100; i++) buffer_printf(&big, "X-%d: y\r\n", i);
    buffer_add(&big, T("\r\n"));
    int fd = client_open(site);
    client_send(fd, buffer_text(&big));
    assert_int_equal(client_read(fd, false, answer, sizeof answer), 431);
    close(fd);
    assert_int_equal(ask(state, "GET /healthz HTTP/1.1\r\nHOST\r\n"), 200);
}

/* What is logged of a request is its route, never its address. */
static void logs_no_addresses(void **state) {
    Site *site = *state;
    FILE *log = tmpfile();
    int before = dup(STDERR_FILENO);
    assert_true(dup2(fileno(log), STDERR_FILENO) >= 0);
    log_set_level(LOG_LEVEL_DEBUG);
    int fd = client_open(site);
    client_send(fd, client_request(site, "GET /test/echo/private?n=77 HTTP/1.1\r\nHOST\r\n"
                                         "GET /private HTTP/1.1\r\nHOST\r\n"
                                         "GET /healthz HTTP/1.1\r\nHOST\r\n"));
    for (int i = 0; i < 3; i++) (void)client_read(fd, false, answer, sizeof answer);
    log_set_level(LOG_LEVEL_INFO);
    dup2(before, STDERR_FILENO);
    close(before);
    close(fd);
    rewind(log);
    answer[fread(answer, 1, sizeof answer - 1, log)] = 0;
    fclose(log);
    has("GET /test/echo/{word} 200 ");
    has("request - - 404 ");
    assert_null(strstr(answer, "private"));
    assert_null(strstr(answer, "77"));
}

typedef struct Writer {
    pthread_t thread;
    const Site *site;
    Text request;
    int fd, good;
} Writer;

static void *write_often(void *argument) {
    Writer *writer = argument;
    char own[8192];
    for (int i = 0; i < 10; i++) {
        client_send(writer->fd, writer->request);
        if (client_read(writer->fd, false, own, sizeof own) == 201) writer->good++;
    }
    close(writer->fd);
    return NULL;
}

static void answers_many_writes_at_once(void **state) {
    Site *site = *state;
    Writer writers[WRITERS];
    Text request = client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                        "Content-Type: application/json\r\n"
                                        "Content-Length: 13\r\n\r\n{\"name\":\"Om\"}");
    for (int i = 0; i < WRITERS; i++)
        writers[i] = (Writer){.site = site, .request = request, .fd = client_open(site)};
    int applied = atomic_load(&test_applied);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(
            pthread_create(&writers[i].thread, NULL, write_often, &writers[i]), 0);
    int good = 0;
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        good += writers[i].good;
    }
    assert_int_equal(good, WRITERS * 10);
    assert_int_equal(atomic_load(&test_applied) - applied, WRITERS * 10);
}

static void says_when_the_port_is_taken(void **state) {
    Site *site = *state;
    App second = {.options = site->app.options, .store = site->app.store, .org = &site->org};
    second.options.listen_port = http_server_port(site->server);
    HttpServer *server;
    Ctx ctx;
    ctx_init(&ctx, site->arena);
    assert_int_equal(http_server_start(&ctx, &second, &server), IO);
    assert_string_equal(ctx.errors[0].message, "listen_in_use");
    ctx_forget_errors(&ctx);
    second.options.listen_address = "no address";
    assert_int_equal(http_server_start(&ctx, &second, &server), IO);
    assert_string_equal(ctx.errors[0].message, "listen_failed");
    ctx_forget_errors(&ctx);
    second.options.tls_cert = "/nonexistent/cert";
    assert_int_equal(http_server_start(&ctx, &second, &server), INVALID);
    second.options.tls_key = "/nonexistent/key";
    assert_int_equal(http_server_start(&ctx, &second, &server), IO);
    assert_string_equal(ctx.errors[0].message, "tls_files");
}

static const char slow_get[] = "GET /test/slow HTTP/1.1\r\nHOST\r\n";
static const char slow_post[] = "POST /test/slow HTTP/1.1\r\nHOST"
                                "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n"
                                "{\"name\":\"Om\"}";

static int begin(const Site *site, const char *request) {
    int fd = client_open(site);
    client_send(fd, client_request(site, request));
    return fd;
}

static void until_held(int count) {
    while (atomic_load(&test_held) != count) sched_yield();
}

/* One HTTP thread, one worker, and that one busy: a plain request is answered all the same. */
static void draws_beside_the_others(void **state) {
    Site *site = *state;
    test_hold();
    int reading = begin(site, slow_get);
    until_held(1);
    int writing = begin(site, slow_post);
    assert_int_equal(ask(state, "GET /test/echo/x HTTP/1.1\r\nHOST\r\n"), 200);
    assert_int_equal(ask(state, "POST /test/open HTTP/1.1\r\nHOST"
                                "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n"
                                "{\"name\":\"Om\"}"), 201);
    assert_int_equal(atomic_load(&test_held), 1);
    test_let_go();
    assert_int_equal(client_read(reading, false, answer, sizeof answer), 200);
    assert_int_equal(client_read(writing, false, answer, sizeof answer), 201);
    has("\"name\":\"Om\"");
    client_send(writing, client_request(site, "GET /test/echo/next HTTP/1.1\r\nHOST\r\n"));
    assert_int_equal(client_read(writing, false, answer, sizeof answer), 200);
    close(reading);
    close(writing);
}

/* So many from one address, of which one is turned away at once: the last that came. */
static void begin_all_but_one(Site *site, uint32_t nth, int *fds, int count) {
    enum { MANY = WORKER_POOL_WAITING };
    struct pollfd lines[MANY];
    for (int i = 0; i <= count; i++) {
        lines[i] = (struct pollfd){.fd = client_open_from(site, INADDR_LOOPBACK + nth),
                                   .events = POLLIN};
        client_send(lines[i].fd, client_request(site, slow_get));
    }
    assert_int_equal(poll(lines, (nfds_t)count + 1, -1), 1);
    for (int i = 0; i <= count; i++) {
        if (!lines[i].revents) {
            *fds++ = lines[i].fd;
            continue;
        }
        assert_int_equal(client_read(lines[i].fd, false, answer, sizeof answer), 503);
        has("Retry-After: ");
        has("\"code\":\"busy_try_again\"");
        close(lines[i].fd);
    }
}

/* One client gets half of the room at most, and each one a part of the rest. */
static void turns_away_when_the_queue_is_full(void **state) {
    Site *site = *state;
    enum { HALF = WORKER_POOL_WAITING / 2 };
    int waiting[WORKER_POOL_WAITING];
    test_hold();
    int first = begin(site, slow_get);
    until_held(1);
    begin_all_but_one(site, 0, waiting, HALF);
    for (int at = HALF; at < WORKER_POOL_WAITING; at += WORKER_POOL_ONE)
        begin_all_but_one(site, (uint32_t)at, waiting + at, WORKER_POOL_ONE);
    begin_all_but_one(site, WORKER_POOL_WAITING, NULL, 0);
    test_let_go();
    for (int i = 0; i < WORKER_POOL_WAITING; i++) {
        assert_int_equal(client_read(waiting[i], false, answer, sizeof answer), 200);
        close(waiting[i]);
    }
    close(first);
    assert_int_equal(ask(state, slow_get), 200);
}

static int begin_large(const Site *site, uint32_t client) {
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    int fd = client_open_from(site, INADDR_LOOPBACK + client);
    client_send(fd, client_request(site, "POST /test/slow HTTP/1.1\r\nHOSTExpect: 100-continue\r\n"
                                         "Content-Type: application/json\r\n"
                                         "Content-Length: 13\r\n\r\n"));
    assert_int_equal(recv(fd, answer, sizeof go_on - 1, MSG_WAITALL), sizeof go_on - 1);
    assert_memory_equal(answer, go_on, sizeof go_on - 1);
    return fd;
}

/* Bodies that take more memory than others are counted while they come in; one client may have only
 * some of the places. */
static void bounds_large_bodies(void **state) {
    Site *site = *state;
    int coming[LARGE_BODIES];
    for (int i = 0; i < LARGE_OF_ONE; i++) coming[i] = begin_large(site, 0);
    assert_int_equal(ask(state, slow_post), 503);
    for (int i = LARGE_OF_ONE; i < LARGE_BODIES; i++)
        coming[i] = begin_large(site, (uint32_t)(i / LARGE_OF_ONE));
    int beyond = client_open_from(site, INADDR_LOOPBACK + LARGE_BODIES);
    client_send(beyond, client_request(site, slow_post));
    assert_int_equal(client_read(beyond, false, answer, sizeof answer), 503);
    close(beyond);
    for (int i = 0; i < LARGE_BODIES; i++) {
        client_send(coming[i], T("{\"name\":\"Om\"}"));
        assert_int_equal(client_read(coming[i], false, answer, sizeof answer), 201);
        close(coming[i]);
    }
    assert_int_equal(ask(state, slow_post), 201);
}

/* Its client is gone before it is drawn. */
static void draws_for_nobody(void **state) {
    Site *site = *state;
    test_hold();
    int gone = begin(site, slow_get);
    until_held(1);
    close(gone);
    test_let_go();
    assert_int_equal(ask(state, slow_get), 200);
}

static void *stop(void *argument) {
    Site *site = argument;
    http_server_stop(site->server);
    site->server = NULL;
    return NULL;
}

/* A request whose body is half here when the end is called for is still answered. */
static void finishes_what_it_took(void **state) {
    Site *site = *state;
    int half = client_open(site), idle = client_open(site);
    client_send(half, client_request(site, "POST /test/open HTTP/1.1\r\nHOST"
                                           "Content-Type: application/json\r\n"
                                           "Content-Length: 13\r\n\r\n{\"name\""));
    assert_int_equal(ask(state, "GET /healthz HTTP/1.1\r\nHOST\r\n"), 200);
    pthread_t stopper;
    assert_int_equal(pthread_create(&stopper, NULL, stop, site), 0);
    client_send(half, T(":\"Om\"}"));
    assert_int_equal(client_read(half, false, answer, sizeof answer), 201);
    pthread_join(stopper, NULL);
    assert_ended(half);
    assert_ended(idle);
}

/* What the workers took is finished, too. */
static void finishes_what_it_draws(void **state) {
    Site *site = *state;
    test_hold();
    int drawing = begin(site, slow_get);
    until_held(1);
    int waiting = begin(site, slow_post);
    assert_int_equal(ask(state, "GET /healthz HTTP/1.1\r\nHOST\r\n"), 200);
    pthread_t stopper;
    assert_int_equal(pthread_create(&stopper, NULL, stop, site), 0);
    test_let_go();
    assert_int_equal(client_read(drawing, false, answer, sizeof answer), 200);
    assert_int_equal(client_read(waiting, false, answer, sizeof answer), 201);
    pthread_join(stopper, NULL);
    assert_ended(drawing);
    assert_ended(waiting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_unclear_lengths),
        cmocka_unit_test(refuses_lengths_that_are_none),
        cmocka_unit_test(refuses_strange_hosts),
        cmocka_unit_test(refuses_long_bodies_unread),
        cmocka_unit_test(takes_chunks_up_to_the_limit),
        cmocka_unit_test(knows_methods),
        cmocka_unit_test(keeps_connections_open),
        cmocka_unit_test(answers_a_pipeline_in_order),
        cmocka_unit_test(waits_for_nobody_else),
        cmocka_unit_test(lives_through_broken_clients),
        cmocka_unit_test(logs_no_addresses),
        cmocka_unit_test(answers_many_writes_at_once),
        cmocka_unit_test(says_when_the_port_is_taken),
        cmocka_unit_test(finishes_what_it_took),
    };
    const struct CMUnitTest narrow[] = {
        cmocka_unit_test(draws_beside_the_others),
        cmocka_unit_test(turns_away_when_the_queue_is_full),
        cmocka_unit_test(bounds_large_bodies),
        cmocka_unit_test(draws_for_nobody),
        cmocka_unit_test(finishes_what_it_draws),
    };
    int failed = cmocka_run_group_tests(tests, site_serve, site_remove);
    return failed + cmocka_run_group_tests(narrow, site_serve_narrow, site_remove);
}
