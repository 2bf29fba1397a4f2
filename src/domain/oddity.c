/* The queue; see oddity.h. */
#include "domain/oddity.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/unit.h"
#include "store/query.h"

enum { MANY_MAX = 100000, MINUTES_MAX = 1440 };

/* Numbers of a careful office: ten minutes for thirty forms by hand is not possible. again: so many
 * more than at the decision bring it back; 0: as many as the rule says. */
static const struct {
    const char *name;
    int64_t many, minutes, again;
} kinds[ODDITY_KIND_COUNT] = {
    [ODDITY_BURST] = {"burst", 30, 10, 0},
    [ODDITY_BURST_WEB] = {"burst_web", 200, 10, 0},
    [ODDITY_PHONE] = {"phone", 5, 0, 1},
    [ODDITY_GUARDIAN] = {"guardian", 5, 0, 1},
    [ODDITY_UNCONFIRMED] = {"unconfirmed", 20, 0, 0},
    [ODDITY_DENIAL] = {"denial", 3, 0, 1},
    [ODDITY_DENIAL_UNIT] = {"denial_unit", 10, 0, 0},
    [ODDITY_PAYER] = {"payer", 5, 0, 0},
    [ODDITY_UTR] = {"utr", 2, 0, 1},
    [ODDITY_SEEN] = {"seen", 14, 0, 0},
};

static const char *const states[ODDITY_STATE_COUNT] = {"open", "examined", "fine", "acted"};

Text oddity_kind_text(OddityKind kind) { return text_of(kinds[kind].name); }

bool oddity_kind_parse(Text text, OddityKind *ret) {
    for (int i = 0; i < ODDITY_KIND_COUNT; i++) {
        if (!text_eq(text, text_of(kinds[i].name))) continue;
        *ret = (OddityKind)i;
        return true;
    }
    return false;
}

Text oddity_state_text(OddityState state) { return text_of(states[state]); }

bool oddity_state_parse(Text text, OddityState *ret) {
    for (int i = 0; i < ODDITY_STATE_COUNT; i++) {
        if (!text_eq(text, text_of(states[i]))) continue;
        *ret = (OddityState)i;
        return true;
    }
    return false;
}

static bool is_live(OddityState state) {
    return state == ODDITY_OPEN || state == ODDITY_EXAMINED;
}

Status oddity_rule_read(Ctx *ctx, OddityKind kind, OddityRule *ret) {
    *ret = (OddityRule){kind, kinds[kind].many, kinds[kind].minutes};
    Query *q = query_begin(ctx, Q_ODDITY_RULE_READ);
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", oddity_kind_text(kind));
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        ret->many = query_column_int(q, 0);
        ret->minutes = query_column_int(q, 1);
    }
    return query_done(q);
}

Status oddity_rule_set(Ctx *ctx, const OddityRule *rule) {
    bool timed = kinds[rule->kind].minutes > 0;
    if (rule->many < 2 || rule->many > MANY_MAX)
        (void)fail(ctx, INVALID, "many", "oddity_rule_form");
    if (timed ? rule->minutes < 1 || rule->minutes > MINUTES_MAX : rule->minutes != 0)
        (void)fail(ctx, INVALID, "minutes", "oddity_rule_form");
    if (ctx->error_count) return INVALID;
    Query *q = query_begin(ctx, Q_ODDITY_RULE_PUT);
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", oddity_kind_text(rule->kind));
    query_int(q, "many", rule->many);
    query_int(q, "minutes", rule->minutes);
    TRY(query_run(q));
    return audit_add(ctx, "oddity.rule", oddity_kind_text(rule->kind),
                     arena_printf(ctx->arena, "%lld within %lld minutes", (long long)rule->many,
                                  (long long)rule->minutes));
}

