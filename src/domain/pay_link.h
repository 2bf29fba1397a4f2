/* A page of the payment gateway for one order. It is wanted by the payer, made by a job, and taken
 * under leases as messages are (outbox.h). A lost answer may leave a page there that nobody was
 * told of: every attempt has a name of its own at the gateway, so the next is made afresh. */
#ifndef DOMAIN_PAY_LINK_H
#define DOMAIN_PAY_LINK_H

#include "domain/fee_order.h"
#include "domain/pay_way.h"

enum {
    PAY_LINK_TAKE_MAX = 8,
    PAY_LINK_LEASE_S = 60,
    PAY_LINK_TRIES = 5,
    PAY_LINK_AGAIN_S = 60, /* after it failed it may be wanted again */
    PAY_LINK_LIFE_S = 86400,
    PAY_LINK_LEAST_S = 1200, /* with less of its life left another is made */
    PAY_LINK_URL_BYTES = 400,
    PAY_LINK_WAKES = 1 << 1, /* bit of Ctx.wakes; outbox.h has the first */
};

typedef enum PayLinkState { PAY_LINK_NONE, PAY_LINK_WANTED, PAY_LINK_MADE, PAY_LINK_FAILED }
    PayLinkState;

typedef struct PayLink {
    PayLinkState state;
    int64_t amount_paise, attempt, tries, next_try_at, wanted_at, expires_at;
    Text link_id, url, last_error; /* or empty */
} PayLink;

/* Makes it wanted for what is still due, unless there is one that will do or it failed a moment
 * ago; PAY_LINK_NONE when nothing is due. CONFLICT pay_way_off without a gateway. A write. */
MUST_USE Status pay_link_want(Ctx *ctx, const FeeOrder *order, PayLink *ret);
MUST_USE Status pay_link_read(Ctx *ctx, int64_t order_id, PayLink *ret);

typedef struct PayLinkTask {
    int64_t order_id, amount_paise, attempt, tries; /* tries: with this one */
    int64_t expires_at;
    Text reference;   /* of the order */
    Text name;        /* the attempt's own: reference, hyphen, number */
    Text return_url;  /* where it sends whoever has paid */
} PayLinkTask;

typedef struct PayLinkBatch {
    int wanted; /* at most PAY_LINK_TAKE_MAX */
    /* Taken: */
    PayWay way;
    PayLinkTask tasks[PAY_LINK_TAKE_MAX];
    int count;
} PayLinkBatch;

/* Anything to make now? A read. */
MUST_USE Status pay_link_due(Ctx *ctx, bool *ret);
/* Leases what is due; nothing while no gateway is set up. A write. */
MUST_USE Status pay_link_take(Ctx *ctx, PayLinkBatch *batch);

typedef struct PayLinkResult {
    const PayLinkTask *task;
    bool made, for_good; /* for_good: trying again would not help */
    Text link_id, url;
    Text reason;         /* when not made */
    uint32_t jitter;     /* 0-999, made before apply */
} PayLinkResult;
/* What became of a task; nothing when its lease ended and somebody else has it. A write. */
MUST_USE Status pay_link_settle(Ctx *ctx, const PayLinkResult *result);

/* The order's reference in a name of an attempt. */
Text pay_link_reference(Text name);

typedef struct PayLinkFigure {
    Text state, last_error;
    int64_t count;
} PayLinkFigure;
enum { PAY_LINK_FIGURES_MAX = 20 };
MUST_USE Status pay_link_figures(Ctx *ctx, int64_t since, PayLinkFigure *ret, int *ret_count);

#endif
