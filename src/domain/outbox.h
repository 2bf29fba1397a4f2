/* Messages on their way out. A request adds one in its own transaction; a job takes those that are
 * due under a lease, sends them outside of any transaction, and says what became of them.
 *
 * A message that the gateway acknowledged is never sent again. Whoever crashes between sending and
 * outbox_done leaves a lease that ends by itself: the message is then sent once more, and not
 * oftener unless that sender crashes too. Every try counts, so OUTBOX_TRIES is the most ever. */
#ifndef DOMAIN_OUTBOX_H
#define DOMAIN_OUTBOX_H

#include "domain/gateway.h"

enum {
    OUTBOX_TAKE_MAX = 16,
    OUTBOX_LEASE_S = 60, /* longer than GATEWAY_TIMEOUT_MS_MAX and its commits */
    OUTBOX_TRIES = 12,
    OUTBOX_CODE_LIFE_S = 600,
    OUTBOX_BACKOFF_S = 2, /* the first; doubled with every try */
    OUTBOX_BACKOFF_MAX_S = 3600,
    OUTBOX_KEEP_DAYS = 30, /* what was sent and given up; nothing personal is in it */
    OUTBOX_BLANK_LETTERS = 30, /* of DLT */
    OUTBOX_WAKES = 1 << 0, /* bit of Ctx.wakes */
};

typedef struct OutboxBlank {
    const char *name; /* "code" for {code} */
    Text value;
} OutboxBlank;

typedef struct OutboxDraft {
    const char *purpose; /* domain/gateway.h */
    Text phone;          /* E.164 */
    Lang lang;
    int64_t life_s;      /* useless afterwards */
    const OutboxBlank *blanks; /* besides {organisation} */
    int blank_count;
} OutboxDraft;

/* All of these in apply. */

/* Queues a message with the organisation's registered words. DENIED gateway_none: no gateway;
 * NOT_FOUND gateway_text_missing; LIMIT gateway_cap_reached; INVALID gateway_text_form: too long
 * with its blanks filled. Fails before it writes anything. */
MUST_USE Status outbox_add(Ctx *ctx, const OutboxDraft *draft, int64_t *ret_id);
typedef enum OutboxAdded {
    OUTBOX_ADDED,
    OUTBOX_NO_WORDS, /* none are registered for this purpose, or not for such blanks */
    OUTBOX_NOT_NOW,  /* no gateway, or no more for today: of no purpose */
} OutboxAdded;
/* A message that is good to have, but keeps nothing from being done: as outbox_add, but where it is
 * not possible nothing is sent, and *ret says why. */
MUST_USE Status outbox_add_if_possible(Ctx *ctx, const OutboxDraft *draft, OutboxAdded *ret);
/* How many reminders may be added now: the day's messages and the reminders that wait stay below
 * half of the cap. 0 without a gateway. */
MUST_USE Status outbox_reminders_left(Ctx *ctx, int64_t *ret);
/* Queues a one-time code of six digits; what a page that makes codes calls. act: what the code
 * allows, in words of that language that follow "to" (a message sms_act_…, at most 30 letters, as
 * DLT wants it); empty: joining, which has words of its own. In a demo register without a gateway
 * there is nothing to send: OK. */
MUST_USE Status outbox_add_code(Ctx *ctx, Text phone_e164, Lang lang, Text act, Text code);
/* The code of a join to the guardian of a minor, naming who becomes a member: by the words for
 * guardians, where some are registered, else by those of any join. member: as they are called,
 * shortened to the 30 letters that DLT allows a blank. */
MUST_USE Status outbox_add_guardian_code(Ctx *ctx, Text phone_e164, Lang lang, Text member,
                                         Text code);

typedef struct OutboxMessage {
    int64_t id, tries; /* tries: with this one */
    Text purpose, template_id, phone, text;
} OutboxMessage;

typedef struct OutboxBatch {
    int64_t only;  /* this message alone, or 0: any */
    int wanted;    /* at most OUTBOX_TAKE_MAX */
    /* Taken: */
    Gateway gateway;
    OutboxMessage messages[OUTBOX_TAKE_MAX];
    int count;
    int64_t day; /* whose cap they are counted on */
} OutboxBatch;

/* Anything to take now? A read. */
MUST_USE Status outbox_due(Ctx *ctx, bool *ret);
/* Leases messages that are due, the urgent first, as the day's cap allows; ends those that are too
 * late, and as failed those that do not open any more. Nothing is taken while there is no
 * gateway. */
MUST_USE Status outbox_take(Ctx *ctx, OutboxBatch *batch);

/* The gateway took it; what was personal is dropped. */
MUST_USE Status outbox_done(Ctx *ctx, int64_t id);
typedef struct OutboxFailure {
    int64_t id, tries; /* of the message */
    Text reason;       /* nothing personal */
    bool free;         /* for sure it cost nothing: given back to the cap of its day */
    int64_t day;       /* OutboxBatch.day */
    uint32_t jitter;   /* 0-999, made before apply */
} OutboxFailure;
/* Not sent: later once more, or never: after OUTBOX_TRIES, or when it would be too late. */
MUST_USE Status outbox_retry(Ctx *ctx, const OutboxFailure *failure);
/* Ends a waiting message as failed. */
MUST_USE Status outbox_give_up(Ctx *ctx, int64_t id);

/* Seconds until the next try after tries were made: 2, 4, 8 … an hour, and up to half as much
 * again, so that what failed together does not come back together. */
int64_t outbox_backoff_s(int64_t tries, uint32_t jitter);

typedef struct OutboxState {
    Text state; /* "waiting", "sent", "failed", "expired" */
    int64_t tries;
    Text last_error;
    int64_t expires_at;
    bool leased; /* not to be tried now: under way, or its next try is later */
} OutboxState;
MUST_USE Status outbox_read(Ctx *ctx, int64_t id, OutboxState *ret);

typedef struct OutboxFigure {
    Text purpose, state, last_error;
    int64_t count;
} OutboxFigure;
enum { OUTBOX_FIGURES_MAX = 100 };
/* What became of messages added since then, by purpose, state and error, into
 * ret[OUTBOX_FIGURES_MAX]. */
MUST_USE Status outbox_figures(Ctx *ctx, int64_t since, OutboxFigure *ret, int *ret_count);

/* Forgets what ended OUTBOX_KEEP_DAYS ago; *ret_more: there was more than it took. */
MUST_USE Status outbox_tidy(Ctx *ctx, bool *ret_more);

#endif
