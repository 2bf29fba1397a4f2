/* A table of fixed size, four ways to a set; one lock, held for nothing longer than a look. */
#include "web/answer_cache.h"

#include <errno.h>
#include <pthread.h>

#include "base/clock.h"
#include "crypto/keyring.h"

enum {
    SETS = 128,
    WAYS = 4,
    BODY_BYTES_MAX = 256 << 10,
    KEPT_ARENA_BYTES = 16 << 20,
    WAIT_S_MAX = 2,
};

struct Slot {
    uint8_t key[CACHE_KEY_BYTES];
    bool taken;
    bool being_made;
    int64_t made_at_s, used_at;
    Kept *kept;
};

struct AnswerCache {
    Arena *arena; /* its own, as the lock guards it */
    pthread_mutex_t lock;
    pthread_cond_t made;
    int64_t uses;
    Kept *free;
    Slot sets[SETS][WAYS];
};

static void destroy(void *resource) {
    AnswerCache *cache = resource;
    for (int i = 0; i < SETS * WAYS; i++) {
        Kept *kept = cache->sets[i / WAYS][i % WAYS].kept;
        if (!kept) continue;
        buffer_free(&kept->body);
        buffer_free(&kept->packed);
    }
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    arena_delete(cache->arena);
}

AnswerCache *answer_cache_new(Arena *arena) {
    AnswerCache *cache = ARENA_NEW(arena, AnswerCache);
    cache->arena = arena_new(KEPT_ARENA_BYTES);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    arena_defer(arena, destroy, cache);
    return cache;
}

static void release(AnswerCache *cache, Kept *kept) {
    if (!kept || --kept->references) return;
    buffer_free(&kept->body);
    buffer_free(&kept->packed);
    kept->next_free = cache->free;
    cache->free = kept;
}

static Slot *find_slot(AnswerCache *cache, const uint8_t *key) {
    Slot *set = cache->sets[key[0] % SETS], *oldest = NULL;
    for (int i = 0; i < WAYS; i++) {
        if (set[i].taken && memcmp(set[i].key, key, CACHE_KEY_BYTES) == 0) return &set[i];
        if (!set[i].being_made && (!oldest || set[i].used_at < oldest->used_at)) oldest = &set[i];
    }
    if (!oldest) return NULL;
    release(cache, oldest->kept);
    *oldest = (Slot){.taken = true};
    memcpy(oldest->key, key, CACHE_KEY_BYTES);
    return oldest;
}

/* Waits for the maker of the slot; false when it takes too long. */
static bool wait_made(AnswerCache *cache) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_S_MAX;
    return pthread_cond_timedwait(&cache->made, &cache->lock, &until) != ETIMEDOUT;
}

Kept *answer_cache_find(AnswerCache *cache, const uint8_t key[CACHE_KEY_BYTES], int64_t max_age_s,
                        int64_t now_s, Slot **ret_slot) {
    Kept *kept = NULL;
    *ret_slot = NULL;
    pthread_mutex_lock(&cache->lock);
    for (;;) {
        Slot *slot = find_slot(cache, key);
        if (!slot) break;
        slot->used_at = ++cache->uses;
        bool fresh = slot->kept && now_s - slot->made_at_s < max_age_s;
        if (fresh || (slot->being_made && slot->kept)) {
            kept = slot->kept;
            kept->references++;
            break;
        }
        if (!slot->being_made) {
            slot->being_made = true;
            *ret_slot = slot;
            break;
        }
        if (!wait_made(cache)) break;
    }
    pthread_mutex_unlock(&cache->lock);
    return kept;
}

static Kept *keep(AnswerCache *cache, Text body, Text packed, Text content_type) {
    Kept *kept = cache->free;
    if (kept)
        cache->free = kept->next_free;
    else
        kept = ARENA_NEW(cache->arena, Kept);
    *kept = (Kept){.body = buffer_heap(body.len + 1), .packed = buffer_heap(packed.len + 1),
                   .content_type = content_type, .references = 1};
    buffer_add(&kept->body, body);
    buffer_add(&kept->packed, packed);
    return kept;
}

static void end_making(AnswerCache *cache, Slot *slot) {
    slot->being_made = false;
    pthread_cond_broadcast(&cache->made);
    pthread_mutex_unlock(&cache->lock);
}

void answer_cache_fill(AnswerCache *cache, Slot *slot, Text body, Text packed, Text content_type,
                       int64_t now_s) {
    if (body.len > BODY_BYTES_MAX) {
        answer_cache_abandon(cache, slot);
        return;
    }
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a: an ETag tells versions apart, no more */
    for (size_t i = 0; i < body.len; i++) hash = (hash ^ (uint8_t)body.ptr[i]) * 0x100000001b3u;
    pthread_mutex_lock(&cache->lock);
    release(cache, slot->kept);
    slot->kept = keep(cache, body, packed, content_type);
    (void)snprintf(slot->kept->etag, sizeof slot->kept->etag, "\"%016llx\"",
                   (unsigned long long)hash);
    slot->made_at_s = now_s;
    end_making(cache, slot);
}

void answer_cache_abandon(AnswerCache *cache, Slot *slot) {
    pthread_mutex_lock(&cache->lock);
    end_making(cache, slot);
}

void answer_cache_release(AnswerCache *cache, Kept *kept) {
    if (!kept) return;
    pthread_mutex_lock(&cache->lock);
    release(cache, kept);
    pthread_mutex_unlock(&cache->lock);
}
