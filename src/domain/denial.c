/* Recording, deciding and counting denials. */
#include "domain/denial.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/oddity_look.h"
#include "domain/reason.h"
#include "domain/refund.h"
#include "domain/token.h"
#include "store/query.h"

static Text number_of(Ctx *ctx, int64_t serial) {
    Number number = number_of_serial(&ctx->org->keys, ctx->org->code, serial);
    return number_text_in(ctx->arena, &number);
}

static Status read_enroller(Ctx *ctx, int64_t token_id, int64_t serial, Enroller *ret,
                            Member *ret_credited) {
    *ret = (Enroller){T(""), T(""), T(""), false};
    if (serial >= 0) {
        TRY(member_by_serial(ctx, serial, ret_credited));
        ret->number = number_of(ctx, serial);
        ret->name = ret_credited->name;
    }
    return token_id ? token_label(ctx, token_id, &ret->label) : OK;
}

Status denial_enroller(Ctx *ctx, int64_t token_id, int64_t serial, Enroller *ret) {
    Member credited;
    Unit unit;
    TRY(read_enroller(ctx, token_id, serial, ret, &credited));
    if (serial < 0) return OK;
    TRY(unit_by_id(ctx, credited.unit_id, &unit));
    ret->elsewhere = !unit_is_within(&unit, ctx->actor.unit_id);
    if (ret->elsewhere) ret->number = ret->name = T("");
    return OK;
}

Status denial_enroller_of(Ctx *ctx, const Member *m, Enroller *ret) {
    Member credited;
    return read_enroller(ctx, m->enrolled_by, m->enroller_serial, ret, &credited);
}

Status denial_exists(Ctx *ctx, const Member *m, bool *ret) {
    int64_t count;
    Query *q = query_begin(ctx, Q_DENIAL_OF_MEMBER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    TRY(query_run_int(q, &count));
    *ret = count > 0;
    return OK;
}

static Status insert(Ctx *ctx, const Member *m) {
    int64_t id;
    Query *q = query_begin(ctx, Q_DENIAL_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &id));
    q = query_begin(ctx, Q_DENIAL_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "denial", id);
    query_int(q, "serial", m->serial);
    query_int(q, "at", ctx->now_s);
    query_int(q, "unit", m->unit_id);
    query_text(q, "how", m->how);
    query_text(q, "was", member_state_text(m->state));
    query_int_or_null(q, "enrolled_by", m->enrolled_by);
    if (m->enroller_serial >= 0)
        query_int(q, "enroller_serial", m->enroller_serial);
    else
        query_null(q, "enroller_serial");
    return query_run(q);
}

Status denial_record(Ctx *ctx, Member *m) {
    bool before;
    TRY(denial_exists(ctx, m, &before));
    if (before) return OK;
    if (!member_state_has_card(m->state))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TRY(insert(ctx, m));
    if (m->state != MEMBER_SUSPENDED)
        TRY(member_change_state(ctx, m, MEMBER_SUSPENDED, T("denied")));
    TRY(oddity_look_denial(ctx, m));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "member.deny", subject, T(""));
}

static Query *begin_in_unit(Ctx *ctx, QueryId id, int64_t unit_id, int max) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_text(q, "unit", arena_printf(ctx->arena, "%lld", (long long)unit_id));
    query_int(q, "max", max);
    return q;
}

static Denial read_row(Query *q) {
    return (Denial){
        .id = query_column_int(q, 0),
        .serial = query_column_int(q, 1),
        .at = query_column_int(q, 2),
        .unit_id = query_column_int(q, 3),
        .unit_code = query_column_text(q, 4),
        .how = query_column_text(q, 5),
        .enrolled_by = query_column_int(q, 6),
        .enroller_serial = query_column_is_null(q, 7) ? -1 : query_column_int(q, 7),
        .state = query_column_text(q, 8),
        .was = query_column_text(q, 9),
        .decided_at = query_column_int(q, 10),
        .decided_by = query_column_text(q, 11),
        .reason = query_column_text(q, 12),
    };
}

static Status add_names(Ctx *ctx, Denial *d) {
    d->number = number_of(ctx, d->serial);
    return denial_enroller(ctx, d->enrolled_by, d->enroller_serial, &d->enroller);
}

Status denial_list(Ctx *ctx, int64_t unit_id, Text state, int64_t before, Denial *ret, int max,
                   int *ret_count) {
    bool found;
    *ret_count = 0;
    Query *q = begin_in_unit(ctx, Q_DENIAL_LIST, unit_id, max);
    query_text(q, "state", state.ptr ? state : T(""));
    query_int(q, "before", before ? before : INT64_MAX);
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = read_row(q);
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++) TRY(add_names(ctx, &ret[i]));
    return OK;
}

