/* Power cuts under money: gateways that tell twice, claims and a bank's credits, collectors who
 * hand in and give back; an office that renews, takes cash for open fees, rejects and restores, and
 * pays out what the gateway and the units are due; families that pay together. What was
 * acknowledged is there once, a payment that came again counts once, and the books agree with what
 * the members' proofs say. */
#include "power_cut_acts.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "domain/pay_way.h"
#include "domain/unit_share.h"
#include "forgetful_vfs.h"

#ifdef __SANITIZE_THREAD__
enum { CUTS = 8 };
#else
enum { CUTS = 40 };
#endif

static Worker workers[WORKERS];

static void *act_until_dark(void *argument) {
    Worker *w = argument;
    bool light = true;
    for (int i = 0; light && i < ROUND_ACTS; i++) {
        w->act = &w->acts[w->count++];
        *w->act = (Act){0};
        light = power_cut_act(w);
    }
    close(w->fd);
    return NULL;
}

/* The gateway hears of no answer and tells all of this round once more. */
static void *tell_again(void *argument) {
    Worker *w = argument;
    for (int i = w->first; power_cut_is_gateway(w) && i < w->count; i++) {
        w->act = &w->acts[i];
        for (int which = 0; which < 2; which++) {
            bool counted;
            if (!w->act->paise[which]) continue;
            if (power_cut_sends_event(w, which, power_cut_nth(w) % 4 != 2, &counted) != 200)
                w->wrong = "refused";
            if (counted && w->act->told[which]) w->wrong = "counted again after it was told";
            w->act->counted[which] += counted;
            if (w->act->counted[which] > 1) w->wrong = "counted twice";
            w->act->told[which] = true;
        }
    }
    close(w->fd);
    return NULL;
}

static bool opens(Register *r, StoreMode mode) {
    ctx_forget_errors(&r->ctx);
    StoreOptions options = {.data_dir = r->folder, .mode = mode, .vfs = FORGETFUL_VFS};
    return store_open(&r->ctx, &options, &r->store) == OK;
}

