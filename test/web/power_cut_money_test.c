/* Power cuts under money: gateways that tell twice, claims and a bank's credits, collectors who
 * hand in and give back. What was acknowledged is there once, a payment that came again counts
 * once, and the books agree with what the members' proofs say. */
#include "web_test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../domain/treasury_test.h"
#include "base/log.h"
#include "crypto/hmac.h"
#include "domain/pay_way.h"
#include "domain/receipt_book.h"
#include "domain/refund.h"
#include "forgetful_vfs.h"

#ifdef __SANITIZE_THREAD__
enum { CUTS = 8 };
#else
enum { CUTS = 40 };
#endif

enum {
    GATEWAYS = 6,
    BANKS = 4,
    COLLECTORS = 4,
    WORKERS = GATEWAYS + BANKS + COLLECTORS,
    REGISTER_ROUNDS = 8,
    ROUND_ACTS = 8,
    ACTS_MAX = REGISTER_ROUNDS * ROUND_ACTS,
    SHORT_PAISE = 1000,
    HANDED_IN_PAISE = 600,
    ANSWER_BYTES = 4096,
};

static const char secret[] = "whsec-of-the-power-cut-test";

/* What one act did and was told to be done. */
typedef struct Act {
    int64_t serial, order;
    int64_t paise[2];     /* of the payments it sent, 0: not sent */
    bool told[2];         /* each was acknowledged */
    int counted[2];       /* how often the gateway heard that it was new */
    bool ordered, claimed, enrolled, handed_in, given_back, returned;
} Act;

typedef struct Worker {
    Register *r;
    const Site *site;
    pthread_t thread;
    Arena *arena;
    Ctx ctx;
    int index, fd, first, count; /* first: of this round */
    Act acts[ACTS_MAX];
    Act *act;
    const char *wrong;
} Worker;

static Worker workers[WORKERS];
static struct CutAfter {
    atomic_int told_left;
    int64_t cut_at;
} cut_after;

static bool is_gateway(const Worker *w) { return w->index < GATEWAYS; }
static bool is_bank(const Worker *w) { return !is_gateway(w) && w->index < GATEWAYS + BANKS; }
static int number_of(const Worker *w) { return (int)(w->act - w->acts); }

/* An acknowledgement; the cut is planned once there were enough. */
static void note_told(bool *ret) {
    *ret = true;
    if (atomic_fetch_sub(&cut_after.told_left, 1) == 1) forgetful_cut_at(cut_after.cut_at);
}

/* Does it; false when the power is gone. Any other refusal is wrong. */
static bool does(Worker *w, Apply apply, bool *ret_told) {
    ctx_forget_errors(&w->ctx);
    Status status = lane_write(w->r->store, &w->ctx, apply, w);
    if (status == OK)
        note_told(ret_told);
    else if (status != IO && status != BUSY)
        w->wrong = w->ctx.error_count ? w->ctx.errors[0].message : "refused";
    return status == OK;
}

static Enrolment person_of(Worker *w, FeeMethod method) {
    return (Enrolment){.name = T("Asha Devi"), .unit_code = T("UP-174"),
                       .phone = arena_printf(w->arena, "98%03d%05d", w->index, number_of(w)),
                       .settlement = T("rural"), .gender = T("f"), .birth_year = 1980,
                       .notice = T("1"), .consent_at = w->ctx.now_s, .fee_method = method,
                       .fee_paise = method == FEE_CASH ? REGISTER_FEE_PAISE : 0,
                       .how = T("enroller")};
}

static Status order_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Enrolment e = person_of(w, FEE_PENDING);
    Enrolled enrolled;
    FeeOrder order;
    TRY(member_prepare(ctx, &e));
    TRY(member_enrol(ctx, &e, &enrolled));
    TRY(fee_order_create(ctx, &enrolled.serial, 1, &order));
    w->act->serial = enrolled.serial;
    w->act->order = order.id;
    return OK;
}

static Text external_id(Worker *w, int which) {
    return arena_printf(w->arena, "pay_%d_%d_%c", w->index, number_of(w), 'a' + which);
}