static Oddity read_row(Query *q) {
    Oddity o = {.id = query_column_int(q, 0),
                .subject = query_column_text(q, 2),
                .day = query_column_int(q, 3),
                .unit_id = query_column_int(q, 4),
                .enrolled_by = query_column_int(q, 5),
                .enroller_serial = query_column_is_null(q, 6) ? -1 : query_column_int(q, 6),
                .several = query_column_int(q, 7) != 0,
                .found = query_column_int(q, 8),
                .out_of = query_column_int(q, 9),
                .first_at = query_column_int(q, 10),
                .last_at = query_column_int(q, 11),
                .decided_at = query_column_int(q, 13),
                .decided_by = query_column_text(q, 14),
                .note = query_column_text(q, 15)};
    (void)oddity_kind_parse(query_column_text(q, 1), &o.kind);
    (void)oddity_state_parse(query_column_text(q, 12), &o.state);
    return o;
}

Status oddity_newest(Ctx *ctx, OddityKind kind, Text subject, int64_t day, Oddity *ret,
                     bool *ret_found) {
    Query *q = query_begin(ctx, Q_ODDITY_NEWEST);
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", oddity_kind_text(kind));
    query_text(q, "subject", subject);
    query_int(q, "day", day);
    TRY(query_row(q, ret_found));
    if (*ret_found) *ret = read_row(q);
    return query_done(q);
}

Status oddity_common_unit(Ctx *ctx, int64_t one, int64_t other, int64_t *ret) {
    int64_t ours[LIMIT_UNIT_DEPTH], theirs[LIMIT_UNIT_DEPTH];
    Unit a, b;
    *ret = one;
    if (one == other) return OK;
    TRY(unit_by_id(ctx, one, &a));
    TRY(unit_by_id(ctx, other, &b));
    int n = unit_ancestors(&a, ours), m = unit_ancestors(&b, theirs);
    for (int i = 0; i < n && i < m && ours[i] == theirs[i]; i++) *ret = ours[i];
    return OK;
}

static Status insert(Ctx *ctx, const Oddity *o) {
    int64_t id;
    Query *q = query_begin(ctx, Q_ODDITY_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &id));
    q = query_begin(ctx, Q_ODDITY_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "oddity", id);
    query_text(q, "kind", oddity_kind_text(o->kind));
    query_text(q, "subject", o->subject);
    query_int(q, "day", o->day);
    query_int(q, "unit", o->unit_id);
    query_int_or_null(q, "enrolled_by", o->enrolled_by);
    if (o->enroller_serial >= 0)
        query_int(q, "enroller_serial", o->enroller_serial);
    else
        query_null(q, "enroller_serial");
    query_int(q, "several", o->several);
    query_int(q, "found", o->found);
    query_int(q, "out_of", o->out_of);
    query_int(q, "first_at", o->first_at);
    query_int(q, "last_at", o->last_at);
    return query_run(q);
}

static Status update(Ctx *ctx, const Oddity *was, const Oddity *o) {
    int64_t unit;
    TRY(oddity_common_unit(ctx, was->unit_id, o->unit_id, &unit));
    bool other = was->enrolled_by != o->enrolled_by || was->enroller_serial != o->enroller_serial;
    Query *q = query_begin(ctx, Q_ODDITY_UPDATE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "oddity", was->id);
    query_int(q, "unit", unit);
    query_int(q, "several", was->several || o->several || other);
    query_int(q, "found", o->found);
    query_int(q, "out_of", o->out_of);
    query_int(q, "first_at", o->first_at < was->first_at ? o->first_at : was->first_at);
    query_int(q, "last_at", o->last_at > was->last_at ? o->last_at : was->last_at);
    return query_run(q);
}

Status oddity_note(Ctx *ctx, const Oddity *found) {
    Oddity was;
    bool before;
    TRY(oddity_newest(ctx, found->kind, found->subject, found->day, &was, &before));
    if (before && is_live(was.state)) return update(ctx, &was, found);
    int64_t again = kinds[found->kind].again;
    if (before && !again) {
        OddityRule rule;
        TRY(oddity_rule_read(ctx, found->kind, &rule));
        again = rule.many;
    }
    return before && found->found < was.found + again ? OK : insert(ctx, found);
}

