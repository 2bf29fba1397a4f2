/* Counting everything again and finding where the derived tables differ. */
#include "domain/rebuild.h"

#include "domain/organisation.h"
#include "store/query.h"

enum { REBUILD_DAY_FIGURES = 2 };

/* One unit with its counts under construction. */
typedef struct UnitCount {
    int64_t id;
    Text path;
    bool has_days;
    int64_t figures[TALLY_FIGURES]; /* truth − derived */
} UnitCount;

typedef struct DayCount {
    int64_t unit_id, day;
    int64_t figures[REBUILD_DAY_FIGURES];
} DayCount;

typedef struct Counting {
    Ctx *ctx;
    UnitCount *units; /* by id */
    int64_t unit_count;
    DayCount *days;
    int64_t day_count, day_room;
} Counting;

static Status read_units(Counting *c) {
    Ctx *ctx = c->ctx;
    int64_t room = 1024;
    c->units = ARENA_ARRAY(ctx->arena, UnitCount, room);
    Query *q = query_begin(ctx, Q_UNIT_PATHS);
    query_int(q, "org", ctx->org->id);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        if (c->unit_count == room) {
            UnitCount *more = ARENA_ARRAY(ctx->arena, UnitCount, room * 2);
            memcpy(more, c->units, sizeof *more * (size_t)room);
            c->units = more;
            room *= 2;
        }
        c->units[c->unit_count++] = (UnitCount){.id = query_column_int(q, 0),
                                                .path = query_column_text(q, 1),
                                                .has_days = query_column_int(q, 2) == 1};
    }
    return query_done(q);
}

static UnitCount *find_unit(const Counting *c, int64_t id) {
    int64_t low = 0, high = c->unit_count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (c->units[middle].id == id) return &c->units[middle];
        if (c->units[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Adds to the unit and all above it. */
static void add_up(Counting *c, int64_t unit_id, const Tally *share, int64_t times) {
    const UnitCount *leaf = find_unit(c, unit_id);
    Text rest = leaf ? leaf->path : TEXT_NONE, part;
    while (text_split(&rest, '/', &part)) {
        int64_t id;
        UnitCount *unit = text_to_int(part, &id) ? find_unit(c, id) : NULL;
        for (int i = 0; unit && i < TALLY_FIGURES; i++)
            unit->figures[i] += ((const int64_t *)share)[i] * times;
    }
}

static Status count_members(Counting *c, int64_t *ret_members) {
    Ctx *ctx = c->ctx;
    Query *q = query_begin(ctx, Q_MEMBER_COUNT_GROUPS);
    query_int(q, "org", ctx->org->id);
    *ret_members = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        TallyFacts facts = {.state = query_column_text(q, 1),
                            .settlement = query_column_text(q, 2),
                            .gender = query_column_text(q, 3),
                            .phone_proof = query_column_text(q, 4),
                            .fee_proof = query_column_text(q, 5)};
        Tally share = tally_of(&facts);
        int64_t count = query_column_int(q, 6);
        add_up(c, query_column_int(q, 0), &share, count);
        *ret_members += count;
    }
    return query_done(q);
}

static Status subtract_tallies(Counting *c) {
    Ctx *ctx = c->ctx;
    Query *q = query_begin(ctx, Q_TALLY_ALL);
    query_int(q, "org", ctx->org->id);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        UnitCount *unit = find_unit(c, query_column_int(q, 0));
        for (int i = 0; unit && i < TALLY_FIGURES; i++)
            unit->figures[i] -= query_column_int(q, 1 + i);
    }
    return query_done(q);
}

static void push_day(Counting *c, DayCount day) {
    if (c->day_count == c->day_room) {
        int64_t room = c->day_room ? c->day_room * 2 : 4096;
        DayCount *more = ARENA_ARRAY(c->ctx->arena, DayCount, room);
        if (c->day_count) memcpy(more, c->days, sizeof *more * (size_t)c->day_count);
        c->days = more;
        c->day_room = room;
    }
    c->days[c->day_count++] = day;
}

static void push_day_up(Counting *c, int64_t unit_id, DayCount day) {
    const UnitCount *leaf = find_unit(c, unit_id);
    Text rest = leaf ? leaf->path : TEXT_NONE, part;
    while (text_split(&rest, '/', &part)) {
        int64_t id;
        const UnitCount *unit = text_to_int(part, &id) ? find_unit(c, id) : NULL;
        if (!unit || !unit->has_days) continue;
        day.unit_id = id;
        push_day(c, day);
    }
}

static Status count_days(Counting *c) {
    Ctx *ctx = c->ctx;
    Query *q = query_begin(ctx, Q_MEMBER_EVENT_COUNT_DAYS);
    query_int(q, "org", ctx->org->id);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        DayCount day = {.day = query_column_int(q, 1)};
        bool ended = text_eq(query_column_text(q, 2), T("end"));
        day.figures[ended ? 1 : 0] = query_column_int(q, 3);
        push_day_up(c, query_column_int(q, 0), day);
    }
    TRY(query_done(q));
    q = query_begin(ctx, Q_TALLY_DAY_ALL);
    query_int(q, "org", ctx->org->id);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        push_day(c, (DayCount){.unit_id = query_column_int(q, 0),
                               .day = query_column_int(q, 1),
                               .figures = {-query_column_int(q, 2), -query_column_int(q, 3)}});
    }
    return query_done(q);
}

