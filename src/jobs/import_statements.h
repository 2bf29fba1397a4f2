/* Counting statements that somebody confirmed at the desk, and forgetting their files. */
#ifndef JOBS_IMPORT_STATEMENTS_H
#define JOBS_IMPORT_STATEMENTS_H

#include "domain/payment_statement.h"
#include "jobs/job.h"

enum { IMPORT_STATEMENTS_PIECE = 50 }; /* lines in one transaction */

/* In pieces, so that no request waits for it. What was begun when the server ended is gone on with:
 * what is in the books already is passed over. */
MUST_USE Status import_statements(JobRun *run);
/* Forgets files after a day. */
MUST_USE Status import_statements_sweep(JobRun *run);

#endif
