/* Renewal and expiry. */
#include "domain/member_term.h"

#include "base/clock.h"
#include "domain/audit.h"
#include "domain/fee_order.h"
#include "store/query.h"

bool member_term_goes_on(const Member *m) {
    return m->state == MEMBER_CONFIRMED || m->state == MEMBER_SUSPENDED ||
           m->state == MEMBER_EXPIRED || m->state == MEMBER_PROVISIONAL;
}

bool member_term_may_renew(const Ctx *ctx, const Member *member, const MembershipKind *kind) {
    bool over = member->expires_at <= ctx->now_s;
    bool alive = member->state == MEMBER_CONFIRMED || member->state == MEMBER_EXPIRED ||
                 (member->state == MEMBER_PROVISIONAL && over);
    return alive && member->expires_at && kind->term_days &&
           member->expires_at - kind->renew_days * CLOCK_DAY_S <= ctx->now_s;
}

int64_t member_term_next_end(const Ctx *ctx, const Member *member, const MembershipKind *kind) {
    int64_t from = member->expires_at > ctx->now_s ? member->expires_at : ctx->now_s;
    return from + kind->term_days * CLOCK_DAY_S;
}

static Status write_term(Ctx *ctx, const Member *m, int64_t was) {
    Query *q = query_begin(ctx, Q_MEMBER_SET_TERM);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "expires_at", m->expires_at);
    query_int(q, "was", was);
    bool changed;
    TRY(query_run_changed(q, &changed));
    return changed ? OK : fail(ctx, CONFLICT, NULL, "member_changed_meanwhile");
}

Status member_term_renew(Ctx *ctx, Member *member) {
    MembershipKind kind;
    if (!member_term_goes_on(member)) return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TRY(membership_kind_read(ctx, member->kind, &kind));
    if (!member->expires_at || !kind.term_days)
        return fail(ctx, CONFLICT, NULL, "renew_for_life");
    int64_t was = member->expires_at;
    member->expires_at = member_term_next_end(ctx, member, &kind);
    member->card_issue++;
    TRY(write_term(ctx, member, was));
    if (member->state == MEMBER_EXPIRED)
        return member_change_state(ctx, member, MEMBER_CONFIRMED, T("renewed"));
    if (member->state == MEMBER_PROVISIONAL)
        TRY(member_change_state(ctx, member, MEMBER_CONFIRMED, T("renewed")));
    TRY(member_record_event(ctx, member, T("renew"), T("")));
    return audit_add(ctx, "member.renew",
                     arena_printf(ctx->arena, "member:%lld", (long long)member->serial), T(""));
}

Status member_term_claimed(Ctx *ctx, Member *member) {
    if (member->state != MEMBER_EXPIRED) return OK;
    return member_change_state(ctx, member, MEMBER_PROVISIONAL, T("claimed"));
}

Status member_term_not_paid(Ctx *ctx, Member *member, Text reason) {
    bool over = member->expires_at && member->expires_at <= ctx->now_s, claimed;
    if (member->state != MEMBER_PROVISIONAL || !over) return OK;
    TRY(fee_order_renewal_claimed(ctx, member->serial, &claimed));
    return claimed ? OK : member_change_state(ctx, member, MEMBER_EXPIRED, reason);
}

static Status list_over(Ctx *ctx, const Due *due, DueList *list) {
    (void)due;
    Query *q = query_begin(ctx, Q_MEMBER_TERM_OVER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "from", list->after.at);
    query_int(q, "serial", list->after.serial);
    query_int(q, "to", list->to < ctx->now_s ? list->to : ctx->now_s);
    query_int(q, "max", list->max);
    return due_read_rows(q, list);
}

static Status expire(Ctx *ctx, const Due *due, const DueRow *row, Member *member, DueEnd *ret) {
    (void)due, (void)row, (void)ret;
    return member_change_state(ctx, member, MEMBER_EXPIRED, T(""));
}

const Due member_term_over = {.name = "expire", .list = list_over, .act = expire};
