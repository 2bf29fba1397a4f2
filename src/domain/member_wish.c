/* Rows of consent, read and added. */
#include "domain/member_wish.h"

#include "domain/audit.h"
#include "domain/member_guardian.h"
#include "store/query.h"

Status member_wish_read(Ctx *ctx, int64_t serial, MemberWish *ret) {
    *ret = (MemberWish){0};
    Query *q = query_begin(ctx, Q_CONSENT_NEWEST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_text(q, "purpose", T("messages"));
    bool found;
    TRY(query_row(q, &found));
    if (found) *ret = (MemberWish){query_column_int(q, 0) != 0, query_column_int(q, 1)};
    return query_done(q);
}

static Status insert(Ctx *ctx, const Member *m, bool given, Text channel, bool by_guardian) {
    int64_t sequence;
    Query *q = query_begin(ctx, Q_CONSENT_NEXT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    TRY(query_run_int(q, &sequence));
    q = query_begin(ctx, Q_CONSENT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "sequence", sequence);
    query_text(q, "notice", ctx->org->notice_version);
    query_int(q, "at", ctx->now_s);
    query_text(q, "channel", channel);
    query_text(q, "purpose", T("messages"));
    query_text(q, "given_by", by_guardian ? T("guardian") : T("self"));
    query_int(q, "given", given);
    return query_run(q);
}

Status member_wish_set(Ctx *ctx, const Member *m, bool given, Text channel) {
    MemberWish now;
    Guardian guardian;
    TRY(member_wish_read(ctx, m->serial, &now));
    if (now.given == given) return OK;
    TRY(member_guardian_read(ctx, m, &guardian));
    TRY(insert(ctx, m, given, channel, guardian.name.len > 0));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "member.messages", subject, given ? T("given") : T("withdrawn"));
}
