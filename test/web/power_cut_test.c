/* Two hundred power cuts under 64 connections that enrol: who was told a number has it, once. */
#include "web_test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "crypto/secret_token.h"
#include "domain/allowance.h"
#include "domain/member.h"
#include "domain/rebuild.h"
#include "domain/token.h"
#include "forgetful_vfs.h"
#include "store/connection.h"

#ifdef __SANITIZE_THREAD__
enum { CUTS = 30 }; /* there it is races that are looked for, and threads are dear */
#else
enum { CUTS = 200 };
#endif

enum {
    CLIENTS = 64,
    REGISTER_ROUNDS = 10, /* cuts that one register lives through */
    ROUND_ENDLESS = 40,   /* more than a client gets done before a cut */
    ANSWER_BYTES = 8192,
    FEE_PAISE = 1100,
};
static const int64_t first_phone = INT64_C(6000000000);

/* One enrolment that was asked for, and what the client was told. */
typedef struct Asked {
    char number[NUMBER_TEXT_MAX];
    uint8_t answer_hash[16]; /* of the whole body */
    bool told;
} Asked;

typedef struct Client {
    const Site *site;
    pthread_t thread;
    int fd, index;
    Asked asked[REGISTER_ROUNDS * ROUND_ENDLESS];
    int round_first, count;
    int ask_max;      /* how many more it would ask for */
    const char *wrong; /* what it found wrong when it asked again */
} Client;

static Client clients[CLIENTS];
static int64_t consent_at;
static struct CutAfter {
    atomic_int told_left;
    int64_t cut_at;
} cut_after; /* a cut that is to be planned when so many more were told */

static int64_t phone_of(const Client *client, int i) {
    return first_phone + (int64_t)i * CLIENTS + client->index;
}

/* Whole answers only, as nothing is asked ahead. The status, 0 when the connection ended. */
static int read_answer(int fd, char out[ANSWER_BYTES], const char **ret_body) {
    size_t len = 0;
    for (;;) {
        ssize_t got = recv(fd, out + len, ANSWER_BYTES - 1 - len, 0);
        if (got <= 0) return 0;
        len += (size_t)got;
        out[len] = 0;
        const char *end = strstr(out, "\r\n\r\n");
        const char *length = strcasestr(out, "\r\nContent-Length:");
        if (!end || !length) continue;
        *ret_body = end + 4;
        long wanted = strtol(length + strlen("\r\nContent-Length:"), NULL, 10);
        if (out + len - *ret_body >= wanted)
            return (int)strtol(out + strlen("HTTP/1.1 "), NULL, 10);
    }
}

/* Asks for the i-th member of the client: the same request whenever it is asked again. */
static int ask(const Client *client, int i, char answer[ANSWER_BYTES], const char **ret_body) {
    char body[512], head[512];
    int body_len = snprintf(
        body, sizeof body,
        "{\"name\":\"Asha Devi\",\"phone\":\"%lld\",\"unit\":\"%s\",\"settlement\":\"%s\","
        "\"gender\":\"%s\",\"birth_year\":1980,\"consent\":{\"notice\":\"1\",\"at\":%lld},"
        "\"fee\":{\"method\":\"cash\",\"amount_paise\":%d}}",
        (long long)phone_of(client, i), i % 3 ? "UP-174" : "UP-175", i % 2 ? "rural" : "urban",
        i % 5 ? "f" : "m", (long long)consent_at, FEE_PAISE);
    int head_len = snprintf(head, sizeof head,
                            "POST /api/v1/members HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                            "Authorization: Bearer %s\r\nIdempotency-Key: key-%d-%d\r\n"
                            "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                            client->site->app.port, client->site->token, client->index, i,
                            body_len);
    client_send(client->fd, (Text){head, (size_t)head_len});
    client_send(client->fd, (Text){body, (size_t)body_len});
    return read_answer(client->fd, answer, ret_body);
}

static bool read_told(const Client *client, const char *body, Asked *ret) {
    const char *number = strstr(body, "\"number\":\"");
    if (!number) return false;
    (void)snprintf(ret->number, sizeof ret->number, "%s", number + strlen("\"number\":\""));
    ret->number[strcspn(ret->number, "\"")] = 0;
    Text part = text_of(body);
    keyring_hash(&client->site->org.keys, KEY_SECRET_HASH, &part, 1, ret->answer_hash,
                 sizeof ret->answer_hash);
    ret->told = true;
    return true;
}

static void *enrol_until_dark(void *argument) {
    Client *client = argument;
    char answer[ANSWER_BYTES];
    const char *body;
    for (int left = client->ask_max; left > 0; left--) {
        Asked *asked = &client->asked[client->count];
        *asked = (Asked){0};
        int status = ask(client, client->count++, answer, &body);
        if (status != 201 || !read_told(client, body, asked)) break;
        if (atomic_fetch_sub(&cut_after.told_left, 1) == 1) forgetful_cut_at(cut_after.cut_at);
    }
    close(client->fd);
    return NULL;
}

