/* What is of no use any more after an hour, a day, or some: drafts, sessions, moves to another
 * phone, counts of codes, waiting for an SMS, pictures without a crop, keys of repeated creates.
 * What strangers begin takes a few old rows of its kind with it; the job takes the rest, also where
 * nobody comes any more. Messages and files of statements have jobs of their own. */
#ifndef DOMAIN_LEFTOVER_H
#define DOMAIN_LEFTOVER_H

#include "base/ctx.h"
#include "store/query.h"

/* A few rows of one kind by its statement (:org, :now, :max). A write. */
MUST_USE Status leftover_drop_few(Ctx *ctx, QueryId sweep);
/* Some hundred rows of each kind at most; *ret_more: there were any, so look again. A write. */
MUST_USE Status leftover_drop(Ctx *ctx, bool *ret_more);

#endif
