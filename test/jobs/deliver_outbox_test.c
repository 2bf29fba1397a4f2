/* A gateway that fails in every way: the code arrives once it recovers, and no second time. */
#include "register_test.h"

#include <unistd.h>

#include "bad_server.h"
#include "base/clock.h"
#include "domain/outbox.h"
#include "jobs/deliver_outbox.h"
#include "jobs/runner.h"
#include "jobs/tidy_outbox.h"

/* Short, where a gateway is to be waited for in vain. */
enum { TIMEOUT_MS = 300, LOOKS = 3000, LOOK_US = 10000 };

typedef struct Scene {
    Register *r;
    BadServer *server;
    HttpCaller *http;
    int64_t clock_offset;
} Scene;

static Status write_gateway(Ctx *ctx, void *gateway) { return gateway_write(ctx, gateway); }

static void set_gateway(Scene *s, int64_t timeout_ms) {
    Gateway gateway = {
        .kind = GATEWAY_HTTP,
        .url = arena_printf(s->r->arena, "http://127.0.0.1:%d/sms", bad_server_port(s->server)),
        .method = T("POST"),
        .headers = T("X-Key: {secret}"),
        .body = T("{\"to\":\"{phone}\",\"text\":\"{text}\"}"),
        .secret = T("key-of-the-gateway"),
        .success_text = T("taken\"}"),
        .timeout_ms = timeout_ms,
        .daily_cap = 1000,
        .templates = {{T("code"), LANG_HI, T(""), T("{code} कोड")},
                      {T("code"), LANG_EN, T(""), T("{code} is your code")},
                      {T("act"), LANG_HI, T(""), T("{act}: {code}")},
                      {T("act"), LANG_EN, T(""), T("{code} to {act}")}},
        .template_count = 4,
    };
    register_must(s->r, register_write(s->r, write_gateway, &gateway));
}

/* The job asks the system's clock: it is turned to the register's. */
static void turn_clock(Scene *s, int64_t by_s) {
    s->r->ctx.now_s += by_s;
    clock_set_offset(0);
    clock_set_offset(s->r->ctx.now_s - clock_now_s());
}

static int make(void **state) {
    Scene *s = test_calloc(1, sizeof *s);
    void *r;
    (void)register_make(&r);
    s->r = r;
    s->server = bad_server_start(&(Manner){MANNER_GOOD}, 1);
    s->http = http_call_open();
    assert_non_null(s->http);
    turn_clock(s, 0);
    set_gateway(s, TIMEOUT_MS);
    *state = s;
    return 0;
}

static int drop(void **state) {
    Scene *s = *state;
    void *r = s->r;
    http_call_close(s->http);
    (void)register_remove(&r);
    bad_server_stop(s->server);
    clock_set_offset(0);
    test_free(s);
    return 0;
}

static Status add_apply(Ctx *ctx, void *code) {
    return outbox_add_code(ctx, T("+919876543210"), LANG_EN, TEXT_NONE, text_of(code));
}

static void add(Scene *s, const char *code) {
    register_must(s->r,
                  register_write(s->r, add_apply, arena_cstr(s->r->arena, text_of(code))));
}

static void deliver(Scene *s) {
    atomic_bool stopping = false;
    JobRun run = {.store = s->r->store, .http = s->http, .stopping = &stopping};
    ctx_init(&run.ctx, s->r->arena);
    run.ctx.org = &s->r->org;
    register_must(s->r, deliver_outbox(&run));
}

static int64_t count(Scene *s, const char *state) {
    return register_int(
        s->r, arena_printf(s->r->arena, "SELECT count(*) FROM outbox WHERE state = '%s'", state)
                  .ptr);
}

static int64_t used(Scene *s) {
    return register_int(s->r, "SELECT coalesce(sum(sent), 0) FROM gateway_use");
}

static void arrives_once_the_gateway_recovers(void **state) {
    static const Manner bad[] = {MANNER_500,   MANNER_GARBAGE,   MANNER_SILENT,
                                 MANNER_DRIPS, MANNER_CLOSES,    MANNER_CUTS,
                                 MANNER_FLOODS, MANNER_REDIRECTS, MANNER_REFUSES};
    Scene *s = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bad_server_behave(s->server, bad[i]);
        add(s, "246810");
        int before = bad_server_requests(s->server);
        deliver(s);
        deliver(s); /* not before its time */
        assert_int_equal(bad_server_requests(s->server), before + 1);
        assert_int_equal(count(s, "waiting"), 1);
        bad_server_behave(s->server, MANNER_GOOD);
        turn_clock(s, 3);
        deliver(s);
        assert_int_equal(bad_server_requests(s->server), before + 2);
        assert_int_equal(count(s, "waiting"), 0);
        assert_int_equal(count(s, "sent"), (int64_t)i + 1);
        turn_clock(s, OUTBOX_LEASE_S + 1);
        deliver(s); /* acknowledged: never again */
        assert_int_equal(bad_server_requests(s->server), before + 2);
        assert_non_null(strstr(bad_server_last(s->server), "{\"to\":\"+919876543210\",\"text\":"
                                                           "\"246810 is your code\"}"));
        assert_non_null(strstr(bad_server_last(s->server), "X-Key: key-of-the-gateway\r\n"));
    }
    /* all were paid for but the tries that were refused for sure: 500 and the redirect */
    assert_int_equal(used(s), 2 * (int64_t)(sizeof bad / sizeof *bad) - 2);
}

static void many_at_once_arrive_once_each(void **state) {
    Scene *s = *state;
    enum { MANY = 50 };
    set_gateway(s, GATEWAY_TIMEOUT_MS_MAX); /* a busy machine is no gateway in trouble */
    for (int i = 0; i < MANY; i++) add(s, "135790");
    deliver(s);
    assert_int_equal(count(s, "sent"), MANY);
    assert_int_equal(bad_server_requests(s->server), MANY);
}