Status denial_read(Ctx *ctx, int64_t id, Denial *ret) {
    bool found;
    Query *q = query_begin(ctx, Q_DENIAL_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "denial", id);
    TRY(query_row(q, &found));
    if (found) *ret = read_row(q);
    TRY(query_done(q));
    Unit unit;
    if (found) TRY(unit_by_id(ctx, ret->unit_id, &unit));
    if (!found || !unit_is_within(&unit, ctx->actor.unit_id))
        return fail(ctx, NOT_FOUND, NULL, "denial_not_found");
    return add_names(ctx, ret);
}

static Status close_denial(Ctx *ctx, int64_t id, Text state, Text reason) {
    Query *q = query_begin(ctx, Q_DENIAL_DECIDE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "denial", id);
    query_text(q, "state", state);
    query_int(q, "now", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    query_text(q, "reason", reason);
    bool changed;
    TRY(query_run_changed(q, &changed));
    if (!changed) return fail(ctx, CONFLICT, NULL, "denial_decided");
    return audit_add(ctx, "denial.decide", arena_printf(ctx->arena, "denial:%lld", (long long)id),
                     state);
}

/* Who has left or lost the membership meanwhile stays so. */
static Status end_membership(Ctx *ctx, const Denial *d, Member *m) {
    if (member_may_become(m->state, MEMBER_ENDED) && member_state_has_card(m->state))
        TRY(member_change_state(ctx, m, MEMBER_ENDED, T("never joined")));
    Text why = arena_printf(ctx->arena, "denial %lld", (long long)d->id);
    return refund_due_add(ctx, m, why);
}

/* Who was on hold for another reason stays so; whose renewal was paid meanwhile is confirmed. */
static Status restore_membership(Ctx *ctx, const Denial *d, Member *m) {
    MemberState was = m->confirmed_at ? MEMBER_CONFIRMED : MEMBER_PROVISIONAL;
    if (d->was.len) (void)member_state_parse(d->was, &was);
    bool runs = m->confirmed_at && m->expires_at > ctx->now_s;
    if (was == MEMBER_PROVISIONAL && runs) was = MEMBER_CONFIRMED;
    if (m->state != MEMBER_SUSPENDED || was == MEMBER_SUSPENDED) return OK;
    return member_change_state(ctx, m, was, T("denial withdrawn"));
}

Status denial_decide(Ctx *ctx, int64_t id, bool upheld, Text reason, Denial *ret) {
    Member m;
    TRY(reason_check(ctx, &reason));
    TRY(denial_read(ctx, id, ret));
    ret->state = upheld ? T("upheld") : T("withdrawn");
    ret->reason = reason;
    ret->decided_at = ctx->now_s;
    ret->decided_by = audit_actor(ctx);
    TRY(close_denial(ctx, id, ret->state, reason));
    TRY(member_by_serial(ctx, ret->serial, &m));
    return upheld ? end_membership(ctx, ret, &m) : restore_membership(ctx, ret, &m);
}

Status denial_keep_on_hold(Ctx *ctx, const Member *m, bool *ret) {
    Query *q = query_begin(ctx, Q_DENIAL_KEEP_ON_HOLD);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return query_run_changed(q, ret);
}

Status denial_withdraw(Ctx *ctx, Member *m) {
    Denial d = {0};
    Query *q = query_begin(ctx, Q_DENIAL_OPEN_OF_MEMBER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    Status status = query_run_int(q, &d.id);
    if (status == NOT_FOUND) return fail(ctx, CONFLICT, NULL, "denial_decided");
    TRY(status);
    q = query_begin(ctx, Q_DENIAL_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "denial", d.id);
    bool found;
    TRY(query_row(q, &found));
    if (found) d = read_row(q);
    TRY(query_done(q));
    TRY(close_denial(ctx, d.id, T("withdrawn"), T("by the member")));
    return restore_membership(ctx, &d, m);
}

Status denial_counts(Ctx *ctx, int64_t unit_id, DenialCount *ret, int max, int *ret_count) {
    bool found;
    *ret_count = 0;
    Query *q = begin_in_unit(ctx, Q_DENIAL_COUNTS, unit_id, max);
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = (DenialCount){
            .enrolled_by = query_column_int(q, 0),
            .enroller_serial = query_column_is_null(q, 1) ? -1 : query_column_int(q, 1),
            .unit_code = query_column_text(q, 2),
            .denials = query_column_int(q, 3),
            .upheld = query_column_int(q, 4),
        };
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++)
        TRY(denial_enroller(ctx, ret[i].enrolled_by, ret[i].enroller_serial, &ret[i].enroller));
    return OK;
}
