/* What load.c sends: one request after another, each of another person or address. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "people.h"

typedef struct LoadOptions {
    int port, connections;
    double seconds;       /* at most as long */
    int64_t count;        /* at most as many; 0: no limit */
    const char *token;    /* API token, or NULL */
    const char *units;    /* file of units: enrol people there */
    const char *paths;    /* file of addresses, one a line: read them by turns */
    const char *expect;   /* must stand in every answer, or NULL */
    int status;           /* must be every answer's */
    uint64_t seed;
    int fee_paise;
} LoadOptions;

typedef struct LoadRequests LoadRequests;

/* Reads the options' files; exits with a sentence when it cannot. */
LoadRequests *load_requests_new(const LoadOptions *options);
/* Writes request number index into out; returns its length, below room. */
int load_requests_write(LoadRequests *requests, int64_t index, char *out, int room);

/* One answer in bytes[0..len): 0: not all there yet; -1: not HTTP; else its length. */
int64_t load_answer_length(const char *bytes, int64_t len);
/* Whether the whole answer is the right one. */
bool load_answer_is_right(const LoadOptions *options, const char *bytes, int64_t len);

#endif
