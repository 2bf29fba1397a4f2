/* Messages on their way out: leases, waits, ends, the daily cap, and what the file gives away. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/outbox.h"

static const char phone[] = "+919876543210";
static const char secret[] = "a-secret-of-the-gateway";

static Gateway gateway_of(int64_t cap) {
    return (Gateway){
        .kind = GATEWAY_HTTP,
        .url = T("https://gateway.example/send?k={secret}"),
        .method = T("POST"),
        .headers = T("X-Key: {secret}\nX-Other: yes"),
        .body = T("{\"to\":\"{phone}\",\"text\":\"{text}\",\"t\":\"{template_id}\"}"),
        .secret = text_of(secret),
        .entity_id = T("1701158"),
        .header = T("GKCLUB"),
        .success_text = T("taken"),
        .timeout_ms = 5000,
        .daily_cap = cap,
        .templates = {{T("code"), LANG_HI, T("1007"), T("{code} {organisation} का कोड है")},
                      {T("code"), LANG_EN, T("1008"), T("{code} is for {organisation}, {it}")},
                      {T("act"), LANG_HI, T("1010"), T("{act}: {code}")},
                      {T("act"), LANG_EN, T("1011"), T("{code} to {act}")},
                      {T("reminder"), LANG_EN, T("1009"), T("Renew {organisation}")}},
        .template_count = 5,
    };
}

static Status write_gateway(Ctx *ctx, void *gateway) { return gateway_write(ctx, gateway); }
static Status read_gateway(Ctx *ctx, void *gateway) { return gateway_read(ctx, gateway); }
static Status take(Ctx *ctx, void *batch) { return outbox_take(ctx, batch); }
static Status done(Ctx *ctx, void *id) { return outbox_done(ctx, *(int64_t *)id); }
static Status retry(Ctx *ctx, void *failure) { return outbox_retry(ctx, failure); }
static Status due(Ctx *ctx, void *ret) { return outbox_due(ctx, ret); }
static Status tidy(Ctx *ctx, void *more) { return outbox_tidy(ctx, more); }

static const OutboxBlank blanks[] = {{"code", {"123456", 6}}};

typedef struct Adding {
    OutboxDraft draft;
    int64_t id;
} Adding;

static Status add(Ctx *ctx, void *argument) {
    Adding *a = argument;
    return outbox_add(ctx, &a->draft, &a->id);
}

static Status add_code(Ctx *ctx, void *code) {
    return outbox_add_code(ctx, text_of(phone), LANG_EN, TEXT_NONE, text_of(code));
}

typedef struct Look {
    int64_t id;
    OutboxState state;
} Look;

static Status look(Ctx *ctx, void *argument) {
    Look *l = argument;
    return outbox_read(ctx, l->id, &l->state);
}

static void set_gateway(Register *r, int64_t cap) {
    Gateway gateway = gateway_of(cap);
    register_must(r, register_write(r, write_gateway, &gateway));
}

static int64_t added(Register *r, const char *purpose, Lang lang) {
    Adding a = {.draft = {.purpose = purpose, .phone = text_of(phone), .lang = lang,
                          .blanks = blanks, .blank_count = 1, .life_s = OUTBOX_CODE_LIFE_S}};
    register_must(r, register_write(r, add, &a));
    return a.id;
}

static OutboxBatch taken(Register *r, int wanted) {
    OutboxBatch batch = {.wanted = wanted};
    register_must(r, register_write(r, take, &batch));
    return batch;
}

static OutboxState state_of(Register *r, int64_t id) {
    Look l = {.id = id};
    register_must(r, register_read(r, look, &l));
    return l.state;
}

static void assert_state(Register *r, int64_t id, const char *wanted) {
    assert_true(text_eq(state_of(r, id).state, text_of(wanted)));
}

static int64_t today(const Register *r) { return clock_day(r->ctx.now_s, CLOCK_INDIA_OFFSET_S); }

static void fails(Register *r, const OutboxMessage *m, bool free_of_cost) {
    OutboxFailure failure = {.id = m->id, .tries = m->tries, .reason = T("status 500"),
                             .free = free_of_cost, .day = today(r), .jitter = 999};
    register_must(r, register_write(r, retry, &failure));
}

static bool is_due(Register *r) {
    bool ret = false;
    register_must(r, register_read(r, due, &ret));
    return ret;
}

typedef struct Guarded {
    Text member;
} Guarded;

static Status add_guarded(Ctx *ctx, void *argument) {
    return outbox_add_guardian_code(ctx, text_of(phone), LANG_EN, ((Guarded *)argument)->member,
                                    T("123456"));
}

static void guards(Register *r, const char *member, const char *wanted) {
    Guarded guarded = {text_of(member)};
    register_must(r, register_write(r, add_guarded, &guarded));
    OutboxBatch batch = taken(r, 4);
    assert_int_equal(batch.count, 1);
    assert_string_equal(arena_cstr(r->arena, batch.messages[0].text), wanted);
    register_must(r, register_write(r, done, &batch.messages[0].id));
}

/* A guardian reads whose membership it is; without words for that, those of any join. */
static void tells_guardians_who_joins(void **state) {
    Register *r = *state;
    Gateway gateway = gateway_of(100);
    register_must(r, register_write(r, write_gateway, &gateway));
    guards(r, "Asha Devi", "123456 is for Test Club, {it}");
    gateway = gateway_of(100);
    gateway.templates[gateway.template_count++] =
        (GatewayTemplate){T("guardian"), LANG_EN, T("1012"), T("{code}: {member} joins")};
    register_must(r, register_write(r, write_gateway, &gateway));
    guards(r, "Asha Devi", "123456: Asha Devi joins");
    guards(r, "Lakshminarayanan Venkatasubramanian", "123456: Lakshminarayanan joins");
    guards(r, "Abcdefghijklmnopqrstuvwxyzabcdefgh",
           "123456: Abcdefghijklmnopqrstuvwxyzabcd joins");
    gateway = gateway_of(100);
    gateway.templates[1].text = T("{code} for {member}"); /* nobody fills that in */
    register_refused(r, register_write(r, write_gateway, &gateway), INVALID, "templates",
                     "gateway_text_member");
}

