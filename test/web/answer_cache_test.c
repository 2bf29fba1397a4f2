/* Kept answers: made once at a time, shared, replaced, never freed under a reader. */
#include "web_test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <semaphore.h>

#include "web/answer_cache.h"

static const uint8_t one[CACHE_KEY_BYTES] = {1}, two[CACHE_KEY_BYTES] = {2};

static AnswerCache *cache_of(void **state) { return answer_cache_new(((Site *)*state)->arena); }

static void put(AnswerCache *cache, const uint8_t *key, Text body, int64_t now_s) {
    Slot *slot;
    assert_null(answer_cache_find(cache, key, 10, now_s, &slot));
    assert_non_null(slot);
    answer_cache_fill(cache, slot, body, TEXT_NONE, T("text/plain"), now_s);
}

static void keeps_for_its_time(void **state) {
    AnswerCache *cache = cache_of(state);
    Slot *slot;
    put(cache, one, T("first"), 100);
    Kept *kept = answer_cache_find(cache, one, 10, 109, &slot);
    assert_non_null(kept);
    assert_true(text_eq(buffer_text(&kept->body), T("first")));
    put(cache, one, T("second"), 110); /* while the first is still being sent */
    assert_true(text_eq(buffer_text(&kept->body), T("first")));
    answer_cache_release(cache, kept);
    kept = answer_cache_find(cache, one, 10, 111, &slot);
    assert_true(text_eq(buffer_text(&kept->body), T("second")));
    answer_cache_release(cache, kept);
}

static void offers_the_old_one_meanwhile(void **state) {
    AnswerCache *cache = cache_of(state);
    Slot *slot, *other;
    put(cache, one, T("old"), 100);
    assert_null(answer_cache_find(cache, one, 10, 200, &slot));
    assert_non_null(slot);
    Kept *kept = answer_cache_find(cache, one, 10, 200, &other);
    assert_non_null(kept);
    assert_null(other);
    answer_cache_release(cache, kept);
    answer_cache_abandon(cache, slot);
    assert_null(answer_cache_find(cache, one, 10, 200, &slot)); /* the next one tries */
    assert_non_null(slot);
    answer_cache_abandon(cache, slot);
}

static void keeps_nothing_too_long(void **state) {
    AnswerCache *cache = cache_of(state);
    Site *site = *state;
    Slot *slot;
    Text big = {arena_alloc(site->arena, 300 << 10), 300 << 10};
    put(cache, two, big, 100);
    assert_null(answer_cache_find(cache, two, 10, 100, &slot));
    answer_cache_abandon(cache, slot);
}

typedef struct Readers {
    AnswerCache *cache;
    atomic_int made, wrong;
} Readers;

static void *read_often(void *argument) {
    Readers *readers = argument;
    for (int i = 0; i < 2000; i++) {
        uint8_t key[CACHE_KEY_BYTES] = {0, (uint8_t)(i % 40)}; /* ten times what a set holds */
        Slot *slot;
        Kept *kept = answer_cache_find(readers->cache, key, 10, 100 + i / 200, &slot);
        char expected = (char)('a' + i % 40);
        if (kept && buffer_text(&kept->body).ptr[0] != expected)
            atomic_fetch_add(&readers->wrong, 1);
        if (kept) answer_cache_release(readers->cache, kept);
        if (!slot) continue;
        atomic_fetch_add(&readers->made, 1);
        answer_cache_fill(readers->cache, slot, (Text){&expected, 1}, TEXT_NONE, T("text/plain"),
                          100 + i / 200);
    }
    return NULL;
}

static void serves_many_readers(void **state) {
    Readers readers = {.cache = cache_of(state)};
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_often, &readers), 0);
    for (int i = 0; i < 8; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&readers.wrong), 0);
    assert_true(atomic_load(&readers.made) >= 40);
}

typedef struct Waiter {
    AnswerCache *cache;
    sem_t *begun;
    Kept *got;
    Slot *slot;
} Waiter;

static void *wait_for_it(void *argument) {
    Waiter *waiter = argument;
    (void)sem_post(waiter->begun);
    waiter->got = answer_cache_find(waiter->cache, one, 10, 100, &waiter->slot);
    return NULL;
}

/* Whoever comes while the first one is being made gets that one, not a slot of its own. */
static void makes_one_at_a_time(void **state) {
    AnswerCache *cache = cache_of(state);
    Slot *slot;
    assert_null(answer_cache_find(cache, one, 10, 100, &slot));
    Waiter waiters[6];
    pthread_t threads[6];
    sem_t begun;
    assert_int_equal(sem_init(&begun, 0, 0), 0);
    for (int i = 0; i < 6; i++) {
        waiters[i] = (Waiter){.cache = cache, .begun = &begun};
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_it, &waiters[i]), 0);
        while (sem_wait(&begun) != 0) continue;
    }
    answer_cache_fill(cache, slot, T("made"), TEXT_NONE, T("text/plain"), 100);
    for (int i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
        assert_non_null(waiters[i].got);
        assert_null(waiters[i].slot);
        answer_cache_release(cache, waiters[i].got);
    }
    sem_destroy(&begun);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_for_its_time),     cmocka_unit_test(offers_the_old_one_meanwhile),
        cmocka_unit_test(keeps_nothing_too_long), cmocka_unit_test(serves_many_readers),
        cmocka_unit_test(makes_one_at_a_time),
    };
    return cmocka_run_group_tests(tests, site_make, site_remove);
}
