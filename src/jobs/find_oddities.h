/* Looking at who joined since the last look (domain/oddity_look.h). */
#ifndef JOBS_FIND_ODDITIES_H
#define JOBS_FIND_ODDITIES_H

#include "jobs/job.h"

/* In pieces: each reads on a snapshot, and only what it found is written. */
MUST_USE Status find_oddities(JobRun *run);

#endif