static void says_the_registered_words(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    int64_t id = added(r, "code", LANG_EN);
    assert_true(is_due(r));
    OutboxBatch batch = taken(r, 4);
    assert_int_equal(batch.count, 1);
    const OutboxMessage *m = &batch.messages[0];
    assert_true(m->id == id && m->tries == 1);
    assert_true(text_eq(m->phone, text_of(phone)));
    assert_true(text_eq(m->text, T("123456 is for Test Club, {it}")));
    assert_true(text_eq(m->template_id, T("1008")));
    assert_true(text_eq(batch.gateway.secret, text_of(secret)));
    assert_true(text_eq(batch.gateway.header, T("GKCLUB")));
    (void)added(r, "code", LANG_HI);
    batch = taken(r, 4);
    assert_true(text_eq(batch.messages[0].text, T("123456 Test Club का कोड है")));
    (void)added(r, "reminder", LANG_HI); /* registered in English only */
    batch = taken(r, 4);
    assert_true(text_eq(batch.messages[0].text, T("Renew Test Club")));
}

static void a_lease_keeps_others_away_and_ends_by_itself(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    int64_t id = added(r, "code", LANG_EN);
    assert_int_equal(taken(r, 4).count, 1);
    assert_false(is_due(r));
    assert_int_equal(taken(r, 4).count, 0);
    r->ctx.now_s += OUTBOX_LEASE_S - 1;
    assert_int_equal(taken(r, 4).count, 0);
    r->ctx.now_s += 1; /* whoever had it is gone */
    OutboxBatch again = taken(r, 4);
    assert_int_equal(again.count, 1);
    assert_int_equal(again.messages[0].tries, 2);
    /* the first sender wakes up: its failure is nobody's any more, its success is good news */
    OutboxMessage late = {.id = id, .tries = 1};
    fails(r, &late, false);
    assert_int_equal(taken(r, 4).count, 0);
    register_must(r, register_write(r, done, &id));
    assert_state(r, id, "sent");
    r->ctx.now_s += OUTBOX_LEASE_S;
    assert_int_equal(taken(r, 4).count, 0);
}

static void waits_longer_each_time_until_it_is_useless(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    int64_t began = r->ctx.now_s, id = added(r, "code", LANG_EN), last_wait = 0;
    int tries = 0;
    for (;;) {
        OutboxBatch batch = taken(r, 1);
        if (!batch.count) break;
        fails(r, &batch.messages[0], false);
        OutboxState s = state_of(r, id);
        if (!text_eq(s.state, T("waiting"))) break;
        assert_true(text_eq(s.last_error, T("status 500")));
        int64_t wait = outbox_backoff_s(++tries, 999);
        assert_true(wait > last_wait);
        last_wait = wait;
        r->ctx.now_s += wait - 1;
        assert_false(is_due(r));
        r->ctx.now_s += 1;
    }
    assert_state(r, id, "expired");
    assert_true(tries >= 6 && r->ctx.now_s < began + OUTBOX_CODE_LIFE_S);
}