static int by_unit_and_day(const void *a, const void *b) {
    const DayCount *x = a, *y = b;
    if (x->unit_id != y->unit_id) return x->unit_id < y->unit_id ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

/* Sums equal units and days, so that what agrees becomes zero. */
static void fold_days(Counting *c) {
    if (!c->day_count) return;
    qsort(c->days, (size_t)c->day_count, sizeof *c->days, by_unit_and_day);
    int64_t out = 0;
    for (int64_t i = 1; i < c->day_count; i++) {
        if (by_unit_and_day(&c->days[out], &c->days[i]) == 0) {
            for (int f = 0; f < REBUILD_DAY_FIGURES; f++)
                c->days[out].figures[f] += c->days[i].figures[f];
        } else {
            c->days[++out] = c->days[i];
        }
    }
    c->day_count = out + 1;
}

static bool any(const int64_t *figures, int count) {
    for (int i = 0; i < count; i++)
        if (figures[i]) return true;
    return false;
}

static void collect(Counting *c, Rebuild *ret) {
    ret->differences =
        ARENA_ARRAY(c->ctx->arena, RebuildDifference, c->unit_count + c->day_count + 1);
    for (int64_t i = 0; i < c->unit_count; i++) {
        const UnitCount *unit = &c->units[i];
        if (!any(unit->figures, TALLY_FIGURES)) continue;
        RebuildDifference *d = &ret->differences[ret->count++];
        d->unit_id = unit->id;
        d->day = INT64_MIN;
        memcpy(d->delta, unit->figures, sizeof unit->figures);
    }
    for (int64_t i = 0; i < c->day_count; i++) {
        const DayCount *day = &c->days[i];
        if (!any(day->figures, REBUILD_DAY_FIGURES)) continue;
        RebuildDifference *d = &ret->differences[ret->count++];
        d->unit_id = day->unit_id;
        d->day = day->day;
        memcpy(d->delta, day->figures, sizeof day->figures);
    }
}

Status rebuild_compare(Ctx *ctx, Rebuild *ret) {
    *ret = (Rebuild){0};
    Counting c = {.ctx = ctx};
    TRY(read_units(&c));
    TRY(count_members(&c, &ret->members));
    TRY(subtract_tallies(&c));
    TRY(count_days(&c));
    fold_days(&c);
    collect(&c, ret);
    return OK;
}

Status rebuild_mend(Ctx *ctx, const Rebuild *rebuild, int64_t from, int64_t max) {
    for (int64_t i = from; i < rebuild->count && i < from + max; i++) {
        const RebuildDifference *d = &rebuild->differences[i];
        if (d->day == INT64_MIN) {
            Tally delta;
            memcpy(&delta, d->delta, sizeof delta);
            TRY(tally_add(ctx, d->unit_id, &delta));
        } else {
            TRY(tally_add_day(ctx, d->unit_id, d->day, d->delta[0], d->delta[1]));
        }
    }
    return OK;
}