/* All of this round again: who was told gets the same answer, who was not gets one now. */
static void *enrol_again(void *argument) {
    Client *client = argument;
    char answer[ANSWER_BYTES];
    const char *body;
    for (int i = client->round_first; i < client->count; i++) {
        Asked *before = &client->asked[i], now = {0};
        if (ask(client, i, answer, &body) != 201 || !read_told(client, body, &now))
            client->wrong = "refused";
        else if (before->told && memcmp(before, &now, sizeof now) != 0)
            client->wrong = "answered otherwise";
        *before = now;
    }
    close(client->fd);
    return NULL;
}

static bool open_store(Site *site, StoreMode mode) {
    ctx_forget_errors(&site->ctx);
    StoreOptions options = {.data_dir = site->folder, .mode = mode, .vfs = FORGETFUL_VFS};
    return store_open(&site->ctx, &options, &site->app.store) == OK;
}

static void must(Site *site, Status status) {
    Ctx *ctx = &site->ctx;
    if (status != OK)
        test_fails("%s: %s", ctx->error_count ? ctx->errors[0].message : "?", ctx->detail);
}

/* Serves on the open store and lets all clients do it at once. */
static void serve_clients(Site *site, void *(*act)(void *)) {
    must(site, http_server_start(&site->ctx, &site->app, &site->server));
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].fd = client_open(site);
        assert_int_equal(pthread_create(&clients[i].thread, NULL, act, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++) assert_int_equal(pthread_join(clients[i].thread, NULL), 0);
    http_server_stop(site->server);
    site->server = NULL;
}

static Status make_register(Ctx *ctx, void *argument) {
    OrganisationDraft draft = {.code = T("GKC"), .name_en = T("Test Club"),
                               .name_hi = T("टेस्ट क्लब"), .preset = T("community"),
                               .base_url = T("http://club.example"), .fee_paise = FEE_PAISE};
    TRY(organisation_check_draft(ctx, &draft));
    TRY(organisation_create(ctx, &draft));
    Organisation *org = argument;
    TRY(organisation_load(ctx, org));
    ctx->org = org;
    Unit root, state = {.code = T("UP"), .kind = T("state"), .name_en = T("Uttar Pradesh")};
    Unit one = {.code = T("UP-174"), .kind = T("district"), .name_en = T("Maharajganj")};
    Unit two = {.code = T("UP-175"), .kind = T("district"), .name_en = T("Mahoba")};
    TRY(unit_by_code(ctx, T("IN"), &root));
    TRY(unit_insert(ctx, &root, &state));
    TRY(unit_insert(ctx, &state, &one));
    return unit_insert(ctx, &state, &two);
}

static Status give_token(Ctx *ctx, void *site) {
    Token token;
    TRY(allowance_set(ctx, &(Allowance){1, 6, ALLOWANCE_MAX, ALLOWANCE_CASH_PAISE_MAX}));
    return token_create(ctx, text_of(((Site *)site)->token), T("enroller"), T("UP"), 30, T(""),
                        &token);
}

static void begin_register(Site *site, uint64_t seed) {
    forgetful_start(seed);
    arena_clear(site->arena);
    site->ctx.org = NULL;
    if (!open_store(site, STORE_CREATE)) must(site, IO);
    must(site, lane_write(site->app.store, &site->ctx, make_register, &site->org));
    keyring_generate(&site->org.keys);
    site->ctx.org = site->app.org = &site->org;
    secret_token_make(site->token);
    must(site, lane_write(site->app.store, &site->ctx, give_token, site));
    store_close(site->app.store);
    memset(clients, 0, sizeof clients);
    for (int i = 0; i < CLIENTS; i++) clients[i].site = site, clients[i].index = i;
}

/* Where the power goes, and how many members each client would enrol. */
typedef struct Plan {
    int64_t cut_at;
    int told_first; /* the changes until the cut are counted once so many were told a number */
    int ask_max;
} Plan;

static Plan plan_of(int round, uint64_t random) {
    /* most often in the middle of a load, sometimes while it is closed after a short one */
    if (round % 5 == 3) return (Plan){1 + (int64_t)(random % 120), 0, 1};
    /* how many are told before a given change of the disk depends on the machine: every other
     * load has its cut after enough were told on any */
    int told_first = round % 2 ? CLIENTS / 2 + (int)(random % CLIENTS) : 0;
    return (Plan){1 + (int64_t)(random % 600), told_first, ROUND_ENDLESS};
}

static void load_until_cut(Site *site, Plan plan) {
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].round_first = clients[i].count;
        clients[i].ask_max = plan.ask_max;
    }
    atomic_store(&cut_after.told_left, plan.told_first);
    cut_after.cut_at = plan.cut_at;
    if (plan.told_first == 0) forgetful_cut_at(plan.cut_at);
    /* the power may go while the register is opened */
    if (!open_store(site, STORE_SERVE)) return;
    serve_clients(site, enrol_until_dark);
    store_close(site->app.store);
}

