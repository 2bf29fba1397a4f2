/* Those of whom some money is here stay, and are passed over each day. */
#include "jobs/lapse_applications.h"

#include "domain/member_lapse.h"
#include "jobs/due_rows.h"

Status lapse_applications(JobRun *run) {
    DueReport report;
    return due_rows_do(run->store, &run->ctx, run->stopping, &member_lapse_due, &report);
}
