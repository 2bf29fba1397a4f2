/* Rows of the outbox without anything personal are kept for a month, for whoever asks what a day
 * cost or why codes did not come. */
#include "jobs/tidy_outbox.h"

#include "domain/outbox.h"

static Status tidy_apply(Ctx *ctx, void *more) { return outbox_tidy(ctx, more); }

Status tidy_outbox(JobRun *run) {
    bool more = true;
    while (more && !atomic_load(run->stopping))
        TRY(lane_write(run->store, &run->ctx, tidy_apply, &more));
    return OK;
}
