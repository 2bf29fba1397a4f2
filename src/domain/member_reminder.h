/* Reminders that a term ends: service messages about one's own membership, which the wish for news
 * has no part in. 30, 7 and 1 days before the end and once in the grace after it, each once, and
 * only where the organisation has registered words: in the member's language, or in the other
 * when there are none in it. Who comes late to several gets the nearest alone; who has no phone
 * counts as reminded. */
#ifndef DOMAIN_MEMBER_REMINDER_H
#define DOMAIN_MEMBER_REMINDER_H

#include "domain/due.h"

enum { MEMBER_REMINDER_STEPS = 4 };

/* Puts into the outbox what is due, a list a way above, the nearest first. list_over: there are no
 * words for it; all_over: no more can be sent today. Reminders never take more than half of the
 * day's messages: codes wait behind nobody. */
extern const Due member_reminder_due[MEMBER_REMINDER_STEPS];

#endif