static void let_all(Site *site, Register *r, void *(*act)(void *)) {
    site->app.store = r->store;
    register_must(r, http_server_start(&r->ctx, &site->app, &site->server));
    for (int i = 0; i < WORKERS; i++) {
        Worker *w = &workers[i];
        arena_clear(w->arena);
        ctx_init(&w->ctx, w->arena);
        w->ctx.org = &r->org;
        w->ctx.now_s = r->ctx.now_s;
        w->ctx.actor = (Actor){ACTOR_OPERATOR, 100 + i, r->org.root_unit_id, CAN_ENROL};
        w->fd = client_open(site);
        assert_int_equal(pthread_create(&w->thread, NULL, act, w), 0);
    }
    for (int i = 0; i < WORKERS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    http_server_stop(site->server);
    site->server = NULL;
    for (int i = 0; i < WORKERS; i++)
        if (workers[i].wrong) test_fails("worker %d: %s", i, workers[i].wrong);
}

static void found_once(Register *r, const Worker *w, const char *what, bool is_told, Text sql) {
    int64_t count = register_int(r, arena_cstr(r->arena, sql));
    if (count > 1 || (is_told && count != 1))
        test_fails("worker %d act %d: %s is there %lld times", w->index, power_cut_nth(w), what,
                   (long long)count);
}

static void found_entry(Register *r, const Worker *w, const char *kind, bool is_told) {
    found_once(r, w, kind, is_told,
               arena_printf(r->arena, "SELECT count(*) FROM ledger_entry WHERE kind = '%s' AND "
                                      "note = 'slip-%d-%d'", kind, w->index, power_cut_nth(w)));
}

static void found_event(Register *r, const Worker *w, const char *type, bool is_told) {
    found_once(r, w, type, is_told,
               arena_printf(r->arena, "SELECT count(*) FROM member_event WHERE serial = %lld AND "
                                      "type = '%s'", (long long)w->act->serial, type));
}

static void found_fee(Register *r, const Worker *w, int64_t serial, bool is_told) {
    found_once(r, w, "a fee", is_told,
               arena_printf(r->arena, "SELECT count(*) FROM payment WHERE serial = %lld",
                            (long long)serial));
}

static void look_at_act(Register *r, Worker *w) {
    Arena *a = r->arena;
    const Act *act = w->act;
    const char *source = power_cut_is_gateway(w) ? "razorpay" : "bank";
    for (int i = 0; i < 2; i++)
        if (act->paise[i])
            found_once(r, w, "a payment", act->told[i],
                       arena_printf(a, "SELECT count(*) FROM payment_in WHERE source = '%s' AND "
                                       "external_id = 'pay_%d_%d_%c' AND amount_paise = %lld",
                                    source, w->index, power_cut_nth(w), 'a' + i,
                                    (long long)act->paise[i]));
    if (act->claimed && w->index < FIRST_OFFICE) /* others reject it */
        found_once(r, w, "a claim", true,
                   arena_printf(a, "SELECT count(*) FROM fee_order WHERE order_id = %lld AND "
                                   "state IN ('claimed', 'paid')", (long long)act->order));
    if (act->returned)
        found_once(r, w, "what went back", true,
                   arena_printf(a, "SELECT count(*) FROM payment_in p JOIN ledger_entry e ON "
                                   "e.subject = 'payment:' || p.payment_id AND e.kind = 'return' "
                                   "WHERE p.external_id = 'pay_%d_%d_a' AND p.left_paise = 0",
                                w->index, power_cut_nth(w)));
    if (act->enrolled)
        found_once(r, w, "a fee in cash", true,
                   arena_printf(a, "SELECT count(*) FROM payment WHERE serial = %lld AND "
                                   "method = 'cash'", (long long)act->serial));
    if (power_cut_is_collector(w)) found_entry(r, w, "deposit", act->handed_in);
    if (act->given_back)
        found_once(r, w, "a refund", true,
                   arena_printf(a, "SELECT count(*) FROM ledger_entry WHERE kind = 'refund' AND "
                                   "subject = 'member:%lld'", (long long)act->serial));
}

static void look_at_office(Register *r, Worker *w) {
    const Act *act = w->act;
    if (act->renewing) found_event(r, w, "renew", act->told[0]);
    if (act->rejected) found_event(r, w, "reject", true);
    if (act->restored) found_event(r, w, "restore", true);
    if (act->took) found_fee(r, w, act->serial, true);
    for (int i = 0; act->gathered && i < FAMILY; i++)
        found_fee(r, w, act->family[i], act->told[0]);
    found_once(r, w, "a payout", act->paid_out,
               arena_printf(r->arena, "SELECT count(*) FROM payment_in WHERE external_id = "
                                      "'pay_%d_%d_c' AND state = 'settled'",
                            w->index, power_cut_nth(w)));
    found_entry(r, w, "charges", act->charged);
    found_entry(r, w, "share", act->shared);
}

/* An order whose money was acknowledged in full is paid: nobody pays twice or waits. */
static void look_at_orders(Register *r, const Worker *w) {
    const Act *act = w->act;
    int64_t came = (act->told[0] ? act->paise[0] : 0) + (act->told[1] ? act->paise[1] : 0);
    bool named = power_cut_is_gateway(w) ? power_cut_nth(w) % 4 != 2 : act->claimed;
    if (power_cut_is_gateway(w) || power_cut_is_bank(w))
        if (named && came >= REGISTER_FEE_PAISE)
            assert_int_equal(treasury_order_now(r, act->order).state, FEE_ORDER_PAID);
}

static void look(Register *r, bool all_rounds) {
    for (int i = 0; i < WORKERS; i++) {
        for (int j = all_rounds ? 0 : workers[i].first; j < workers[i].count; j++) {
            workers[i].act = &workers[i].acts[j];
            look_at_act(r, &workers[i]);
            look_at_office(r, &workers[i]);
            look_at_orders(r, &workers[i]);
        }
    }
    treasury_agrees(r);
}

/* A way to pay, and a part of each fee for the units. */
static Status set_way(Ctx *ctx, void *way) {
    UnitShareSet set;
    if (!unit_share_parse(T("nation=40, state=30, district=30"), &set)) return INVALID;
    set.from_day = clock_day(ctx->now_s, ctx->org->zone_offset_s);
    TRY(unit_share_set(ctx, &set));
    return pay_way_set(ctx, PAY_WAY_RAZORPAY, way);
}

static Register *begin_register(uint64_t seed) {
    forgetful_start(seed);
    Register *r = register_make_on(FORGETFUL_VFS, NULL);
    PayWay way = {.is_on = true, .detail = T(""), .secret = text_of(power_cut_secret)};
    register_must(r, register_write(r, set_way, &way));
    register_run(r, "UPDATE membership_kind SET term_days = 365, renew_days = 365");
    store_close(r->store);
    for (int i = 0; i < WORKERS; i++) {
        Arena *arena = workers[i].arena;
        workers[i] = (Worker){.r = r, .site = workers[i].site, .index = i, .arena = arena};
    }
    return r;
}

/* False when the power went while the register was opened. */
static bool load_until_cut(Site *site, Register *r, int64_t cut_at, int told_first) {
    for (int i = 0; i < WORKERS; i++) workers[i].first = workers[i].count;
    power_cut_plan(told_first, cut_at);
    if (!opens(r, STORE_SERVE)) return false;
    let_all(site, r, act_until_dark);
    store_close(r->store);
    return true;
}

static void end_register(Register *r) {
    Text command = arena_printf(r->arena, "rm -rf '%s'", r->folder);
    assert_int_equal(system(command.ptr), 0);
    arena_delete(r->arena);
    test_free(r);
}

static void money_survives(void **state) {
    Site *site = *state;
    const char *given = getenv("SANGATHAN_SEED");
    uint64_t random = given ? strtoull(given, NULL, 10) : 20261122;
    Register *r = NULL;
    int during = 0;
    for (int round = 0; round < CUTS; round++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        bool last = round % REGISTER_ROUNDS == REGISTER_ROUNDS - 1 || round == CUTS - 1;
        if (round % REGISTER_ROUNDS == 0) r = begin_register(random);
        site->app.org = &r->org;
        /* every other load has its cut after enough were told, on any machine */
        int told_first = round % 2 ? WORKERS + (int)((random >> 40) % WORKERS) : 0;
        (void)load_until_cut(site, r, 1 + (int64_t)((random >> 33) % 300), told_first);
        during += forgetful_is_cut();
        if (told_first) assert_true(power_cut_told_left() <= 0);
        forgetful_reboot(random >> 63 ? FORGETFUL_SOME : FORGETFUL_ALL);
        assert_true(opens(r, STORE_SERVE));
        look(r, false);
        let_all(site, r, tell_again);
        look(r, last);
        store_close(r->store);
        if (last) end_register(r);
    }
    print_message("%d of %d cuts under load\n", during, CUTS);
    assert_true(during > CUTS / 2);
}

static int make(void **state) {
    Site *site = test_calloc(1, sizeof *site);
    site->app.options = (AppOptions){.listen_address = "127.0.0.1", .threads = 2};
    for (int i = 0; i < WORKERS; i++) {
        workers[i].arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
        workers[i].site = site;
    }
    log_set_level((LogLevel)(LOG_LEVEL_ERROR + 1)); /* each answer after the cut is an error */
    *state = site;
    return 0;
}

static int forget(void **state) {
    for (int i = 0; i < WORKERS; i++) arena_delete(workers[i].arena);
    test_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(money_survives, make, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