static void nothing_leaves_after_its_time(void **state) {
    Scene *s = *state;
    bad_server_behave(s->server, MANNER_500);
    add(s, "135790");
    deliver(s);
    bad_server_behave(s->server, MANNER_GOOD);
    turn_clock(s, OUTBOX_CODE_LIFE_S);
    deliver(s);
    assert_int_equal(bad_server_requests(s->server), 1);
    assert_int_equal(count(s, "expired"), 1);
}

static void a_damaged_message_keeps_none_of_the_others(void **state) {
    Scene *s = *state;
    add(s, "135790");
    add(s, "246801");
    register_run(s->r, "UPDATE outbox SET body = x'00' WHERE outbox_id = (SELECT min(outbox_id) "
                       "FROM outbox)");
    deliver(s);
    deliver(s);
    assert_int_equal(bad_server_requests(s->server), 1);
    assert_int_equal(count(s, "sent"), 1);
    assert_int_equal(count(s, "failed"), 1);
}

static Status take_apply(Ctx *ctx, void *batch) { return outbox_take(ctx, batch); }

/* Whoever crashed had sent it, or not: nobody knows, so it is sent once more. */
static void a_crash_repeats_at_most_once(void **state) {
    Scene *s = *state;
    add(s, "135790");
    OutboxBatch batch = {.wanted = 1};
    register_must(s->r, register_write(s->r, take_apply, &batch));
    deliver(s);
    assert_int_equal(bad_server_requests(s->server), 0);
    turn_clock(s, OUTBOX_LEASE_S);
    deliver(s);
    turn_clock(s, OUTBOX_LEASE_S);
    deliver(s);
    assert_int_equal(bad_server_requests(s->server), 1);
    assert_int_equal(count(s, "sent"), 1);
}

/* What is logged while the gateway fails and recovers. */
static void neither_phone_nor_code_nor_key_is_logged(void **state) {
    Scene *s = *state;
    Text path = arena_printf(s->r->arena, "%s/log", s->r->folder);
    int kept = dup(STDERR_FILENO);
    assert_non_null(freopen(path.ptr, "w", stderr));
    bad_server_behave(s->server, MANNER_REFUSES);
    add(s, "135790");
    deliver(s);
    bad_server_behave(s->server, MANNER_GOOD);
    turn_clock(s, 3);
    deliver(s);
    assert_true(dup2(kept, STDERR_FILENO) >= 0 && close(kept) == 0);
    Text found =
        arena_printf(s->r->arena, "grep -q 'sms-not-sent.*no success text' '%s'", path.ptr);
    assert_int_equal(system(found.ptr), 0);
    Text silent = arena_printf(
        s->r->arena, "grep -qE '9876543210|135790|key-of|127.0.0.1' '%s'", path.ptr);
    assert_int_not_equal(system(silent.ptr), 0);
}

static const Job slow_jobs[] = {
    {"deliver_outbox", 3600 * 1000, OUTBOX_WAKES, deliver_outbox}, /* comes by the wake alone */
    {"tidy_outbox", 3600 * 1000, 0, tidy_outbox},
    {.name = NULL},
};

static void wait_until_sent(Scene *s, int64_t wanted) {
    for (int i = 0; i < LOOKS && count(s, "sent") < wanted; i++) (void)usleep(LOOK_US);
    assert_int_equal(count(s, "sent"), wanted);
}

static void the_runner_wakes_after_the_commit(void **state) {
    Scene *s = *state;
    Runner *runner;
    register_must(s->r, runner_start(&s->r->ctx, s->r->store, slow_jobs, &runner));
    for (int i = 1; i <= 5; i++) {
        add(s, "135790");
        wait_until_sent(s, i);
    }
    bad_server_behave(s->server, MANNER_SILENT);
    add(s, "135790");
    runner_stop(runner); /* while a call may be under way */
    add(s, "135790");    /* nobody is woken any more */
    assert_int_equal(count(s, "sent"), 5);
    assert_int_equal(count(s, "waiting"), 2);
}

static void one_call_that_hangs_delays_no_new_code(void **state) {
    Scene *s = *state;
    Runner *runner;
    static const Manner manners[] = {MANNER_SILENT, MANNER_GOOD};
    bad_server_stop(s->server);
    s->server = bad_server_start(manners, 2);
    set_gateway(s, TIMEOUT_MS);
    add(s, "135790");
    register_must(s->r, runner_start(&s->r->ctx, s->r->store, slow_jobs, &runner));
    for (int i = 0; i < LOOKS && bad_server_requests(s->server) < 1; i++) (void)usleep(LOOK_US);
    add(s, "135790");
    wait_until_sent(s, 1);
    runner_stop(runner);
}

static void the_runner_refuses_the_log_gateway(void **state) {
    Scene *s = *state;
    Runner *runner;
    register_run(s->r, "UPDATE gateway SET kind = 'log'"); /* behind our back */
    ctx_forget_errors(&s->r->ctx);
    register_refused(s->r, runner_start(&s->r->ctx, s->r->store, slow_jobs, &runner), DENIED, NULL,
                     "gateway_log_demo_only");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(arrives_once_the_gateway_recovers),
        TEST(many_at_once_arrive_once_each),
        TEST(nothing_leaves_after_its_time),
        TEST(a_damaged_message_keeps_none_of_the_others),
        TEST(a_crash_repeats_at_most_once),
        TEST(neither_phone_nor_code_nor_key_is_logged),
        TEST(the_runner_wakes_after_the_commit),
        TEST(one_call_that_hangs_delays_no_new_code),
        TEST(the_runner_refuses_the_log_gateway),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
