/* Histories by chance: the same for the same seed on every machine. SANGATHAN_SEED=n tries that
 * seed instead of the test's own; a failure names its seed. */
#ifndef TEST_DOMAIN_CHANCE_H
#define TEST_DOMAIN_CHANCE_H

#include <stdint.h>
#include <stdlib.h>

static uint32_t chance_running; /* the seed, for whoever reads of a failure; 0: none */

/* Knuth's MMIX. */
static inline uint32_t chance_next(uint64_t *random) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*random >> 33);
}

/* lives(seed) for each, or for the one that somebody wants; true when it was all of them. */
static inline bool chance_seeds(const uint32_t *seeds, size_t count, void (*lives)(uint32_t seed)) {
    const char *own = getenv("SANGATHAN_SEED");
    uint32_t one = own ? (uint32_t)strtoul(own, NULL, 10) : 0;
    if (own) {
        seeds = &one;
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        chance_running = seeds[i];
        lives(seeds[i]);
    }
    chance_running = 0;
    return !own;
}

/* A teardown. */
static inline int chance_tells_the_seed(void **state) {
    (void)state;
    if (chance_running) print_error("SANGATHAN_SEED=%u\n", chance_running);
    return 0;
}

#endif
