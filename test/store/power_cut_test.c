/* Two hundred power cuts under 64 writers: what was acknowledged is there, once. */
#include "store_test.h"

#include <pthread.h>

#include "forgetful_vfs.h"

#ifdef __SANITIZE_THREAD__
enum { CUTS = 40, CREATION_STEP = 16 }; /* there it is races that are looked for */
#elif defined(__SANITIZE_ADDRESS__)
enum { CUTS = 200, CREATION_STEP = 3 }; /* every operation in a build without sanitizers */
#else
enum { CUTS = 200, CREATION_STEP = 1 };
#endif
enum { PREPARE_EACH = 8 }; /* cuts: to prepare hundreds of statements is most of the time */
enum { WRITERS = 64, ENDLESS = 1 << 30 };

typedef struct Writer {
    Store *store;
    pthread_t thread;
    int64_t pin;
    int rows;
    int acknowledged;
} Writer;

static void *write_until_dark(void *argument) {
    Writer *writer = argument;
    Arena *arena = arena_new(1 << 20);
    Ctx ctx;
    ctx_init(&ctx, arena);
    for (int i = 0; i < writer->rows; i++) {
        Row row = {writer->pin, i};
        if (lane_write(writer->store, &ctx, row_insert, &row) != OK) break;
        writer->acknowledged = i + 1;
    }
    arena_delete(arena);
    return NULL;
}

static Status open_store(Folder *folder, StoreMode mode, Store **ret) {
    ctx_forget_errors(&folder->ctx);
    return store_open(&folder->ctx,
                      &(StoreOptions){.data_dir = folder->path, .mode = mode,
                                      .vfs = FORGETFUL_VFS}, ret);
}

/* Where the power goes, and how many rows each writer would write. */
typedef struct Plan {
    int64_t cut_at;
    int rows;
} Plan;

static Plan plan_of(int round, uint64_t random) {
    /* most often in the middle of a load; sometimes so late that the log is folded back under it;
     * sometimes while opening, or while closing after a short load */
    if (round % 50 == 1) return (Plan){8000 + (int64_t)(random % 2000), ENDLESS};
    if (round % 4 == 2) return (Plan){1 + (int64_t)(random % 100), 2};
    return (Plan){1 + (int64_t)(random % 400), ENDLESS};
}

static void load_until_cut(Folder *folder, Writer *writers, int64_t first_pin, Plan plan) {
    Store *store = NULL;
    memset(writers, 0, WRITERS * sizeof *writers);
    for (int i = 0; i < WRITERS; i++)
        writers[i] = (Writer){.pin = first_pin + i, .rows = plan.rows};
    forgetful_cut_at(plan.cut_at);
    /* the power may go while the last cut is being recovered from */
    if (open_store(folder, STORE_SERVE, &store) != OK) return;
    for (int i = 0; i < WRITERS; i++) {
        writers[i].store = store;
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_until_dark, &writers[i]),
                         0);
    }
    for (int i = 0; i < WRITERS; i++) assert_int_equal(pthread_join(writers[i].thread, NULL), 0);
    store_close(store);
}

static void look(Folder *folder, const Writer *writers) {
    Store *store = NULL;
    Status status = open_store(folder, STORE_COMMAND, &store);
    if (status != OK) print_error("%s: %s\n", message_in(&folder->ctx), folder->ctx.detail);
    assert_int_equal(status, OK);
    for (int i = 0; i < WRITERS; i++) {
        int64_t rows = rows_of(store, &folder->ctx, writers[i].pin);
        /* one more may have been on its way */
        assert_in_range(rows, writers[i].acknowledged, writers[i].acknowledged + 1);
    }
    assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
    store_close(store);
}

static void acknowledged_rows_survive(void **state) {
    Folder *folder = *state;
    static Writer writers[WRITERS], first_writers[WRITERS];
    uint64_t random = 20261121;
    int during = 0;
    int64_t acknowledged = 0;
    forgetful_start(random);
    Store *store = NULL;
    assert_int_equal(open_store(folder, STORE_CREATE, &store), OK);
    store_close(store);
    for (int round = 0; round < CUTS; round++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        load_until_cut(folder, writers, 1000 + round * WRITERS, plan_of(round, random >> 33));
        during += forgetful_is_cut();
        forgetful_reboot(random >> 62 ? FORGETFUL_SOME : FORGETFUL_ALL);
        look(folder, writers);
        for (int i = 0; i < WRITERS; i++) acknowledged += writers[i].acknowledged;
        if (round == 0) memcpy(first_writers, writers, sizeof writers);
        arena_clear(folder->arena);
    }
    look(folder, first_writers);
    print_message("%d cuts under load, %lld rows acknowledged\n", during,
                  (long long)acknowledged);
    assert_true(during > CUTS * 4 / 5); /* the others: after it, with nothing left to lose */
    assert_true(acknowledged > CUTS * WRITERS);
}

/* The register being made when the power goes is there whole or can be made again. */
static void creation_is_whole_or_nothing(void **state) {
    Folder *folder = *state;
    for (int64_t cut = 1;; cut += CREATION_STEP) {
        forgetful_start((uint64_t)cut);
        forgetful_cut_at(cut);
        Store *store = NULL;
        if (open_store(folder, STORE_CREATE, &store) == OK) store_close(store);
        bool is_cut = forgetful_is_cut();
        forgetful_reboot(cut % 2 ? FORGETFUL_SOME : FORGETFUL_ALL);
        Status status = open_store(folder, STORE_COMMAND, &store);
        if (status == NOT_FOUND) status = open_store(folder, STORE_CREATE, &store);
        assert_int_equal(status, OK);
        assert_int_equal(store_check_integrity(store, &folder->ctx), OK);
        if (!is_cut || cut / CREATION_STEP % PREPARE_EACH == 0)
            assert_int_equal(store_prepare_all(store, &folder->ctx), OK);
        store_close(store);
        arena_clear(folder->arena);
        if (!is_cut) break;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(acknowledged_rows_survive, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(creation_is_whole_or_nothing, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
