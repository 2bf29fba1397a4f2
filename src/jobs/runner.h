/* The threads of the jobs, beside the server's. */
#ifndef JOBS_RUNNER_H
#define JOBS_RUNNER_H

#include "jobs/job.h"

typedef struct Runner Runner;

/* Starts a thread for each job of the table (ended by a row without name); the first run comes at
 * once. ctx->org must be set; it and the store must outlive the runner. Signals stay with those
 * threads that wait for them: block them before. Refused: gateway_log_demo_only. */
MUST_USE Status runner_start(Ctx *ctx, Store *store, const Job *jobs, Runner **ret);
/* Lets every job finish what it began (a call under way ends within its time-out), then ends. */
void runner_stop(Runner *runner);

#endif
