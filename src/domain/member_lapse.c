/* Lapsing and erasing; see member_lapse.h. */
#include "domain/member_lapse.h"

#include "base/clock.h"
#include "domain/fee_order.h"
#include "store/query.h"

enum { LAPSE_CHUNK_MAX = 200 };

static Status list(Ctx *ctx, int64_t before, int max, MemberCursor *cursor, int64_t *serials,
                   int *ret_count) {
    Query *q = query_begin(ctx, Q_MEMBER_APPLIED_BEFORE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "before", before);
    query_int(q, "joined_at", cursor->begun ? cursor->joined_at : INT64_MIN);
    query_int(q, "serial", cursor->begun ? cursor->serial : -1);
    query_int(q, "max", max);
    *ret_count = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        serials[(*ret_count)++] = query_column_int(q, 0);
        *cursor = (MemberCursor){
            .begun = true, .joined_at = query_column_int(q, 1), .serial = query_column_int(q, 0)};
    }
    return query_done(q);
}

static Status erase(Ctx *ctx, int64_t serial) {
    Query *q = query_begin(ctx, Q_MEMBER_ERASE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_blob(q, "nothing", T(""));
    TRY(query_run(q));
    q = query_begin(ctx, Q_GUARDIAN_FORGET);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    return query_run(q);
}

/* Money of theirs that is here, or said to be on its way. */
static Status has_paid_something(Ctx *ctx, int64_t serial, bool *ret) {
    FeeOrder order;
    bool found;
    *ret = false;
    TRY(fee_order_of_member(ctx, serial, &order, &found));
    if (!found) return OK;
    *ret = order.state == FEE_ORDER_CLAIMED || order.received_paise > 0;
    return OK;
}

Status member_lapse_due(Ctx *ctx, int days, int max, MemberCursor *cursor, int64_t *ret_lapsed,
                        bool *ret_more) {
    int64_t serials[LAPSE_CHUNK_MAX];
    int count;
    if (max > LAPSE_CHUNK_MAX) max = LAPSE_CHUNK_MAX;
    TRY(list(ctx, ctx->now_s - days * CLOCK_DAY_S, max, cursor, serials, &count));
    *ret_lapsed = 0;
    *ret_more = count == max;
    for (int i = 0; i < count; i++) {
        bool paid;
        TRY(has_paid_something(ctx, serials[i], &paid));
        if (paid) continue;
        Member member;
        TRY(member_by_serial(ctx, serials[i], &member));
        TRY(member_change_state(ctx, &member, MEMBER_LAPSED, T("")));
        TRY(erase(ctx, serials[i]));
        ++*ret_lapsed;
    }
    return OK;
}
