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

/* The last one cannot be written: the pieces before hers are kept, and the next run goes on. */
static void keeps_each_piece(void **state) {
    Register *r = *state;
    come_of_age(r);
    register_run(r, "CREATE TRIGGER last BEFORE DELETE ON guardian WHEN OLD.serial = (SELECT "
                    "max(serial) FROM member WHERE birth_year = 2009) BEGIN SELECT RAISE(ABORT, "
                    "'no'); END");
    assert_int_not_equal(run_at(r, 2028, 1, 1, false), OK);
    int64_t left = guardians(r) - 1;
    assert_in_range(left, 1, OF_AGE / 2); /* two pieces of the three are done */
    assert_int_equal(told(r), OF_AGE - left);
    register_run(r, "DROP TRIGGER last");
    register_must(r, run_at(r, 2028, 1, 2, false));
    assert_int_equal(guardians(r), 1);
    assert_int_equal(told(r), OF_AGE);
    register_agrees(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forgets_the_guardians_of_who_is_of_age, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(keeps_each_piece, register_make, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
