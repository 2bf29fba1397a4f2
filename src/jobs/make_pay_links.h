/* Asking the payment gateway for the pages that payers want. */
#ifndef JOBS_MAKE_PAY_LINKS_H
#define JOBS_MAKE_PAY_LINKS_H

#include "jobs/job.h"

enum { MAKE_PAY_LINKS_TIMEOUT_MS = 15000 };

/* Asks until nothing is due. What the gateway did not make stays for later (domain/pay_link.h). */
MUST_USE Status make_pay_links(JobRun *run);
/* The same with less patience. */
MUST_USE Status make_pay_links_within(JobRun *run, int timeout_ms);

#endif
