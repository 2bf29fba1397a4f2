/* Many enrolments in one transaction: the trouble of one harms no other. */
#include "register_test.h"

#include <semaphore.h>

#include "forgetful_vfs.h"

enum { BATCH = 24, REFUSED = 5, BROKEN = 11, STOPPED_AFTER_WRITING = 17 };

/* One of those that wait while the writer stands at the gate, so that they make one batch. */
typedef struct Waiting {
    Work work; /* first */
    Ctx ctx;
    Arena *arena;
    Enrolment enrolment;
    Enrolled enrolled;
    bool stops; /* fails after all is written */
} Waiting;

typedef struct Gate {
    Work work;
    Ctx ctx;
    Arena *arena;
    sem_t entered, open;
} Gate;

static sem_t finished;

static void wait_for(sem_t *semaphore) {
    while (sem_wait(semaphore) != 0) continue;
}

static void note_done(Work *work) {
    (void)work;
    (void)sem_post(&finished);
}

static Status stand_at_gate(Ctx *ctx, void *argument) {
    (void)ctx;
    Gate *gate = argument;
    (void)sem_post(&gate->entered);
    wait_for(&gate->open);
    return OK;
}

static Status enrol_apply(Ctx *ctx, void *argument) {
    Waiting *w = argument;
    TRY(member_enrol(ctx, &w->enrolment, &w->enrolled));
    return w->stops ? fail(ctx, CONFLICT, NULL, "test_stops") : OK;
}

static void prepare(Register *r, Waiting *w, int which) {
    *w = (Waiting){.arena = arena_new(1 << 20)};
    ctx_init(&w->ctx, w->arena);
    w->ctx.org = &r->org;
    w->ctx.now_s = r->ctx.now_s;
    w->ctx.actor = r->ctx.actor;
    w->enrolment = register_person(r, which);
    w->enrolment.unit_code = which % 2 ? T("UP-175") : T("BR-203");
    assert_int_equal(member_prepare(&w->ctx, &w->enrolment), OK);
    w->work = (Work){.ctx = &w->ctx, .apply = enrol_apply, .argument = w, .done = note_done};
}

/* Submits all as one batch and waits for the answers. */
static void run_batch(Register *r, Waiting *waiting, int count) {
    Gate gate = {.arena = arena_new(1 << 20)};
    ctx_init(&gate.ctx, gate.arena);
    assert_int_equal(sem_init(&gate.entered, 0, 0) | sem_init(&gate.open, 0, 0) |
                         sem_init(&finished, 0, 0), 0);
    gate.work = (Work){.ctx = &gate.ctx, .apply = stand_at_gate, .argument = &gate,
                       .done = note_done};
    lane_submit(r->store, &gate.work);
    wait_for(&gate.entered);
    StoreFigures before, after;
    store_figures(r->store, &before);
    for (int i = 0; i < count; i++) lane_submit(r->store, &waiting[i].work);
    (void)sem_post(&gate.open);
    for (int i = 0; i < count + 1; i++) wait_for(&finished);
    store_figures(r->store, &after);
    assert_true(after.batches - before.batches <= 2); /* the gate's own and ours */
    arena_delete(gate.arena);
}

static void release(Waiting *waiting, int count) {
    for (int i = 0; i < count; i++) arena_delete(waiting[i].arena);
}

/* One refused, one that breaks a rule of the tables after it wrote, one that fails at the end. */
static void one_harms_no_other(void **state) {
    Register *r = *state;
    register_member(r, REFUSED); /* will be a double */
    static Waiting waiting[BATCH];
    for (int i = 0; i < BATCH; i++) prepare(r, &waiting[i], i);
    waiting[STOPPED_AFTER_WRITING].stops = true;
    /* the tables refuse the last that enrolling BROKEN writes */
    Waiting *broken = &waiting[BROKEN];
    register_run(r, "CREATE TRIGGER trap BEFORE INSERT ON audit "
                    "WHEN NEW.action = 'member.enrol' AND EXISTS (SELECT 1 FROM member "
                    "WHERE 'member:' || serial = NEW.subject AND name = 'Trapped') "
                    "BEGIN SELECT RAISE(ABORT, 'constraint'); END");
    broken->enrolment.name = T("Trapped");
    run_batch(r, waiting, BATCH);
    for (int i = 0; i < BATCH; i++) {
        Status wanted = i == REFUSED || i == STOPPED_AFTER_WRITING ? CONFLICT : OK;
        if (i == BROKEN)
            assert_true(waiting[i].work.status != OK);
        else
            assert_int_equal(waiting[i].work.status, wanted);
        if (waiting[i].work.status != OK) continue;
        Member m = register_member_at(r, waiting[i].enrolled.serial);
        assert_memory_equal(&m.number, &waiting[i].enrolled.number, sizeof m.number);
    }
    int members = BATCH - 3 + 1;
    assert_int_equal(register_tally(r, "IN").members, members);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), members);
    assert_int_equal(register_int(r, "SELECT count(*) FROM phone_slot"), members);
    assert_int_equal(register_int(r, "SELECT count(DISTINCT receipt) FROM payment"), members);
    /* nothing burnt: the numbers of receipts have no holes */
    assert_int_equal(register_int(r, "SELECT max(receipt) FROM payment"), members);
    register_agrees(r);
    release(waiting, BATCH);
}

/* The disk fills up: whoever was told is in, nobody else, and with room it goes on. */
static void a_full_disk_loses_nothing(void **state) {
    (void)state;
    forgetful_start(1);
    Register *r = register_make_on(FORGETFUL_VFS, NULL);
    static Waiting waiting[BATCH];
    int told = 0, refused = 0;
    forgetful_limit(forgetful_used() + 150 * 4096);
    for (int round = 0; round < 40 && !refused; round++) {
        for (int i = 0; i < BATCH; i++) prepare(r, &waiting[i], 1000 + round * BATCH + i);
        run_batch(r, waiting, BATCH);
        for (int i = 0; i < BATCH; i++) {
            told += waiting[i].work.status == OK;
            if (waiting[i].work.status == OK) continue;
            refused++;
            assert_int_equal(waiting[i].work.status, IO);
            assert_string_equal(waiting[i].ctx.errors[0].message, "store_disk_full");
        }
        release(waiting, BATCH);
    }
    assert_true(told > 0 && refused > 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member"), told);
    forgetful_limit(0);
    for (int i = 0; i < BATCH; i++) prepare(r, &waiting[i], i);
    run_batch(r, waiting, BATCH);
    for (int i = 0; i < BATCH; i++) assert_int_equal(waiting[i].work.status, OK);
    release(waiting, BATCH);
    assert_int_equal(register_tally(r, "IN").members, told + BATCH);
    register_agrees(r);
    void *gone = r;
    register_remove(&gone);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_harms_no_other, register_make, register_remove),
        cmocka_unit_test(a_full_disk_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
