/* The kinds of rows, and how old is too old. */
#include "domain/leftover.h"

#include "base/clock.h"
#include "domain/idempotency.h"
#include "domain/member_photo.h"
#include "domain/phone_wait.h"

enum { FEW = 8, MANY = 500 };

typedef struct Kind {
    QueryId sweep;
    int64_t keep_s; /* since the time that the row says */
} Kind;

static const Kind kinds[] = {
    {Q_APPLICATION_SWEEP, 0},
    {Q_ACT_SESSION_SWEEP, 0},
    {Q_SIGN_IN_SWEEP, 0},
    {Q_DESK_SESSION_SWEEP, 0},
    {Q_PHONE_MOVE_SWEEP, 0},
    {Q_PHONE_WAIT_SWEEP, PHONE_WAIT_KEEP_S},
    {Q_INCOMING_SEEN_SWEEP, PHONE_WAIT_KEEP_S},
    {Q_MEMBER_PHOTO_DRAFT_SWEEP, CLOCK_DAY_S},
    {Q_MEMBER_PHOTO_OFF_SWEEP, MEMBER_PHOTO_TOLD_DAYS * CLOCK_DAY_S},
    {Q_IDEMPOTENCY_SWEEP, IDEMPOTENCY_KEEP_DAYS * CLOCK_DAY_S},
};

static Query *begin(Ctx *ctx, QueryId sweep, int64_t now, int64_t max) {
    Query *q = query_begin(ctx, sweep);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", now);
    query_int(q, "max", max);
    return q;
}

Status leftover_drop_few(Ctx *ctx, QueryId sweep) {
    return query_run(begin(ctx, sweep, ctx->now_s, FEW));
}

/* The counts of this hour and this day (phone_code.c) stay. */
static Status drop_counts(Ctx *ctx, bool *ret_any) {
    Query *q = query_begin(ctx, Q_CODE_USE_SWEEP);
    query_int(q, "org", ctx->org->id);
    query_int(q, "hour", ctx->now_s / 3600);
    query_int(q, "day", -organisation_day(ctx));
    query_int(q, "max", MANY);
    return query_run_changed(q, ret_any);
}

Status leftover_drop(Ctx *ctx, bool *ret_more) {
    TRY(drop_counts(ctx, ret_more));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool any;
        TRY(query_run_changed(begin(ctx, kinds[i].sweep, ctx->now_s - kinds[i].keep_s, MANY),
                              &any));
        *ret_more |= any;
    }
    return OK;
}
