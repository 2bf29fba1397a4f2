/* A term ends at its second, so this looks oftener than once a day. */
#include "jobs/expire_terms.h"

#include "domain/member_term.h"
#include "jobs/due_rows.h"

Status expire_terms(JobRun *run) {
    DueReport report;
    return due_rows_do(run->store, &run->ctx, run->stopping, &member_term_over, &report);
}