typedef struct Look {
    int first_round; /* look at this one's and later ones */
    Rebuild rebuild;
    int64_t payments, receipts, slots, events;
} Look;

static Status count(Ctx *ctx, const char *sql, int64_t *ret) {
    return query_run_int(connection_query(ctx->tx, ctx, "count", sql), ret);
}

static Status find_told(Ctx *ctx, const Client *client, int from) {
    for (int i = from; i < client->count; i++) {
        if (!client->asked[i].told) continue;
        Member member;
        Text phone;
        TRY(member_by_number(ctx, text_of(client->asked[i].number), &member));
        TRY(member_phone(ctx, &member, &phone));
        char wanted[20];
        (void)snprintf(wanted, sizeof wanted, "+91%lld", (long long)phone_of(client, i));
        if (!text_eq(phone, text_of(wanted))) return fail(ctx, CONFLICT, NULL, "another_member");
    }
    return OK;
}

static Status look_apply(Ctx *ctx, void *argument) {
    Look *look = argument;
    for (int i = 0; i < CLIENTS; i++)
        TRY(find_told(ctx, &clients[i], look->first_round ? clients[i].round_first : 0));
    TRY(rebuild_compare(ctx, &look->rebuild));
    TRY(count(ctx, "SELECT count(*) FROM payment", &look->payments));
    TRY(count(ctx, "SELECT count(DISTINCT book * 1000000 + receipt) FROM payment",
              &look->receipts));
    TRY(count(ctx, "SELECT count(*) FROM phone_slot", &look->slots));
    return count(ctx, "SELECT count(*) FROM member_event", &look->events);
}

/* Nothing told is lost, nothing is there in part; members are at least told, at most asked. */
static void look_at(Site *site, bool all_rounds) {
    Look look = {.first_round = !all_rounds};
    ctx_forget_errors(&site->ctx);
    must(site, lane_read(site->app.store, &site->ctx, look_apply, &look));
    int told = 0, asked = 0;
    for (int i = 0; i < CLIENTS; i++) {
        asked += clients[i].count;
        for (int j = 0; j < clients[i].count; j++) told += clients[i].asked[j].told;
    }
    assert_in_range(look.rebuild.members, told, asked);
    assert_int_equal(look.rebuild.count, 0);
    assert_int_equal(look.payments, look.rebuild.members);
    assert_int_equal(look.receipts, look.rebuild.members);
    assert_int_equal(look.slots, look.rebuild.members);
    assert_int_equal(look.events, look.rebuild.members);
    must(site, store_check_integrity(site->app.store, &site->ctx));
}

static int told_now(void) {
    int told = 0;
    for (int i = 0; i < CLIENTS; i++)
        for (int j = clients[i].round_first; j < clients[i].count; j++)
            told += clients[i].asked[j].told;
    return told;
}

static uint64_t first_seed(void) {
    const char *seed = getenv("SANGATHAN_SEED");
    return seed ? strtoull(seed, NULL, 10) : 20261121;
}

static void told_members_survive(void **state) {
    Site *site = *state;
    uint64_t random = first_seed();
    int during = 0;
    long told = 0, told_at_least = 0;
    for (int round = 0; round < CUTS; round++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        if (round % REGISTER_ROUNDS == 0) begin_register(site, random);
        Plan plan = plan_of(round, random >> 33);
        load_until_cut(site, plan);
        told_at_least += plan.told_first;
        during += forgetful_is_cut();
        told += told_now();
        forgetful_reboot(random >> 63 ? FORGETFUL_SOME : FORGETFUL_ALL);
        if (!open_store(site, STORE_SERVE)) must(site, IO);
        look_at(site, false);
        serve_clients(site, enrol_again);
        for (int i = 0; i < CLIENTS; i++)
            if (clients[i].wrong) test_fails("round %d: %s", round, clients[i].wrong);
        look_at(site, round % REGISTER_ROUNDS == REGISTER_ROUNDS - 1);
        store_close(site->app.store);
    }
    print_message("%d cuts under load, %ld members told\n", during, told);
    assert_true(during > CUTS * 3 / 4); /* the others: after it, with nothing left to lose */
    assert_true(told >= told_at_least);
    assert_true(told > CUTS * CLIENTS / 4);
}

static int make(void **state) {
    assert_true(crypto_start());
    Site *site = test_calloc(1, sizeof *site);
    memcpy(site->folder, "/tmp/power_cut_test_XXXXXX", 27);
    assert_non_null(mkdtemp(site->folder));
    site->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&site->ctx, site->arena);
    site->app.options = (AppOptions){.listen_address = "127.0.0.1", .threads = 2};
    consent_at = site->ctx.now_s;
    log_set_level((LogLevel)(LOG_LEVEL_ERROR + 1)); /* each answer after the cut is an error */
    *state = site;
    return 0;
}

static int forget(void **state) {
    Site *site = *state;
    Text command = arena_printf(site->arena, "rm -rf '%s'", site->folder);
    assert_int_equal(system(command.ptr), 0);
    arena_delete(site->arena);
    test_free(site);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(told_members_survive, make, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
