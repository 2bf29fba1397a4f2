/* Counting members up the tree. */
#include "domain/tally.h"

#include "domain/organisation.h"
#include "domain/phone_way.h"
#include "store/query.h"

Tally tally_of(const TallyFacts *f) {
    Tally t = {0};
    if (text_eq(f->state, T("applied")) || text_eq(f->state, T("lapsed"))) return t;
    t.ever_joined = 1;
    if (text_eq(f->state, T("ended")) || text_eq(f->state, T("rejected")) ||
        text_eq(f->state, T("refunded")) || text_eq(f->state, T("expired"))) {
        t.ended = 1;
        return t;
    }
    t.members = 1;
    t.provisional = text_eq(f->state, T("provisional"));
    t.suspended = text_eq(f->state, T("suspended"));
    t.rural = text_eq(f->settlement, T("rural"));
    t.urban = text_eq(f->settlement, T("urban"));
    t.women = text_eq(f->gender, T("f"));
    t.men = text_eq(f->gender, T("m"));
    t.other_gender = !t.women && !t.men;
    t.phone_confirmed = phone_way_confirms(f->phone_proof);
    t.fee_proved = !text_eq(f->fee_proof, T("none"));
    return t;
}

Status tally_add(Ctx *ctx, int64_t unit_id, const Tally *d) {
    Query *q = query_begin(ctx, Q_TALLY_ADD);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    query_int(q, "members", d->members);
    query_int(q, "provisional", d->provisional);
    query_int(q, "suspended", d->suspended);
    query_int(q, "ever_joined", d->ever_joined);
    query_int(q, "ended", d->ended);
    query_int(q, "rural", d->rural);
    query_int(q, "urban", d->urban);
    query_int(q, "women", d->women);
    query_int(q, "men", d->men);
    query_int(q, "other_gender", d->other_gender);
    query_int(q, "phone_confirmed", d->phone_confirmed);
    query_int(q, "fee_proved", d->fee_proved);
    return query_run(q);
}

Status tally_add_day(Ctx *ctx, int64_t unit_id, int64_t day, int64_t joined, int64_t ended) {
    Query *q = query_begin(ctx, Q_TALLY_DAY_ADD);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    query_int(q, "day", day);
    query_int(q, "joined", joined);
    query_int(q, "ended", ended);
    return query_run(q);
}

static Status has_days(Ctx *ctx, int64_t unit_id, bool *ret) {
    Query *q = query_begin(ctx, Q_UNIT_HAS_DAYS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    int64_t value = 0;
    Status status = query_run_int(q, &value);
    *ret = value != 0;
    return status == NOT_FOUND ? OK : status;
}

static Tally difference(const Tally *after, const Tally *before) {
    Tally d;
    for (int i = 0; i < TALLY_FIGURES; i++)
        ((int64_t *)&d)[i] = ((const int64_t *)after)[i] - ((const int64_t *)before)[i];
    return d;
}

Status tally_change(Ctx *ctx, const Unit *unit, const TallyFacts *before, const TallyFacts *after,
                    int64_t day) {
    Tally was = {0}, is = tally_of(after);
    if (before) was = tally_of(before);
    Tally delta = difference(&is, &was);
    bool changes_day = delta.ever_joined || delta.ended;
    Text rest = unit->path, part;
    while (text_split(&rest, '/', &part)) {
        int64_t unit_id;
        if (!text_to_int(part, &unit_id))
            return fail_io(ctx, "store_damaged", "path of unit %lld", (long long)unit->id);
        TRY(tally_add(ctx, unit_id, &delta));
        bool keeps = false;
        if (changes_day) TRY(has_days(ctx, unit_id, &keeps));
        if (keeps) TRY(tally_add_day(ctx, unit_id, day, delta.ever_joined, delta.ended));
    }
    return OK;
}

Status tally_read(Ctx *ctx, int64_t unit_id, Tally *ret) {
    Query *q = query_begin(ctx, Q_TALLY_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    bool found;
    TRY(query_row(q, &found));
    *ret = (Tally){0};
    for (int i = 0; found && i < TALLY_FIGURES; i++) ((int64_t *)ret)[i] = query_column_int(q, i);
    return query_done(q);
}

Status tally_days(Ctx *ctx, int64_t unit_id, int64_t first, int64_t last, TallyDay *ret) {
    for (int64_t day = first; day <= last; day++) ret[day - first] = (TallyDay){.day = day};
    Query *q = query_begin(ctx, Q_TALLY_DAYS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    query_int(q, "first", first);
    query_int(q, "last", last);
    bool found;
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        TallyDay *d = &ret[query_column_int(q, 0) - first];
        d->joined = query_column_int(q, 1);
        d->ended = query_column_int(q, 2);
    }
    return query_done(q);
}

enum { TALLY_CHILD_COLUMNS = 9 };

static TallyChild read_child(Query *q) {
    TallyChild c = {.unit = {
                        .id = query_column_int(q, 0),
                        .code = query_column_text(q, 1),
                        .kind = query_column_text(q, 2),
                        .parent_id = query_column_int(q, 3),
                        .path = query_column_text(q, 4),
                        .name_en = query_column_text(q, 5),
                        .name_hi = query_column_text(q, 6),
                        .state_code = query_column_text(q, 7),
                        .reference = query_column_text(q, 8),
                    }};
    for (int i = 0; i < TALLY_FIGURES; i++)
        ((int64_t *)&c.tally)[i] = query_column_int(q, TALLY_CHILD_COLUMNS + i);
    c.today = query_column_int(q, TALLY_CHILD_COLUMNS + TALLY_FIGURES);
    return c;
}

Status tally_children(Ctx *ctx, int64_t unit_id, int64_t day, int max, TallyChild **ret,
                      int *ret_count, bool *ret_more) {
    Query *q = query_begin(ctx, Q_TALLY_CHILDREN);
    query_int(q, "org", ctx->org->id);
    query_int(q, "parent", unit_id);
    query_int(q, "day", day);
    query_int(q, "max", (int64_t)max + 1);
    int count = 0, room = 64;
    TallyChild *list = ARENA_ARRAY(ctx->arena, TallyChild, room);
    bool found;
    for (;;) {
        TRY(query_row(q, &found));
        if (!found || count == max) break;
        if (count == room) {
            TallyChild *more = ARENA_ARRAY(ctx->arena, TallyChild, room * 2);
            memcpy(more, list, sizeof *list * (size_t)room);
            list = more;
            room *= 2;
        }
        list[count++] = read_child(q);
    }
    TRY(query_done(q));
    *ret_more = found;
    *ret = list;
    *ret_count = count;
    return OK;
}
