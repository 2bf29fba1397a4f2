/* Puts the people of demo.h into a demo register: by member_enrol, as everybody else, chunk by
 * chunk.
 *
 *   DemoLoad load;
 *   TRY(demo_load_begin(ctx, seed, members, &load));
 *   while (load.done < load.total) {
 *       TRY(demo_load_prepare(ctx, &load));
 *       TRY(lane_write(store, ctx, demo_load_apply, &load));
 *       demo_load_committed(&load);
 *   }
 *
 * The load has an arena of its own for each chunk, so any number of members needs bounded memory.
 * Begun again with the same seed it passes over who is there already: the phone tells, and an
 * idempotency key tells where there is none. */
#ifndef DOMAIN_DEMO_LOAD_H
#define DOMAIN_DEMO_LOAD_H

#include "domain/demo.h"
#include "domain/member.h"

enum { DEMO_LOAD_CHUNK = 200 };

typedef struct DemoLoad {
    int64_t total, done;
    int64_t present;     /* people of the chunks so far who were there before */
    uint64_t seed;
    const Demo *demo;
    Arena *scratch;      /* of the chunk at hand */
    int chunk_count, chunk_present;
    DemoPerson people[DEMO_LOAD_CHUNK];
    Enrolment enrolments[DEMO_LOAD_CHUNK];
} DemoLoad;

/* DENIED demo_only unless ctx->org->demo; INVALID demo_members {max} for a number below 1 or above
 * DEMO_MEMBERS_MAX. The load must stay where it is: it is given back with the ctx's arena. */
MUST_USE Status demo_load_begin(Ctx *ctx, uint64_t seed, int64_t members, DemoLoad *ret);
/* Makes and checks the next chunk; no store. */
MUST_USE Status demo_load_prepare(Ctx *ctx, DemoLoad *load);
/* Enrols the chunk; argument is the DemoLoad. In apply of a write. */
MUST_USE Status demo_load_apply(Ctx *ctx, void *argument);
/* Counts it as done, after its commit. */
void demo_load_committed(DemoLoad *load);

#endif
