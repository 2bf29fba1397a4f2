/* Forgetting the guardians of who is of age by the year of birth. */
#ifndef JOBS_END_GUARDIANS_H
#define JOBS_END_GUARDIANS_H

#include "jobs/job.h"

/* In pieces, so that no request waits for it. */
MUST_USE Status end_guardians(JobRun *run);

#endif
