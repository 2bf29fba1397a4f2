/* Puts the reminders of terms that end into the outbox (domain/member_reminder.h). */
#ifndef JOBS_REMIND_RENEWALS_H
#define JOBS_REMIND_RENEWALS_H

#include "jobs/job.h"

enum { REMIND_RENEWALS_FROM_HOUR = 9, REMIND_RENEWALS_TO_HOUR = 19 };

/* Does nothing outside of these hours of the organisation's day: nobody is woken by an SMS. */
MUST_USE Status remind_renewals(JobRun *run);

#endif
