/* What somebody whose claim of payment was rejected says to the organisation, and its answer. One
 * open appeal to an order; whoever has the order's address may make it. */
#ifndef DOMAIN_APPEAL_H
#define DOMAIN_APPEAL_H

#include "domain/fee_order.h"

enum { APPEAL_TEXT_BYTES = 3000 };

typedef struct Appeal {
    int64_t id, order_id, at, decided_at;
    Text state;  /* open | restored | kept */
    Text text;   /* while open; of appeal_list, appeal_read and appeal_look alone */
    Text answer; /* when decided */
} Appeal;

/* INVALID appeal_text; CONFLICT appeal_nothing when nobody of the order is rejected, appeal_open
 * when there is one already. A write. */
MUST_USE Status appeal_make(Ctx *ctx, const FeeOrder *order, Text text);
/* The newest, without its text. */
MUST_USE Status appeal_of_order(Ctx *ctx, int64_t order_id, Appeal *ret, bool *ret_found);

/* For the whole organisation alone: DENIED treasury_not_yours. */
MUST_USE Status appeal_list(Ctx *ctx, int64_t after, Appeal *ret, int max, int *ret_count);
/* One of them with its text and order; appeal_look, a write, records that it was read. */
MUST_USE Status appeal_read(Ctx *ctx, int64_t id, Appeal *ret, FeeOrder *ret_order);
MUST_USE Status appeal_look(Ctx *ctx, int64_t id, Appeal *ret, FeeOrder *ret_order);
MUST_USE Status appeal_count_open(Ctx *ctx, int64_t *ret);
/* Restores the rejected of the order, or keeps them rejected; the answer is for them. NOT_FOUND
 * appeal_not_found, CONFLICT appeal_decided, INVALID appeal_answer_form on "answer". A write. */
MUST_USE Status appeal_decide(Ctx *ctx, int64_t id, bool restore, Text answer, FeeOrder *ret);

#endif
