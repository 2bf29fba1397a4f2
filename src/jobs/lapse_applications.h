/* Forgetting who applied 30 days ago and neither claimed to have paid nor paid, and who was
 * rejected 30 days ago and left it at that. */
#ifndef JOBS_LAPSE_APPLICATIONS_H
#define JOBS_LAPSE_APPLICATIONS_H

#include "jobs/job.h"

/* In pieces, so that no request waits for it. */
MUST_USE Status lapse_applications(JobRun *run);

#endif
