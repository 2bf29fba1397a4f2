/* Recording and counting denials. */
#include "domain/denial.h"

#include "domain/audit.h"
#include "domain/oddity_look.h"
#include "domain/token.h"
#include "store/query.h"

static Text number_of(Ctx *ctx, int64_t serial) {
    char text[NUMBER_TEXT_MAX];
    Number number = number_of_serial(&ctx->org->keys, ctx->org->code, serial);
    size_t len = number_text(&number, text);
    return arena_copy(ctx->arena, (Text){text, len});
}

Status denial_enroller(Ctx *ctx, int64_t token_id, int64_t serial, Enroller *ret) {
    *ret = (Enroller){T(""), T(""), T("")};
    if (serial >= 0) {
        Member member;
        TRY(member_by_serial(ctx, serial, &member));
        ret->number = number_of(ctx, serial);
        ret->name = member.name;
    }
    return token_id ? token_label(ctx, token_id, &ret->label) : OK;
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

Status denial_list(Ctx *ctx, int64_t unit_id, int64_t before, Denial *ret, int max,
                   int *ret_count) {
    bool found;
    *ret_count = 0;
    Query *q = begin_in_unit(ctx, Q_DENIAL_LIST, unit_id, max);
    query_int(q, "before", before ? before : INT64_MAX);
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = (Denial){
            .id = query_column_int(q, 0),
            .serial = query_column_int(q, 1),
            .at = query_column_int(q, 2),
            .unit_code = query_column_text(q, 4),
            .how = query_column_text(q, 5),
            .enrolled_by = query_column_int(q, 6),
            .enroller_serial = query_column_is_null(q, 7) ? -1 : query_column_int(q, 7),
        };
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++) {
        ret[i].number = number_of(ctx, ret[i].serial);
        TRY(denial_enroller(ctx, ret[i].enrolled_by, ret[i].enroller_serial, &ret[i].enroller));
    }
    return OK;
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
        };
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++)
        TRY(denial_enroller(ctx, ret[i].enrolled_by, ret[i].enroller_serial, &ret[i].enroller));
    return OK;
}
