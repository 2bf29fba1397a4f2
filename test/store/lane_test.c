/* Reads and writes through the lane: order, refusals, threads. */
#include "store_test.h"

#include <pthread.h>
#include <semaphore.h>

/* A queue that waits behind one work, so that the rest surely makes one batch. */
typedef struct Gate {
    sem_t entered, open;
} Gate;

static Status wait_at_gate(Ctx *ctx, void *argument) {
    (void)ctx;
    Gate *gate = argument;
    (void)sem_post(&gate->entered);
    while (sem_wait(&gate->open) != 0) continue;
    return OK;
}

enum { WORKS_MAX = 32 };

static sem_t finished;
static int done_order[WORKS_MAX + 1], done_count;

typedef struct Given {
    Work work; /* first */
    Ctx ctx;
    Arena *arena;
    int index;
    int runs;
    Apply apply;
    Row row;
    bool dirty; /* a run began with errors of an earlier one */
} Given;

static void note_done(Work *work) {
    done_order[done_count++] = ((Given *)work)->index;
    (void)sem_post(&finished);
}

static Status counted(Ctx *ctx, void *argument) {
    Given *given = argument;
    given->runs++;
    if (ctx->error_count || ctx->detail[0]) given->dirty = true;
    return given->apply(ctx, &given->row);
}

/* Submits all as one batch and waits for them. */
static void run_as_batch(Store *store, Given *works, int count) {
    Gate gate;
    Arena *arena = arena_new(1 << 20);
    Given first = {.work = {.apply = wait_at_gate, .argument = &gate, .done = note_done},
                   .index = -1};
    ctx_init(&first.ctx, arena);
    first.work.ctx = &first.ctx;
    done_count = 0;
    assert_int_equal(sem_init(&gate.entered, 0, 0) | sem_init(&gate.open, 0, 0) |
                     sem_init(&finished, 0, 0), 0);
    lane_submit(store, &first.work);
    while (sem_wait(&gate.entered) != 0) continue;
    for (int i = 0; i < count; i++) {
        Given *g = &works[i];
        g->arena = arena_new(1 << 20);
        g->index = i;
        ctx_init(&g->ctx, g->arena);
        g->work = (Work){.ctx = &g->ctx, .apply = counted, .argument = g, .done = note_done};
        lane_submit(store, &g->work);
    }
    (void)sem_post(&gate.open);
    for (int i = 0; i < count + 1; i++)
        while (sem_wait(&finished) != 0) continue;
    arena_delete(arena);
}

static void give_back(Given *works, int count) {
    for (int i = 0; i < count; i++) arena_delete(works[i].arena);
}

static void answers_come_in_order_after_one_commit(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Given works[16] = {0};
    for (int i = 0; i < 16; i++) {
        works[i].apply = i % 4 == 3 ? row_refuse : row_insert;
        works[i].row = (Row){1, i};
    }
    run_as_batch(store, works, 16);
    for (int i = 0; i < 16; i++) {
        assert_int_equal(works[i].work.status, i % 4 == 3 ? CONFLICT : OK);
        assert_int_equal(works[i].runs, 1);
        assert_int_equal(done_order[i + 1], i);
    }
    StoreFigures figures;
    store_figures(store, &figures);
    assert_int_equal(figures.batches, 2); /* the gate's and ours */
    assert_int_equal(figures.writes, 17);
    assert_int_equal(figures.retried_alone, 0);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 12);
    give_back(works, 16);
    store_close(store);
}

static void a_failing_work_harms_no_other(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Given works[6] = {0};
    for (int i = 0; i < 6; i++) {
        works[i].apply = row_insert;
        works[i].row = (Row){2, i};
    }
    works[3].apply = row_insert_and_refuse;
    works[4].row.place = 0; /* a double, found by the key */
    run_as_batch(store, works, 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(works[i].work.status, i == 3 || i == 4 ? CONFLICT : OK);
        assert_false(works[i].dirty);
        assert_int_equal(works[i].ctx.error_count, i == 3 || i == 4 ? 1 : 0);
    }
    assert_string_equal(message_in(&works[4].ctx), "store_conflict");
    assert_int_equal(works[0].runs, 2); /* once in the batch, once alone */
    assert_int_equal(rows_of(store, &folder->ctx, 2), 4);
    StoreFigures figures;
    store_figures(store, &figures);
    assert_int_equal(figures.retried_alone, 6);
    give_back(works, 6);
    store_close(store);
}

typedef struct Worker {
    Store *store;
    pthread_t thread;
    int64_t pin;
    int failures;
} Worker;

enum { WORKERS = 8, ROWS_EACH = 200 };

static void *work_hard(void *argument) {
    Worker *worker = argument;
    Arena *arena = arena_new(4 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    for (int i = 0; i < ROWS_EACH; i++) {
        Row row = {worker->pin, i};
        if (lane_write(worker->store, &ctx, row_insert, &row) != OK) worker->failures++;
        /* what was acknowledged is seen by everybody from then on */
        if (rows_of(worker->store, &ctx, worker->pin) != i + 1) worker->failures++;
    }
    arena_delete(arena);
    return NULL;
}

static void threads_write_and_read(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Worker workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (Worker){.store = store, .pin = 100 + i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work_hard, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].failures, 0);
    }
    StoreFigures figures;
    store_figures(store, &figures);
    assert_int_equal(figures.writes, WORKERS * ROWS_EACH);
    assert_true(figures.batches <= figures.writes);
    store_close(store);
    store = folder_open(folder, STORE_COMMAND);
    for (int i = 0; i < WORKERS; i++)
        assert_int_equal(rows_of(store, &folder->ctx, 100 + i), ROWS_EACH);
    assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
    store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(answers_come_in_order_after_one_commit),
        TEST(a_failing_work_harms_no_other),
        TEST(threads_write_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