/* One event of the gateway, over HTTP. 0 when no answer came. */
static int sends_event(Worker *w, int which, bool named, bool *ret_counted) {
    char hex[HMAC_HEX_CHARS], answer[ANSWER_BYTES];
    Text reference = named ? fee_order_reference(&w->ctx, w->act->order) : T("");
    Text body = arena_printf(
        w->arena, "{\"event\":\"payment.captured\",\"payload\":{\"payment\":{\"entity\":{"
                  "\"id\":\"%.*s\",\"amount\":%lld,\"currency\":\"INR\",\"status\":\"captured\","
                  "\"captured\":true,\"notes\":{\"reference\":\"%.*s\"}}}}}",
        TEXT_ARG(external_id(w, which)), (long long)w->act->paise[which], TEXT_ARG(reference));
    hmac_sha256_hex(text_of(secret), body, hex);
    client_send(w->fd, arena_printf(w->arena,
                                    "POST /hook/razorpay HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                    "X-Razorpay-Signature: %.*s\r\nContent-Length: %zu\r\n\r\n"
                                    "%.*s",
                                    w->site->app.port, (int)sizeof hex, hex, body.len,
                                    TEXT_ARG(body)));
    int status = client_read(w->fd, false, answer, sizeof answer);
    *ret_counted = status == 200 && strstr(answer, "\"counted\":true");
    return status;
}

/* As gateways do: again, although it was answered. */
static bool tells_twice(Worker *w, int which, int64_t paise, bool named) {
    w->act->paise[which] = paise;
    for (int again = 0; again < 2; again++) {
        bool counted;
        if (sends_event(w, which, named, &counted) != 200) return false;
        w->act->counted[which] += counted;
        note_told(&w->act->told[which]);
    }
    return true;
}

static Status find_payment(Ctx *ctx, Text source, Text id, int64_t *ret_id) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_FIND);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", source);
    query_text(q, "external_id", id);
    return query_run_int(q, ret_id);
}

static Status return_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    PaymentIn payment;
    int64_t id;
    TRY(find_payment(ctx, T("razorpay"), external_id(w, 0), &id));
    return payment_in_refund(ctx, id, T("nobody's"), &payment);
}

/* Right, in two parts, nobody's (and given back), twice. */
static bool act_of_gateway(Worker *w) {
    int way = number_of(w) % 4;
    if (!does(w, order_apply, &w->act->ordered)) return false;
    if (!tells_twice(w, 0, way == 1 ? SHORT_PAISE : REGISTER_FEE_PAISE, way != 2)) return false;
    if (way == 1) return tells_twice(w, 1, REGISTER_FEE_PAISE - SHORT_PAISE, true);
    if (way == 2) return does(w, return_apply, &w->act->returned);
    return way != 3 || tells_twice(w, 1, REGISTER_FEE_PAISE, true);
}

static Text utr_of(Worker *w) {
    return arena_printf(w->arena, "4%05d%06d", w->index, number_of(w));
}

static Status claim_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, w->act->order, &order));
    /* the bank may have been quicker */
    return order.state == FEE_ORDER_PAID ? OK : fee_order_claim(ctx, &order, T("upi"), utr_of(w));
}

static Status credit_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    PaymentIn p = {.source = T("bank"), .external_id = external_id(w, 0), .at = ctx->now_s,
                   .amount_paise = REGISTER_FEE_PAISE, .utr = utr_of(w)};
    bool is_new;
    return payment_in_receive(ctx, &p, &is_new);
}

/* The credit after its claim, or before. */
static bool act_of_bank(Worker *w) {
    Act *act = w->act;
    if (!does(w, order_apply, &act->ordered)) return false;
    bool claim_first = number_of(w) % 2;
    if (claim_first && !does(w, claim_apply, &act->claimed)) return false;
    act->paise[0] = REGISTER_FEE_PAISE;
    for (int again = 0; again < 2; again++)
        if (!does(w, credit_apply, &act->told[0])) return false;
    return claim_first || does(w, claim_apply, &act->claimed);
}

static Status cash_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Enrolment e = person_of(w, FEE_CASH);
    Enrolled enrolled;
    TRY(member_prepare(ctx, &e));
    ctx->actor.kind = ACTOR_TOKEN;
    Status status = member_enrol(ctx, &e, &enrolled);
    ctx->actor.kind = ACTOR_OPERATOR;
    w->act->serial = enrolled.serial;
    return status;
}

static Text slip_of(Worker *w) {
    return arena_printf(w->arena, "slip-%d-%d", w->index, number_of(w));
}

static Status hand_in_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    return receipt_book_deposit(ctx, w->ctx.actor.id, HANDED_IN_PAISE, T("bank"), slip_of(w));
}

static Status give_back_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Member member;
    int64_t paise;
    TRY(member_by_serial(ctx, w->act->serial, &member));
    return refund_member(ctx, &member, T("bank"), T("twice"), &paise);
}

static bool act_of_collector(Worker *w) {
    if (!does(w, cash_apply, &w->act->enrolled)) return false;
    if (!does(w, hand_in_apply, &w->act->handed_in)) return false;
    return number_of(w) % 3 || does(w, give_back_apply, &w->act->given_back);
}

