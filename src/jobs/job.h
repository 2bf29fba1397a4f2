/* What runs later or on a clock: one row a job, one thread each while the server runs. */
#ifndef JOBS_JOB_H
#define JOBS_JOB_H

#include <stdatomic.h>

#include "domain/organisation.h"
#include "outbound/http_call.h"
#include "store/lane.h"

/* One run of a job. */
typedef struct JobRun {
    Ctx ctx; /* fresh: now, nobody, the organisation; its arena is cleared afterwards */
    Store *store;
    HttpCaller *http;            /* the thread's own */
    const atomic_bool *stopping; /* end soon: begin nothing new */
} JobRun;

typedef struct Job {
    const char *name;
    int64_t period_ms; /* at the latest so long after a run ended comes the next */
    unsigned wakes;    /* bits of Ctx.wakes that bring it at once, after the commit */
    Status (*run)(JobRun *run); /* what fails is logged, and tried again next time */
} Job;

/* Ended by a row without name. */
extern const Job job_table[];

#endif
