/* A month later, by the job's own clock: in pieces, past those who stay. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/member_lapse.h"
#include "jobs/lapse_applications.h"

enum { SILENT = 2 * DUE_MAX + 7, JOB_ARENA = 64 << 20 };

/* The job asks the system's clock: it is turned to the register's. */
static void run_at(Register *r, int year, int month, int day) {
    atomic_bool stopping = false;
    register_set_day(r, year, month, day);
    clock_set_offset(0);
    clock_set_offset(r->ctx.now_s - clock_now_s());
    Arena *arena = arena_new(JOB_ARENA);
    JobRun run = {.store = r->store, .stopping = &stopping};
    ctx_init(&run.ctx, arena);
    run.ctx.org = &r->org;
    register_must(r, lapse_applications(&run));
    arena_delete(arena);
    clock_set_offset(0);
}

static int64_t count(Register *r, const char *state) {
    return register_int(
        r, arena_printf(r->arena, "SELECT count(*) FROM member WHERE state = '%s'", state).ptr);
}

static Status reject(Ctx *ctx, void *argument) {
    FeeOrder order;
    TRY(fee_order_read(ctx, ((FeeOrder *)argument)->id, &order));
    return fee_order_reject(ctx, &order, T("not found"));
}

static void a_month_later_the_silent_are_forgotten(void **state) {
    Register *r = *state;
    /* The oldest of a whole piece have paid something: those behind must be reached past them. */
    for (int i = 0; i < DUE_MAX + 1; i++) {
        int64_t serial = treasury_applicant(r, i);
        FeeOrder o = treasury_order(r, &serial, 1);
        PaymentIn p = {.source = T("bank"), .amount_paise = 5,
                       .external_id = arena_printf(r->arena, "line-%d", i),
                       .reference = fee_order_reference(&r->ctx, o.id)};
        (void)treasury_pays(r, p, NULL);
    }
    int64_t claimed = treasury_applicant(r, DUE_MAX + 1);
    FeeOrder o = treasury_order(r, &claimed, 1);
    (void)treasury_claim(r, o.id, "432187650123");
    register_set_day(r, 2026, 11, 25);
    for (int i = 0; i < SILENT; i++) (void)treasury_applicant(r, 1000 + i);
    int64_t rejected = treasury_applicant(r, 5000);
    FeeOrder untrue = treasury_order(r, &rejected, 1);
    (void)treasury_claim(r, untrue.id, "432187650124");
    register_set_day(r, 2026, 11, 28);
    register_must(r, register_write(r, reject, &untrue));
    run_at(r, 2026, 12, 24);
    assert_int_equal(count(r, "lapsed"), 0);
    run_at(r, 2026, 12, 26);
    assert_int_equal(count(r, "lapsed"), SILENT);
    run_at(r, 2026, 12, 28); /* a month to the second is not over yet */
    assert_int_equal(count(r, "rejected"), 1);
    run_at(r, 2026, 12, 29);
    assert_int_equal(count(r, "lapsed"), SILENT + 1);
    assert_int_equal(count(r, "applied"), DUE_MAX + 1);
    assert_int_equal(count(r, "provisional"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member WHERE state = 'lapsed' AND "
                                     "(name <> '' OR birth_year <> 0 OR phone IS NOT NULL OR "
                                     "length(sealed_key) > 0)"), 0);
    run_at(r, 2027, 12, 26);
    assert_int_equal(count(r, "provisional"), 1);
    treasury_agrees(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_later_the_silent_are_forgotten, register_make,
                                        register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
