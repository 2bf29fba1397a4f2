/* The day after the year in which they turn 18, by the job's own clock: in pieces, each kept as
 * soon as it is done. */
#include "register_test.h"

#include "base/clock.h"
#include "jobs/end_guardians.h"

enum { OF_AGE = 107, JOB_ARENA = 64 << 20 }; /* more than two pieces */

/* The job asks the system's clock: it is turned to the register's. */
static Status run_at(Register *r, int year, int month, int day, bool stop) {
    atomic_bool stopping = stop;
    register_set_day(r, year, month, day);
    clock_set_offset(0);
    clock_set_offset(r->ctx.now_s - clock_now_s());
    Arena *arena = arena_new(JOB_ARENA);
    JobRun run = {.store = r->store, .stopping = &stopping};
    ctx_init(&run.ctx, arena);
    run.ctx.org = &r->org;
    Status status = end_guardians(&run);
    arena_delete(arena);
    clock_set_offset(0);
    return status;
}

static void joins(Register *r, int which, int birth_year) {
    Enrolled enrolled;
    Enrolment e = register_person(r, which);
    e.birth_year = birth_year;
    e.guardian_name = T("Sita Devi");
    e.guardian_phone = arena_printf(r->arena, "90%08d", which);
    register_must(r, register_enrol(r, &e, &enrolled));
}

static int64_t guardians(Register *r) { return register_int(r, "SELECT count(*) FROM guardian"); }

static int64_t told(Register *r) {
    return register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.of_age'");
}

static void come_of_age(Register *r) {
    for (int i = 0; i < OF_AGE; i++) joins(r, i, 2009);
    joins(r, OF_AGE, 2010);
}

static void forgets_the_guardians_of_who_is_of_age(void **state) {
    Register *r = *state;
    come_of_age(r);
    register_must(r, run_at(r, 2027, 12, 31, false));
    assert_int_equal(guardians(r), OF_AGE + 1);
    register_must(r, run_at(r, 2028, 1, 1, true)); /* the server is about to stop */
    assert_int_equal(guardians(r), OF_AGE + 1);
    register_must(r, run_at(r, 2028, 1, 1, false));
    assert_int_equal(guardians(r), 1); /* of the younger one */
    assert_int_equal(register_int(r, "SELECT count(*) FROM guardian JOIN member USING (org_id, "
                                     "serial) WHERE birth_year = 2010"), 1);
    assert_int_equal(register_int(r, "SELECT count(DISTINCT serial) FROM member_event WHERE type "
                                     "= 'of_age'"), OF_AGE);
    assert_int_equal(told(r), OF_AGE);
    int64_t events = register_int(r, "SELECT count(*) FROM member_event");
    int64_t audited = register_int(r, "SELECT count(*) FROM audit");
    register_must(r, run_at(r, 2028, 1, 1, false));
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event"), events);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit"), audited);
    assert_int_equal(guardians(r), 1);
    register_agrees(r);
}

/* One of them cannot be written: she keeps none of the others from it, and the next run tries her
 * again. */
static void passes_over_who_cannot_be_done(void **state) {
    Register *r = *state;
    come_of_age(r);
    register_run(r, "CREATE TRIGGER one BEFORE DELETE ON guardian WHEN OLD.serial = (SELECT "
                    "min(serial) + 3 FROM member) BEGIN SELECT RAISE(ABORT, 'no'); END");
    register_must(r, run_at(r, 2028, 1, 1, false));
    assert_int_equal(guardians(r), 2); /* hers, and of the younger one */
    assert_int_equal(told(r), OF_AGE - 1);
    register_run(r, "DROP TRIGGER one");
    register_must(r, run_at(r, 2028, 1, 2, false));
    assert_int_equal(guardians(r), 1);
    assert_int_equal(told(r), OF_AGE);
    register_agrees(r);
}

/* Nobody can be written: that is not theirs, and the log is not filled with all of them. */
static void says_when_nothing_can_be_written(void **state) {
    Register *r = *state;
    come_of_age(r);
    register_run(r, "CREATE TRIGGER all_of_them BEFORE DELETE ON guardian BEGIN "
                    "SELECT RAISE(ABORT, 'no'); END");
    assert_int_not_equal(run_at(r, 2028, 1, 1, false), OK);
    assert_int_equal(guardians(r), OF_AGE + 1);
    register_run(r, "DROP TRIGGER all_of_them");
    register_must(r, run_at(r, 2028, 1, 1, false));
    assert_int_equal(guardians(r), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forgets_the_guardians_of_who_is_of_age, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(passes_over_who_cannot_be_done, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(says_when_nothing_can_be_written, register_make,
                                        register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
