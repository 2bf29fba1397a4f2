/* Reminders that a term ends: service messages about one's own membership, which the wish for news
 * has no part in. 30, 7 and 1 days before the end and once in the grace after it, each once, in the
 * member's language, and only where the organisation has registered words. */
#ifndef DOMAIN_MEMBER_REMINDER_H
#define DOMAIN_MEMBER_REMINDER_H

#include "base/ctx.h"

enum { MEMBER_REMINDER_CHUNK = 100, MEMBER_REMINDER_STEPS = 4 };

/* Where a run is; zeroed to begin. */
typedef struct MemberReminderRun {
    int step;                /* of the ways above, the nearest first */
    int64_t ends_at, serial; /* behind the member who was looked at last */
    int queued;              /* messages, in all */
    bool over;               /* everybody was looked at, or no more can be sent today */
} MemberReminderRun;

/* Looks at up to MEMBER_REMINDER_CHUNK memberships more and puts into the outbox what is due; call
 * again until run->over. Reminders never take more than half of the day's messages: codes wait
 * behind nobody. A write. */
MUST_USE Status member_reminder_run(Ctx *ctx, MemberReminderRun *run);

#endif