static void *act_until_dark(void *argument) {
    Worker *w = argument;
    bool light = true;
    for (int i = 0; light && i < ROUND_ACTS; i++) {
        w->act = &w->acts[w->count++];
        *w->act = (Act){0};
        light = is_gateway(w) ? act_of_gateway(w)
                : is_bank(w)  ? act_of_bank(w)
                              : act_of_collector(w);
    }
    close(w->fd);
    return NULL;
}

/* The gateway hears of no answer and tells all of this round once more. */
static void *tell_again(void *argument) {
    Worker *w = argument;
    for (int i = w->first; is_gateway(w) && i < w->count; i++) {
        w->act = &w->acts[i];
        for (int which = 0; which < 2; which++) {
            bool counted;
            if (!w->act->paise[which]) continue;
            if (sends_event(w, which, number_of(w) % 4 != 2, &counted) != 200)
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
        test_fails("worker %d act %d: %s is there %lld times", w->index, number_of(w), what,
                   (long long)count);
}

static void look_at_act(Register *r, Worker *w) {
    Arena *a = r->arena;
    const Act *act = w->act;
    const char *source = is_gateway(w) ? "razorpay" : "bank";
    for (int i = 0; i < 2; i++)
        if (act->paise[i])
            found_once(r, w, "a payment", act->told[i],
                       arena_printf(a, "SELECT count(*) FROM payment_in WHERE source = '%s' AND "
                                       "external_id = 'pay_%d_%d_%c' AND amount_paise = %lld",
                                    source, w->index, number_of(w), 'a' + i,
                                    (long long)act->paise[i]));
    if (act->claimed)
        found_once(r, w, "a claim", true,
                   arena_printf(a, "SELECT count(*) FROM fee_order WHERE order_id = %lld AND "
                                   "state IN ('claimed', 'paid')", (long long)act->order));
    if (act->returned)
        found_once(r, w, "what went back", true,
                   arena_printf(a, "SELECT count(*) FROM payment_in p JOIN ledger_entry e ON "
                                   "e.subject = 'payment:' || p.payment_id AND e.kind = 'return' "
                                   "WHERE p.external_id = 'pay_%d_%d_a' AND p.left_paise = 0",
                                w->index, number_of(w)));
    if (act->enrolled)
        found_once(r, w, "a fee in cash", true,
                   arena_printf(a, "SELECT count(*) FROM payment WHERE serial = %lld AND "
                                   "method = 'cash'", (long long)act->serial));
    if (!is_gateway(w) && !is_bank(w))
        found_once(r, w, "what was handed in", act->handed_in,
                   arena_printf(a, "SELECT count(*) FROM ledger_entry WHERE kind = 'deposit' AND "
                                   "note = 'slip-%d-%d'", w->index, number_of(w)));
    if (act->given_back)
        found_once(r, w, "a refund", true,
                   arena_printf(a, "SELECT count(*) FROM ledger_entry WHERE kind = 'refund' AND "
                                   "subject = 'member:%lld'", (long long)act->serial));
}

/* An order whose money was acknowledged in full is paid: nobody pays twice or waits. */
static void look_at_orders(Register *r, const Worker *w) {
    const Act *act = w->act;
    int64_t came = (act->told[0] ? act->paise[0] : 0) + (act->told[1] ? act->paise[1] : 0);
    bool named = is_gateway(w) ? number_of(w) % 4 != 2 : act->claimed;
    if (is_gateway(w) || is_bank(w))
        if (named && came >= REGISTER_FEE_PAISE)
            assert_int_equal(treasury_order_now(r, act->order).state, FEE_ORDER_PAID);
}

static void look(Register *r, bool all_rounds) {
    for (int i = 0; i < WORKERS; i++) {
        for (int j = all_rounds ? 0 : workers[i].first; j < workers[i].count; j++) {
            workers[i].act = &workers[i].acts[j];
            look_at_act(r, &workers[i]);
            look_at_orders(r, &workers[i]);
        }
    }
    treasury_agrees(r);
}

static Status set_way(Ctx *ctx, void *way) { return pay_way_set(ctx, PAY_WAY_RAZORPAY, way); }

static Register *begin_register(uint64_t seed) {
    forgetful_start(seed);
    Register *r = register_make_on(FORGETFUL_VFS, NULL);
    PayWay way = {.is_on = true, .detail = T(""), .secret = text_of(secret)};
    register_must(r, register_write(r, set_way, &way));
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
    atomic_store(&cut_after.told_left, told_first);
    cut_after.cut_at = cut_at;
    if (!told_first) forgetful_cut_at(cut_at);
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
        if (told_first) assert_true(atomic_load(&cut_after.told_left) <= 0);
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
