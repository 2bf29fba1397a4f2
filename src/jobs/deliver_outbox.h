/* Sending what waits in the outbox through the organisation's gateway. */
#ifndef JOBS_DELIVER_OUTBOX_H
#define JOBS_DELIVER_OUTBOX_H

#include "jobs/job.h"

/* Sends until nothing is due. What the gateway did not take stays for later (domain/outbox.h). */
MUST_USE Status deliver_outbox(JobRun *run);
/* One try of this message alone, if it is due. */
MUST_USE Status deliver_outbox_one(JobRun *run, int64_t id);

#endif