static void gives_up_after_some_tries(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    Adding a = {.draft = {.purpose = "reminder", .phone = text_of(phone), .lang = LANG_EN,
                          .life_s = 30 * CLOCK_DAY_S}};
    register_must(r, register_write(r, add, &a));
    for (int i = 1; i <= OUTBOX_TRIES; i++) {
        assert_state(r, a.id, "waiting");
        OutboxBatch batch = taken(r, 1);
        assert_int_equal(batch.count, 1);
        fails(r, &batch.messages[0], false);
        r->ctx.now_s += outbox_backoff_s(i, 999);
    }
    assert_state(r, a.id, "failed");
}

static Status figures(Ctx *ctx, void *ret) {
    int count;
    TRY(outbox_figures(ctx, ctx->now_s - 60, ret, &count));
    return count == 2 ? OK : INVALID;
}

static void tells_what_became_of_them(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    for (int i = 0; i < 3; i++) (void)added(r, "code", LANG_EN);
    OutboxBatch batch = taken(r, 2);
    fails(r, &batch.messages[0], false);
    register_must(r, register_write(r, done, &batch.messages[1].id));
    fails(r, &taken(r, 1).messages[0], false);
    OutboxFigure f[OUTBOX_FIGURES_MAX];
    register_must(r, register_read(r, figures, f));
    assert_true(text_eq(f[0].state, T("sent")) && f[0].count == 1);
    assert_true(text_eq(f[1].state, T("waiting")) && f[1].count == 2);
    assert_true(text_eq(f[1].last_error, T("status 500")));
}

static void words_too_long_are_not_sent(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    char *long_value = ARENA_ARRAY(r->arena, char, 5000);
    memset(long_value, 'x', 4999);
    OutboxBlank blank = {"code", text_of(long_value)};
    Adding a = {.draft = {.purpose = "code", .phone = text_of(phone), .lang = LANG_EN,
                          .blanks = &blank, .blank_count = 1, .life_s = 600}};
    register_refused(r, register_write(r, add, &a), INVALID, NULL, "gateway_text_form");
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 0);
}

static void too_late_is_never_sent(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    int64_t id = added(r, "code", LANG_EN);
    r->ctx.now_s += OUTBOX_CODE_LIFE_S;
    assert_true(is_due(r));
    assert_int_equal(taken(r, 4).count, 0);
    assert_state(r, id, "expired");
    assert_false(is_due(r));
}

static void waits_are_bounded_and_spread(void **state) {
    (void)state;
    assert_int_equal(outbox_backoff_s(1, 0), 2);
    assert_int_equal(outbox_backoff_s(2, 0), 4);
    assert_int_equal(outbox_backoff_s(5, 0), 32);
    assert_int_equal(outbox_backoff_s(5, 500), 40);
    assert_int_equal(outbox_backoff_s(40, 0), OUTBOX_BACKOFF_MAX_S);
    assert_true(outbox_backoff_s(1000, 999) < 2 * OUTBOX_BACKOFF_MAX_S);
}

static void codes_go_before_reminders(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    for (int i = 0; i < 5; i++) (void)added(r, "reminder", LANG_EN);
    r->ctx.now_s += 5;
    int64_t code = added(r, "code", LANG_EN);
    OutboxBatch batch = taken(r, 2);
    assert_int_equal(batch.count, 2);
    assert_true(batch.messages[0].id == code);
    assert_true(text_eq(batch.messages[1].purpose, T("reminder")));
    assert_int_equal(taken(r, OUTBOX_TAKE_MAX).count, 4);
}

static void the_cap_of_a_day_holds(void **state) {
    Register *r = *state;
    set_gateway(r, 2);
    Adding a = {.draft = {.purpose = "code", .phone = text_of(phone), .blanks = blanks,
                          .blank_count = 1, .life_s = 600}};
    for (int i = 0; i < 3; i++) (void)added(r, "code", LANG_EN);
    OutboxBatch batch = taken(r, 4);
    assert_int_equal(batch.count, 2);
    assert_int_equal(taken(r, 4).count, 0);
    register_refused(r, register_write(r, add, &a), LIMIT, NULL, "gateway_cap_reached");
    fails(r, &batch.messages[0], false); /* may have cost something */
    assert_int_equal(taken(r, 4).count, 0);
    fails(r, &batch.messages[1], true);
    assert_int_equal(taken(r, 4).count, 1);
    r->ctx.now_s += CLOCK_DAY_S;
    register_must(r, register_write(r, add, &a));
    assert_int_equal(taken(r, 4).count, 1);
}

