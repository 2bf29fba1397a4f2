/* Lapsing and erasing; see member_lapse.h. */
#include "domain/member_lapse.h"

#include "base/clock.h"
#include "store/query.h"

static Status list(Ctx *ctx, int64_t before, int max, MemberCursor *cursor, int64_t *serials,
                   int *ret_count) {
    Query *q = query_begin(ctx, Q_MEMBER_UNPAID_BEFORE);
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

Status member_lapse_due(Ctx *ctx, int days, int max, MemberCursor *cursor, int64_t *ret_lapsed,
                        bool *ret_more) {
    int64_t serials[MEMBER_LAPSE_CHUNK];
    int count;
    if (max > MEMBER_LAPSE_CHUNK) max = MEMBER_LAPSE_CHUNK;
    TRY(list(ctx, ctx->now_s - days * CLOCK_DAY_S, max, cursor, serials, &count));
    *ret_lapsed = 0;
    *ret_more = count == max;
    for (int i = 0; i < count; i++) {
        bool live;
        TRY(is_live(ctx, serials[i], &live));
        if (live) continue;
        Member member;
        TRY(member_by_serial(ctx, serials[i], &member));
        TRY(member_change_state(ctx, &member, MEMBER_LAPSED, T("")));
        TRY(erase(ctx, serials[i]));
        ++*ret_lapsed;
    }
    return OK;
}
