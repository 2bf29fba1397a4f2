/* A payment gateway that fails in every way: nobody is led anywhere, nothing is counted, and each
 * try has a name of its own. */
#include "register_test.h"

#include "bad_server.h"
#include "base/clock.h"
#include "domain/pay_link.h"
#include "jobs/make_pay_links.h"
#include "treasury_test.h"

enum { TIMEOUT_MS = 300 };

typedef struct Scene {
    Register *r;
    BadServer *server;
    HttpCaller *http;
} Scene;

static Status set_way(Ctx *ctx, void *way) { return pay_way_set(ctx, PAY_WAY_RAZORPAY, way); }

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
    PayWay way = {.is_on = true, .detail = T(""), .payee = T(""), .secret = T("a-webhooks-secret"),
                  .key_id = T("rzp_key"), .key_secret = T("a-secret-of-the-key"),
                  .api_url = arena_printf(s->r->arena, "http://127.0.0.1:%d",
                                          bad_server_port(s->server))};
    register_must(s->r, register_write(s->r, set_way, &way));
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

typedef struct Wanting {
    int64_t order_id;
    PayLink link;
} Wanting;

static Status want_apply(Ctx *ctx, void *argument) {
    Wanting *w = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, w->order_id, &order));
    return pay_link_want(ctx, &order, &w->link);
}

static PayLink want(Scene *s, int64_t order_id) {
    Wanting w = {.order_id = order_id};
    register_must(s->r, register_write(s->r, want_apply, &w));
    return w.link;
}

static int64_t order(Scene *s, int which) {
    int64_t serial = treasury_applicant(s->r, which);
    return treasury_order(s->r, &serial, 1).id;
}

static void ask(Scene *s) {
    atomic_bool stopping = false;
    JobRun run = {.store = s->r->store, .http = s->http, .stopping = &stopping};
    ctx_init(&run.ctx, s->r->arena);
    run.ctx.org = &s->r->org;
    register_must(s->r, make_pay_links_within(&run, TIMEOUT_MS));
}

static void assert_tried(Scene *s, int64_t order_id, int64_t tries, const char *reason) {
    PayLink link = want(s, order_id);
    assert_int_equal(link.state, PAY_LINK_WANTED);
    assert_int_equal(link.tries, tries);
    assert_int_equal(link.url.len, 0);
    assert_string_equal(arena_cstr(s->r->arena, link.last_error), reason);
}

static void every_trouble_is_written_down_and_waited_out(void **state) {
    static const struct {
        Manner manner;
        const char *reason;
    } troubles[] = {
        {MANNER_GOOD, "answer does not fit"}, {MANNER_500, "status 500"},
        {MANNER_GARBAGE, "connection broken"}, {MANNER_SILENT, "timed out"},
        {MANNER_DRIPS, "timed out"},          {MANNER_CLOSES, "connection broken"},
        {MANNER_CUTS, "connection broken"},   {MANNER_FLOODS, "answer too large"},
    };
    Scene *s = *state;
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        int64_t id = order(s, (int)i);
        bad_server_behave(s->server, troubles[i].manner);
        int before = bad_server_requests(s->server);
        assert_int_equal(want(s, id).state, PAY_LINK_WANTED);
        ask(s);
        ask(s); /* not before its time */
        assert_int_equal(bad_server_requests(s->server), before + 1);
        assert_tried(s, id, 1, troubles[i].reason);
        register_run(s->r, "DELETE FROM pay_link");
    }
}

static void it_gives_up_and_may_be_wanted_again(void **state) {
    Scene *s = *state;
    int64_t id = order(s, 1);
    bad_server_behave(s->server, MANNER_500);
    (void)want(s, id);
    for (int i = 0; i < PAY_LINK_TRIES + 2; i++) {
        ask(s);
        turn_clock(s, i < PAY_LINK_TRIES - 1 ? 50 : 0);
    }
    assert_int_equal(bad_server_requests(s->server), PAY_LINK_TRIES);
    assert_int_equal(want(s, id).state, PAY_LINK_FAILED);
    turn_clock(s, PAY_LINK_AGAIN_S);
    PayLink again = want(s, id);
    assert_int_equal(again.state, PAY_LINK_WANTED);
    assert_int_equal(again.tries, 0);
    ask(s);
    const char *asked = bad_server_last(s->server); /* five tries, wanted again, and this one */
    assert_non_null(strstr(asked, "-7\""));
    assert_non_null(strstr(asked, "Authorization: Basic cnpwX2tleTphLXNlY3JldC1vZi10aGUta2V5"));
}

static void a_redirect_is_not_followed_with_the_key(void **state) {
    Scene *s = *state;
    int64_t id = order(s, 1);
    bad_server_behave(s->server, MANNER_REDIRECTS);
    (void)want(s, id);
    ask(s);
    assert_int_equal(bad_server_requests(s->server), 1);
    assert_int_equal(want(s, id).state, PAY_LINK_FAILED);
}

static Status take_apply(Ctx *ctx, void *batch) { return pay_link_take(ctx, batch); }
static Status settle_apply(Ctx *ctx, void *result) { return pay_link_settle(ctx, result); }

/* Whoever comes late with a page for another amount is not heard. */
static void only_the_newest_attempt_counts(void **state) {
    Scene *s = *state;
    int64_t id = order(s, 1);
    PayLinkBatch batch = {.wanted = 1};
    (void)want(s, id);
    register_must(s->r, register_write(s->r, take_apply, &batch));
    assert_int_equal(batch.count, 1);
    FeeOrder o = treasury_order_now(s->r, id);
    (void)treasury_pays(s->r, (PaymentIn){.source = T("razorpay"), .external_id = T("pay_1"),
                                          .at = s->r->ctx.now_s, .amount_paise = 100,
                                          .reference = fee_order_reference(&s->r->ctx, o.id)},
                        NULL);
    assert_int_equal(want(s, id).amount_paise, o.amount_paise - 100);
    PayLinkResult late = {.task = &batch.tasks[0], .made = true, .link_id = T("plink_1"),
                          .url = T("https://pay.example/1")};
    register_must(s->r, register_write(s->r, settle_apply, &late));
    assert_int_equal(want(s, id).state, PAY_LINK_WANTED);
    register_must(s->r, register_write(s->r, take_apply, &batch));
    assert_int_equal(batch.tasks[0].amount_paise, o.amount_paise - 100);
    register_must(s->r, register_write(s->r, settle_apply, &late));
    assert_int_equal(want(s, id).state, PAY_LINK_MADE);
    turn_clock(s, PAY_LINK_LIFE_S); /* it takes no money any more */
    assert_int_equal(want(s, id).state, PAY_LINK_WANTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_trouble_is_written_down_and_waited_out),
        TEST(it_gives_up_and_may_be_wanted_again),
        TEST(a_redirect_is_not_followed_with_the_key),
        TEST(only_the_newest_attempt_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
