/* Does what is due (domain/due.h): lists it on a snapshot, then writes in small pieces. A row that
 * cannot be done, a damaged one say, is logged by its serial and passed over, so that it keeps
 * nothing from the others; the next run tries it again. */
#ifndef JOBS_DUE_ROWS_H
#define JOBS_DUE_ROWS_H

#include <stdatomic.h>

#include "domain/due.h"
#include "store/lane.h"

typedef struct DueReport {
    int64_t done, passed_over;
    bool all_over; /* as DueDone */
} DueReport;

/* stopping may be NULL. Fails with what the store says, and with a row's own failure when one after
 * the other fails: then it is not the rows. */
MUST_USE Status due_rows_do(Store *store, Ctx *ctx, const atomic_bool *stopping, const Due *due,
                            DueReport *ret);

#endif
