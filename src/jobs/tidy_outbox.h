/* Forgetting what was sent long ago. */
#ifndef JOBS_TIDY_OUTBOX_H
#define JOBS_TIDY_OUTBOX_H

#include "jobs/job.h"

/* In pieces, so that no request waits for it. */
MUST_USE Status tidy_outbox(JobRun *run);

#endif
