/* A term ends at its second, so this looks oftener than once a day. */
#include "jobs/expire_terms.h"

#include "domain/member_term.h"

static Status expire_apply(Ctx *ctx, void *more) {
    int expired;
    return member_term_expire_due(ctx, &expired, more);
}

Status expire_terms(JobRun *run) {
    bool more = true;
    while (more && !atomic_load(run->stopping))
        TRY(lane_write(run->store, &run->ctx, expire_apply, &more));
    return OK;
}
