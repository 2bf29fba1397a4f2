/* By day only, in the organisation's zone, and once. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/gateway.h"
#include "jobs/remind_renewals.h"

enum { JOB_ARENA = 64 << 20 };

static Status words(Ctx *ctx, void *argument) {
    Gateway g;
    (void)argument;
    TRY(gateway_read(ctx, &g));
    g.templates[g.template_count++] = (GatewayTemplate){
        T("reminder"), LANG_HI, T("1010"), T("{organisation}: {day} तक")};
    return gateway_write(ctx, &g);
}

/* How many were put into the outbox at that hour in India. */
static int64_t reminded_at(Register *r, int hour) {
    atomic_bool stopping = false;
    Arena *arena = arena_new(JOB_ARENA);
    JobRun run = {.store = r->store, .stopping = &stopping};
    int64_t before = register_int(r, "SELECT count(*) FROM outbox");
    ctx_init(&run.ctx, arena);
    run.ctx.org = &r->org;
    run.ctx.now_s = r->ctx.now_s + (hour - 12) * 3600; /* the register's clock is at noon */
    register_must(r, remind_renewals(&run));
    arena_delete(arena);
    return register_int(r, "SELECT count(*) FROM outbox") - before;
}

static void wakes_nobody(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365 WHERE kind = 'ordinary'");
    register_must(r, register_write(r, words, NULL));
    for (int i = 0; i < 250; i++) (void)register_member(r, i);
    register_set_day(r, 2027, 11, 15);
    static const int nights[] = {0, 3, 8, 19, 23};
    for (size_t i = 0; i < sizeof nights / sizeof *nights; i++)
        assert_int_equal(reminded_at(r, nights[i]), 0);
    assert_int_equal(reminded_at(r, 9), 250);
    assert_int_equal(reminded_at(r, 18), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_reminder WHERE step = 7"), 250);
}

/* Somebody whose phone does not open any more keeps the others' reminders from nobody. */
static void passes_over_a_damaged_member(void **state) {
    Register *r = *state;
    register_run(r, "UPDATE membership_kind SET term_days = 365 WHERE kind = 'ordinary'");
    register_must(r, register_write(r, words, NULL));
    for (int i = 0; i < 30; i++) (void)register_member(r, i);
    register_run(r, "UPDATE member SET sealed_key = x'00' WHERE serial = (SELECT min(serial) + 2 "
                    "FROM member)");
    register_set_day(r, 2027, 11, 15);
    assert_int_equal(reminded_at(r, 9), 29);
    assert_int_equal(reminded_at(r, 10), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(wakes_nobody, register_make_sending, register_remove),
        cmocka_unit_test_setup_teardown(passes_over_a_damaged_member, register_make_sending,
                                        register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
