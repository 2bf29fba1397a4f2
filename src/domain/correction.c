/* Requests for another name, and what becomes of them. */
#include "domain/correction.h"

#include "base/clock.h"
#include "domain/audit.h"
#include "domain/member_card.h"
#include "domain/name_key.h"
#include "domain/transliterate.h"
#include "store/query.h"

static const char *const states[] = {
    [CORRECTION_NONE] = "",
    [CORRECTION_ASKED] = "asked",
    [CORRECTION_ACCEPTED] = "accepted",
    [CORRECTION_REFUSED] = "refused",
    [CORRECTION_WITHDRAWN] = "withdrawn",
};

static Correction read_columns(Query *q) {
    Correction c = {.id = query_column_int(q, 0),
                    .serial = query_column_int(q, 1),
                    .name = query_column_text(q, 2),
                    .name_alt = query_column_text(q, 3),
                    .asked_at = query_column_int(q, 5),
                    .decided_at = query_column_int(q, 6)};
    Text state = query_column_text(q, 4);
    for (int i = CORRECTION_ASKED; i <= CORRECTION_WITHDRAWN; i++)
        if (text_eq(state, text_of(states[i]))) c.state = (CorrectionState)i;
    return c;
}

static Status record(Ctx *ctx, const char *action, int64_t serial, int64_t id) {
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)serial);
    return audit_add(ctx, action, subject, arena_printf(ctx->arena, "%lld", (long long)id));
}

static Status withdraw(Ctx *ctx, const Member *m) {
    Query *q = query_begin(ctx, Q_CORRECTION_WITHDRAW);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "at", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    return query_run(q);
}

static Status insert(Ctx *ctx, const Member *m, Text name, Text name_alt) {
    int64_t id;
    Query *q = query_begin(ctx, Q_CORRECTION_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &id));
    q = query_begin(ctx, Q_CORRECTION_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "correction", id);
    query_int(q, "serial", m->serial);
    query_text(q, "name", name);
    query_text(q, "name_alt", name_alt);
    query_int(q, "at", ctx->now_s);
    TRY(query_run(q));
    return record(ctx, "name.ask", m->serial, id);
}

/* A name in the other script is the same name when the keys agree. */
static bool same_person(Ctx *ctx, const Member *m, Text name, Text name_alt) {
    Text now = name_key(ctx->arena, m->name);
    if (!text_eq(name_key(ctx->arena, name), now)) return false;
    return !name_alt.len || text_eq(name_key(ctx->arena, name_alt), now) ||
           text_eq(name_alt, m->name_alt);
}

Status correction_ask(Ctx *ctx, Member *m, Text name, Text name_alt, bool *ret_done) {
    if (!name_alt.ptr) name_alt = T("");
    if (!member_state_has_card(m->state))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    *ret_done = true;
    if (text_eq(name, m->name) && text_eq(name_alt, m->name_alt)) return OK;
    TRY(withdraw(ctx, m));
    *ret_done = same_person(ctx, m, name, name_alt);
    /* another name, and the other script left as it was: that would print two people on one card */
    if (!*ret_done && name_alt.len && text_eq(name_alt, m->name_alt))
        name_alt = transliterate_name(ctx, name);
    return *ret_done ? member_card_rename(ctx, m, name, name_alt) : insert(ctx, m, name, name_alt);
}

static Status read_one(Query *q, Correction *ret) {
    bool found;
    *ret = (Correction){.state = CORRECTION_NONE};
    TRY(query_row(q, &found));
    if (found) *ret = read_columns(q);
    return query_done(q);
}

Status correction_of_member(Ctx *ctx, const Member *m, Correction *ret) {
    Query *q = query_begin(ctx, Q_CORRECTION_OF_MEMBER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return read_one(q, ret);
}

bool correction_to_tell(const Ctx *ctx, const Correction *c) {
    return c->state == CORRECTION_REFUSED &&
           ctx->now_s - c->decided_at < CORRECTION_TOLD_DAYS * CLOCK_DAY_S;
}

Status correction_list(Ctx *ctx, int64_t unit_id, int64_t after, Correction *ret, int max,
                       int *ret_count) {
    bool found;
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_CORRECTION_LIST);
    query_int(q, "org", ctx->org->id);
    query_text(q, "unit", arena_printf(ctx->arena, "%lld", (long long)unit_id));
    query_int(q, "after", after);
    query_int(q, "max", max);
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        ret[*ret_count] = read_columns(q);
        ret[(*ret_count)++].unit_code = query_column_text(q, 7);
    }
    return query_done(q);
}

Status correction_look(Ctx *ctx, int64_t id, Correction *ret, Member *ret_member) {
    Unit unit;
    Query *q = query_begin(ctx, Q_CORRECTION_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "correction", id);
    TRY(read_one(q, ret));
    if (ret->state == CORRECTION_NONE) return fail(ctx, NOT_FOUND, NULL, "correction_not_found");
    TRY(member_by_serial(ctx, ret->serial, ret_member));
    TRY(unit_by_id(ctx, ret_member->unit_id, &unit));
    bool mine = ctx->actor.kind == ACTOR_OPERATOR ||
                (ctx->actor.kind == ACTOR_TOKEN && unit_is_within(&unit, ctx->actor.unit_id));
    if (!mine) return fail(ctx, NOT_FOUND, NULL, "correction_not_found");
    ret->unit_code = unit.code;
    return OK;
}

Status correction_decide(Ctx *ctx, int64_t id, bool accept, Text reason, Member *ret_member) {
    Correction c;
    TRY(correction_look(ctx, id, &c, ret_member));
    if (c.state != CORRECTION_ASKED) return fail(ctx, CONFLICT, NULL, "correction_decided");
    if (!member_state_has_card(ret_member->state))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    Query *q = query_begin(ctx, Q_CORRECTION_DECIDE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "correction", id);
    query_text(q, "state", text_of(states[accept ? CORRECTION_ACCEPTED : CORRECTION_REFUSED]));
    query_int(q, "at", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    query_text(q, "reason", reason.ptr ? reason : T(""));
    TRY(query_run(q));
    if (accept) TRY(member_card_rename(ctx, ret_member, c.name, c.name_alt));
    return record(ctx, accept ? "name.accept" : "name.refuse", c.serial, id);
}
