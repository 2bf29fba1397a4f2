/* Reads and writes through the lane: order, refusals, threads. */
#include "given.h"

#include <pthread.h>
#include <sys/stat.h>

static void answers_come_in_order_after_one_commit(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    Given works[16] = {0};
    for (int i = 0; i < 16; i++) {
        works[i].apply = i % 4 == 3 ? row_refuse : row_insert;
        works[i].row = (Row){1, i};
    }
    given_run(store, works, 16);
    for (int i = 0; i < 16; i++) {
        assert_int_equal(works[i].work.status, i % 4 == 3 ? CONFLICT : OK);
        assert_int_equal(works[i].runs, 1);
        assert_int_equal(works[i].done_at, i);
    }
    StoreFigures figures;
    store_figures(store, &figures);
    assert_int_equal(figures.batches, 2); /* the gate's and ours */
    assert_int_equal(figures.writes, 17);
    assert_int_equal(figures.retried_alone, 0);
    assert_int_equal(rows_of(store, &folder->ctx, 1), 12);
    given_free(works, 16);
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
    given_run(store, works, 6);
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
    given_free(works, 6);
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

/* A terminal's verb with a connection of its own, beside a server under load. */
static void a_verb_has_its_turn_beside_the_server(void **state) {
    Folder *folder = *state;
    store_close(folder_open(folder, STORE_CREATE));
    Store *server = folder_open(folder, STORE_SERVE), *verb = folder_open(folder, STORE_COMMAND);
    Worker workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (Worker){.store = server, .pin = 100 + i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work_hard, &workers[i]), 0);
    }
    for (int i = 0; i < 20; i++)
        assert_int_equal(lane_write(verb, &folder->ctx, row_insert, &(Row){1, i}), OK);
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].failures, 0);
        assert_int_equal(rows_of(verb, &folder->ctx, 100 + i), ROWS_EACH);
    }
    assert_int_equal(rows_of(server, &folder->ctx, 1), 20);
    store_close(verb);
    store_close(server);
}

static void an_idle_reader_sees_what_others_commit(void **state) {
    Folder *folder = *state;
    store_close(folder_open(folder, STORE_CREATE));
    Store *server = folder_open(folder, STORE_SERVE), *verb = folder_open(folder, STORE_COMMAND);
    for (int i = 0; i < 5; i++) {
        for (int again = 0; again < 3; again++)
            assert_int_equal(rows_of(server, &folder->ctx, 1), 2 * i);
        assert_int_equal(lane_write(verb, &folder->ctx, row_insert, &(Row){1, 2 * i}), OK);
        assert_int_equal(rows_of(server, &folder->ctx, 1), 2 * i + 1);
        assert_int_equal(lane_write(server, &folder->ctx, row_insert, &(Row){1, 2 * i + 1}), OK);
    }
    store_close(verb);
    store_close(server);
}

enum { ROUNDS = 3, LOG_OF_ROUND = 17 << 20 };

static Status write_much(Ctx *ctx, void *argument) {
    (void)argument;
    TRY(connection_script(ctx->tx, ctx, "CREATE TABLE IF NOT EXISTS much (bytes BLOB)"));
    return connection_script(ctx->tx, ctx, "INSERT INTO much VALUES (zeroblob(17 << 20))");
}

/* The log grows beyond one round's writes when it cannot be begun anew. */
static void an_idle_reader_lets_the_log_be_folded_back(void **state) {
    Folder *folder = *state;
    Store *store = folder_open(folder, STORE_CREATE);
    for (int i = 0; i < ROUNDS; i++) {
        for (int again = 0; again < 3; again++)
            assert_int_equal(rows_of(store, &folder->ctx, 1), i);
        assert_int_equal(lane_write(store, &folder->ctx, write_much, NULL), OK);
        /* answered when the log was folded back: the writer does one thing after the other */
        assert_int_equal(lane_write(store, &folder->ctx, row_insert, &(Row){1, i}), OK);
    }
    char path[96];
    struct stat st;
    (void)snprintf(path, sizeof path, "%s/register.db-wal", folder->path);
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_size < 2 * LOG_OF_ROUND);
    store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(answers_come_in_order_after_one_commit),
        TEST(a_failing_work_harms_no_other),
        TEST(threads_write_and_read),
        TEST(a_verb_has_its_turn_beside_the_server),
        TEST(an_idle_reader_sees_what_others_commit),
        TEST(an_idle_reader_lets_the_log_be_folded_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
