/* The people whom load.c enrols and floor_enrol.c inserts: the same for both, bytes too.
 * Nobody real: their phones have the country code 999, which no country has. */
#ifndef BENCH_PEOPLE_H
#define BENCH_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Person {
    char name[64];
    char phone[24];   /* E.164 */
    char key[40];     /* an idempotency key of its own */
    char gender[2];   /* "f" | "m" */
    int birth_year;
    uint64_t chance;  /* a number of its own, to choose its unit with */
} Person;

/* Person number index; another seed, other people. */
void people_make(uint64_t seed, int64_t index, Person *ret);

/* A unit people join, one a line of a file: "UP-174 762 1/35/762". */
enum { PEOPLE_PATH_MAX = 8 };
typedef struct PeopleUnit {
    char code[40];
    int64_t path[PEOPLE_PATH_MAX]; /* ids from the root to itself */
    int depth;
} PeopleUnit;

/* Reads the file; exits with a sentence when it cannot. */
PeopleUnit *people_units(const char *file, int *ret_count);

/* Nanoseconds of a clock that only moves forward. */
int64_t people_now_ns(void);

#endif