static Status in_scope(Ctx *ctx, int64_t unit_id, bool *ret) {
    Unit unit;
    TRY(unit_by_id(ctx, unit_id, &unit));
    *ret = unit_is_within(&unit, ctx->actor.unit_id);
    return OK;
}

Status oddity_read(Ctx *ctx, int64_t id, Oddity *ret) {
    Query *q = query_begin(ctx, Q_ODDITY_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "oddity", id);
    bool found;
    TRY(query_row(q, &found));
    if (found) *ret = read_row(q);
    TRY(query_done(q));
    if (found) TRY(in_scope(ctx, ret->unit_id, &found));
    return found ? OK : fail(ctx, NOT_FOUND, NULL, "oddity_not_found");
}

static Query *begin_filtered(Ctx *ctx, QueryId id, const OddityFilter *filter) {
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "live", !filter->decided);
    query_text(q, "kind", filter->kind.ptr ? filter->kind : T(""));
    query_text(q, "state", filter->state.ptr ? filter->state : T(""));
    query_text(q, "unit", arena_printf(ctx->arena, "%lld", (long long)filter->unit_id));
    return q;
}

static Status check_filter(Ctx *ctx, const OddityFilter *filter) {
    bool yours;
    TRY(in_scope(ctx, filter->unit_id, &yours));
    return yours ? OK : fail(ctx, DENIED, "unit", "unit_not_yours");
}

Status oddity_list(Ctx *ctx, const OddityFilter *filter, int64_t before, Oddity *ret, int max,
                   int *ret_count) {
    *ret_count = 0;
    TRY(check_filter(ctx, filter));
    Query *q = begin_filtered(ctx, Q_ODDITY_LIST, filter);
    query_int(q, "before", before ? before : INT64_MAX);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = read_row(q);
    }
    return query_done(q);
}

Status oddity_count(Ctx *ctx, const OddityFilter *filter, int64_t *ret) {
    TRY(check_filter(ctx, filter));
    return query_run_int(begin_filtered(ctx, Q_ODDITY_COUNT, filter), ret);
}

static Status decide(Ctx *ctx, OddityState to, Text note, Oddity *ret) {
    Query *q = query_begin(ctx, Q_ODDITY_DECIDE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "oddity", ret->id);
    query_text(q, "was", oddity_state_text(ret->state));
    query_text(q, "state", oddity_state_text(to));
    query_int(q, "live", is_live(to));
    query_int(q, "now", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    query_text(q, "note", note.ptr ? note : T(""));
    bool changed;
    TRY(query_run_changed(q, &changed));
    if (!changed) return fail(ctx, CONFLICT, NULL, "oddity_decided");
    ret->state = to;
    ret->decided_at = ctx->now_s;
    ret->decided_by = audit_actor(ctx);
    ret->note = note;
    return audit_add(ctx, "oddity.decide",
                     arena_printf(ctx->arena, "oddity:%lld", (long long)ret->id),
                     oddity_state_text(to));
}

Status oddity_decide(Ctx *ctx, int64_t id, OddityState to, Text note, Oddity *ret) {
    TRY(oddity_read(ctx, id, ret));
    note = text_trim(note);
    if (!is_live(ret->state)) return fail(ctx, CONFLICT, NULL, "oddity_decided");
    if (to == ODDITY_OPEN || note.len > LIMIT_REASON_BYTES || (!is_live(to) && text_is_empty(note)))
        return fail(ctx, INVALID, "note", "oddity_note_missing");
    return decide(ctx, to, note, ret);
}

Status oddity_end(Ctx *ctx, OddityKind kind, Text subject, Text note) {
    Oddity o;
    bool found;
    TRY(oddity_newest(ctx, kind, subject, 0, &o, &found));
    return found && is_live(o.state) ? decide(ctx, ODDITY_FINE, note, &o) : OK;
}
