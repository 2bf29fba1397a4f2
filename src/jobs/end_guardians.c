/* See end_guardians.h. */
#include "jobs/end_guardians.h"

#include "domain/member_guardian.h"
#include "jobs/due_rows.h"

Status end_guardians(JobRun *run) {
    DueReport report;
    return due_rows_do(run->store, &run->ctx, run->stopping, &member_guardian_of_age, &report);
}
