/* Ending the count of memberships whose term and grace are over. */
#ifndef JOBS_EXPIRE_TERMS_H
#define JOBS_EXPIRE_TERMS_H

#include "jobs/job.h"

/* In pieces, so that no request waits for it. */
MUST_USE Status expire_terms(JobRun *run);

#endif