static void nothing_of_anybody_is_readable(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    int64_t id = added(r, "code", LANG_EN);
    Text command = arena_printf(
        r->arena, "cat '%s'/*.db* | grep -aqE '9876543210|123456|%s|gateway.example'", r->folder,
        secret);
    assert_int_not_equal(system(command.ptr), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE body IS NOT NULL"), 1);
    register_must(r, register_write(r, done, &id));
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE body IS NULL AND "
                                     "destination IS NULL AND sealed_key IS NULL"), 1);
    bool more = false;
    r->ctx.now_s += OUTBOX_KEEP_DAYS * CLOCK_DAY_S;
    register_must(r, register_write(r, tidy, &more));
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 1);
    r->ctx.now_s += 1;
    register_must(r, register_write(r, tidy, &more));
    assert_true(more);
    register_must(r, register_write(r, tidy, &more));
    assert_false(more);
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 0);
}

static void a_row_cannot_take_anothers_place(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    (void)added(r, "code", LANG_EN);
    register_run(r, "UPDATE outbox SET outbox_id = outbox_id + 2");
    OutboxBatch batch = {.wanted = 1};
    register_must(r, register_write(r, take, &batch));
    assert_int_equal(batch.count, 0); /* it does not open there, and ends */
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE state = 'failed' AND "
                                     "last_error = 'damaged' AND body IS NULL"), 1);
}

static void without_a_gateway(void **state) {
    Register *r = *state;
    char code[] = "123456";
    Adding a = {.draft = {.purpose = "code", .phone = text_of(phone), .blanks = blanks,
                          .blank_count = 1, .life_s = 600}};
    register_refused(r, register_write(r, add, &a), DENIED, NULL, "gateway_none");
    if (r->org.demo)
        register_must(r, register_write(r, add_code, code));
    else
        register_refused(r, register_write(r, add_code, code), DENIED, NULL, "gateway_none");
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 0);
    set_gateway(r, 9);
    register_must(r, register_write(r, add_code, code));
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE expires_at - created_at = "
                                     "600"), 1);
    assert_int_equal(r->ctx.wakes, OUTBOX_WAKES);
    Gateway back;
    register_must(r, register_read(r, read_gateway, &back));
    assert_true(text_eq(back.headers, T("X-Key: {secret}\nX-Other: yes")));
}

#define TEST(name, make) cmocka_unit_test_setup_teardown(name, make, register_remove)

/* Taken before midnight, known after it to have cost nothing: that day's cap has it again, and the
 * next day's is what it was. */
static void gives_back_to_the_day_it_was_taken_on(void **state) {
    Register *r = *state;
    set_gateway(r, 100);
    (void)added(r, "code", LANG_EN);
    OutboxBatch batch = taken(r, 4);
    assert_int_equal(batch.day, today(r));
    OutboxFailure failure = {.id = batch.messages[0].id, .tries = 1, .reason = T("refused"),
                             .free = true, .day = batch.day};
    r->ctx.now_s += CLOCK_DAY_S;
    register_must(r, register_write(r, retry, &failure));
    assert_int_equal(register_int(r, "SELECT count(*) FROM gateway_use"), 1);
    assert_int_equal(register_int(r, "SELECT sent FROM gateway_use"), 0);
    assert_int_equal(register_int(r, "SELECT day FROM gateway_use"), batch.day);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(says_the_registered_words, register_make),
        TEST(tells_guardians_who_joins, register_make),
        TEST(a_lease_keeps_others_away_and_ends_by_itself, register_make),
        TEST(waits_longer_each_time_until_it_is_useless, register_make),
        TEST(gives_up_after_some_tries, register_make),
        TEST(gives_back_to_the_day_it_was_taken_on, register_make),
        TEST(tells_what_became_of_them, register_make),
        TEST(words_too_long_are_not_sent, register_make),
        TEST(too_late_is_never_sent, register_make),
        cmocka_unit_test(waits_are_bounded_and_spread),
        TEST(codes_go_before_reminders, register_make),
        TEST(the_cap_of_a_day_holds, register_make),
        TEST(nothing_of_anybody_is_readable, register_make),
        TEST(a_row_cannot_take_anothers_place, register_make),
        TEST(without_a_gateway, register_make),
        {"without_a_gateway, demo", without_a_gateway, register_make_demo, register_remove, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
