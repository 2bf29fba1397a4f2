/* Taking away what is of no use any more (domain/leftover.h). */
#ifndef JOBS_DROP_LEFTOVERS_H
#define JOBS_DROP_LEFTOVERS_H

#include "jobs/job.h"

/* In pieces, so that no request waits for it. */
MUST_USE Status drop_leftovers(JobRun *run);

#endif
