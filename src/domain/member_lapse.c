/* Lapsing and erasing; see member_lapse.h. */
#include "domain/member_lapse.h"

#include "base/clock.h"
#include "store/query.h"

static Status list_due(Ctx *ctx, const Due *due, DueList *list) {
    (void)due;
    int64_t before = ctx->now_s - MEMBER_LAPSE_DAYS * CLOCK_DAY_S;
    Query *q = query_begin(ctx, Q_MEMBER_UNPAID_BEFORE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "before", before);
    query_int(q, "from", list->after.at);
    query_int(q, "serial", list->after.serial);
    query_int(q, "to", list->to < before ? list->to : before - 1);
    query_int(q, "max", list->max);
    return due_read_rows(q, list);
}

static Status erase(Ctx *ctx, int64_t serial) {
    static const QueryId beside[] = {Q_GUARDIAN_FORGET, Q_MEMBER_PHOTO_DELETE,
                                     Q_MEMBER_OPTIONAL_DELETE, Q_CORRECTION_FORGET,
                                     Q_PHONE_MOVE_DELETE};
    Query *q = query_begin(ctx, Q_MEMBER_ERASE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_blob(q, "nothing", T(""));
    TRY(query_run(q));
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        q = query_begin(ctx, beside[i]);
        query_int(q, "org", ctx->org->id);
        query_int(q, "serial", serial);
        TRY(query_run(q));
    }
    return OK;
}

/* Money of theirs that is here or said to be on its way, or an appeal that waits for its answer. */
static Status is_live(Ctx *ctx, int64_t serial, bool *ret) {
    int64_t orders;
    Query *q = query_begin(ctx, Q_FEE_ORDER_LIVE_OF_SERIAL);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    TRY(query_run_int(q, &orders));
    *ret = orders > 0;
    return OK;
}

static Status lapse(Ctx *ctx, const Due *due, const DueRow *row, Member *member, DueEnd *ret) {
    bool live;
    (void)due;
    TRY(is_live(ctx, row->serial, &live));
    if (live) *ret = DUE_LEFT;
    if (live) return OK;
    TRY(member_change_state(ctx, member, MEMBER_LAPSED, T("")));
    return erase(ctx, row->serial);
}

const Due member_lapse_due = {.name = "lapse", .list = list_due, .act = lapse};
