/* People who do not exist, for demo registers: names in both scripts by region, gender and faith
 * of the name, states by population, districts by post offices or constituencies by electors,
 * joined over the last 60 days on a rising curve. Nothing here touches the store (demo_load.h).
 *
 * Person number i depends on the seed and i alone, so that the same seed makes the same people,
 * in any order; only the days on which they joined go with the clock and the total.
 *
 * Telephone numbers are "+999 …": no country or network has that code (ITU-T E.164 keeps it
 * back), so nobody real can be reached by one. */
#ifndef DOMAIN_DEMO_H
#define DOMAIN_DEMO_H

#include "base/ctx.h"

enum { DEMO_DAYS = 60, DEMO_MEMBERS_MAX = 10000000 };

/* What becomes of the person once enrolled. */
typedef enum DemoFate { DEMO_CONFIRMED, DEMO_PROVISIONAL, DEMO_SUSPENDED, DEMO_ENDED } DemoFate;

typedef struct DemoPerson {
    Text name, name_alt; /* Devanagari and Latin, or the other way round */
    Text gender;         /* f m x n */
    int64_t birth_year;
    Text unit_code;      /* a district, in a party an assembly constituency */
    Text settlement;     /* rural | urban | empty */
    Text phone;          /* E.164, or empty */
    Text phone_of;       /* self | household | empty */
    bool phone_proved;
    bool paid_cash;      /* else by the demo's button */
    DemoFate fate;
    int64_t joined_at;
    int64_t fate_at;     /* when suspended or ended; after joined_at, not after now */
} DemoPerson;

typedef struct Demo Demo;

/* Reads the shipped names and places into the ctx's arena; now is the ctx's. */
Demo *demo_open(Ctx *ctx, uint64_t seed, int64_t total, Text preset);
/* Person number index, 0 ≤ index < total; texts in the arena. */
void demo_person(const Demo *demo, Arena *arena, int64_t index, DemoPerson *ret);

#endif
