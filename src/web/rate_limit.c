/* Buckets of four ways: when all four are taken, the one that is free again soonest gives way, so
 * that a flood of clients pushes out the least guilty first. A bucket is the time at which all its
 * tries are forgiven (GCRA, the "virtual scheduling" form of a leaky bucket, ITU-T I.371). */
#include "web/rate_limit.h"

#include <pthread.h>

#include "web/client.h"

/* A network may try as often as so many clients of it. */
enum { WAYS = 4, SETS = 16384, LOCKS = 16, NETWORK_CLIENTS = 16 };

typedef struct Bucket {
    uint64_t key; /* 0: free */
    int64_t clean_at_s;
} Bucket;

struct RateLimits {
    const Keyring *keys;
    pthread_mutex_t locks[LOCKS];
    Bucket sets[SETS][WAYS];
};

typedef struct Allowance {
    Text purpose;
    int64_t burst, every_s;
} Allowance;

static const Allowance allowances[] = {
    {{"check", 5}, 20, 30},
    {{"number", 6}, 20, 30},
    {{"token", 5}, 20, 30},
    {{"code", 4}, 10, 360},
    {{"double", 6}, 30, 60},
    {{"draft", 5}, 120, 30},
    {{"send", 4}, 60, 60},
};
static const Allowance usual = {{"", 0}, 10, 60};

static const Allowance *allowance_of(Text purpose) {
    for (size_t i = 0; i < sizeof allowances / sizeof *allowances; i++)
        if (text_eq(allowances[i].purpose, purpose)) return &allowances[i];
    return &usual;
}

static void destroy_locks(void *resource) {
    RateLimits *limits = resource;
    for (int i = 0; i < LOCKS; i++) pthread_mutex_destroy(&limits->locks[i]);
}

RateLimits *rate_limit_new(Arena *arena, const Keyring *keys) {
    RateLimits *limits = ARENA_NEW(arena, RateLimits);
    limits->keys = keys;
    for (int i = 0; i < LOCKS; i++) pthread_mutex_init(&limits->locks[i], NULL);
    arena_defer(arena, destroy_locks, limits);
    return limits;
}

static Bucket *find(Bucket *set, uint64_t key, int64_t now_s, bool take) {
    Bucket *oldest = set;
    for (int i = 0; i < WAYS; i++) {
        if (set[i].key == key) return &set[i];
        if (set[i].clean_at_s < oldest->clean_at_s) oldest = &set[i];
    }
    if (!take) return NULL;
    *oldest = (Bucket){key, now_s};
    return oldest;
}

/* One bucket, of a client or of a network: seconds to wait. parts name it. */
static int64_t look(RateLimits *limits, const Allowance *allowed, const Text parts[4],
                    int64_t now_s, bool count) {
    uint64_t key;
    keyring_hash(limits->keys, KEY_SESSION, parts, 4, (uint8_t *)&key, sizeof key);
    size_t set = key % SETS;
    key |= 1; /* never the mark of a free bucket */
    pthread_mutex_t *lock = &limits->locks[set % LOCKS];
    pthread_mutex_lock(lock);
    Bucket *bucket = find(limits->sets[set], key, now_s, count);
    int64_t wait_s = 0;
    if (bucket) {
        int64_t full_s = allowed->burst * allowed->every_s;
        if (bucket->clean_at_s < now_s) bucket->clean_at_s = now_s;
        if (bucket->clean_at_s > now_s + full_s + allowed->every_s)
            bucket->clean_at_s = now_s + full_s; /* the clock was set back */
        if (count && bucket->clean_at_s - now_s < full_s)
            bucket->clean_at_s += allowed->every_s;
        wait_s = bucket->clean_at_s - now_s + allowed->every_s - full_s;
    }
    pthread_mutex_unlock(lock);
    return wait_s > 0 ? wait_s : 0;
}

/* The client's bucket, and for IPv6 its network's besides: who is given a /48 has 65,536 clients
 * to be. */
static int64_t look_at_all(RateLimits *limits, Text purpose, Text client, int64_t now_s,
                           bool count) {
    const Allowance *allowed = allowance_of(purpose);
    const Text own[4] = {T("rate"), purpose, client, T("")};
    int64_t wait_s = look(limits, allowed, own, now_s, count);
    Text network, rest;
    if (!client_network(client, &network, &rest)) return wait_s;
    int64_t every_s = allowed->every_s / NETWORK_CLIENTS;
    const Allowance wide = {.burst = allowed->burst * NETWORK_CLIENTS,
                            .every_s = every_s > 0 ? every_s : 1};
    const Text all[4] = {T("rate_network"), purpose, network, rest};
    int64_t all_s = look(limits, &wide, all, now_s, count);
    return wait_s > all_s ? wait_s : all_s;
}

int64_t rate_limit_count(RateLimits *limits, Text purpose, Text client, int64_t now_s) {
    return look_at_all(limits, purpose, client, now_s, true);
}

int64_t rate_limit_wait(RateLimits *limits, Text purpose, Text client, int64_t now_s) {
    return look_at_all(limits, purpose, client, now_s, false);
}
