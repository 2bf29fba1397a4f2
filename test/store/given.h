/* Works that surely make one batch: they queue up while the writer is held at a gate. */
#ifndef TEST_STORE_GIVEN_H
#define TEST_STORE_GIVEN_H

#include "store_test.h"

typedef struct Given {
    Work work;   /* first */
    Apply apply; /* set by the test, with row */
    Row row;
    Ctx ctx;
    Arena *arena;
    int runs;
    int done_at; /* place in the order of the answers, from 0 */
    bool dirty;  /* a run began with errors of an earlier one */
} Given;

/* Submits all and waits for their answers. */
void given_run(Store *store, Given *works, int count);
/* Without the gate, for a writer that cannot get in: the first may be a batch of its own. */
void given_run_at_once(Store *store, Given *works, int count);
/* Statuses, one letter a work: o OK, c CONFLICT, b BUSY, i IO, ? any other. */
void given_expect(const Given *works, int count, const char *letters);
void given_free(Given *works, int count);

#endif
