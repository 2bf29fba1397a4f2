/* From fees to what units are due: fees are counted by place and amount, each kind of fee is parted
 * once, and the parts are added up along the path. */
#include <stdlib.h>

#include "base/clock.h"
#include "domain/ledger.h"
#include "domain/treasury_scope.h"
#include "domain/unit_share.h"
#include "store/query.h"

enum { ROOM_FIRST = 64, SCRATCH_BYTES = 1 << 16 };

typedef struct Entry {
    int64_t id, rank, earned, returned, paid, payable;
} Entry;

/* Units met so far, by id: open addressing, at most half full. */
typedef struct Met {
    Entry *list;
    int32_t *slots; /* index + 1 */
    int count, room;
    uint32_t mask;
} Met;

static uint32_t slot_of(const Met *met, int64_t id) {
    uint32_t at = (uint32_t)((uint64_t)id * 0x9E3779B97F4A7C15ULL >> 32) & met->mask;
    while (met->slots[at] && met->list[met->slots[at] - 1].id != id) at = (at + 1) & met->mask;
    return at;
}

static Status many(Ctx *ctx, int64_t max) {
    (void)fail(ctx, LIMIT, NULL, "share_units_many");
    fail_arg_int(ctx, "max", max);
    return LIMIT;
}

static Status grow(Ctx *ctx, Met *met) {
    int room = met->room ? met->room * 2 : ROOM_FIRST;
    Entry *list = arena_try(ctx->arena, (size_t)room * sizeof *list);
    int32_t *slots = arena_try(ctx->arena, 2 * (size_t)room * sizeof *slots);
    if (!list || !slots) return many(ctx, met->room);
    for (int i = 0; i < met->count; i++) list[i] = met->list[i];
    *met = (Met){list, slots, met->count, room, 2 * (uint32_t)room - 1};
    for (int i = 0; i < met->count; i++) slots[slot_of(met, list[i].id)] = i + 1;
    return OK;
}

static Status meet(Ctx *ctx, Met *met, int64_t id, int *ret) {
    if (met->count == met->room) TRY(grow(ctx, met));
    uint32_t at = slot_of(met, id);
    *ret = met->slots[at] - 1;
    if (*ret >= 0) return OK;
    *ret = met->count++;
    met->slots[at] = met->count;
    met->list[*ret] = (Entry){.id = id};
    Query *q = query_begin(ctx, Q_UNIT_SHARE_RANK);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", id);
    return query_run_int(q, &met->list[*ret].rank);
}

typedef struct Fees {
    int64_t paise, earned, returned, ever, ever_returned;
} Fees;

/* Who of the path gets the parts: holders[0] the root; a level that is not there leaves its part
 * to the one above. */
static Status share_out(Ctx *ctx, Met *met, const UnitShareSet *set, Text path, const Fees *f) {
    int holders[UNIT_SHARE_LEVELS_MAX + 1], count = 0;
    int64_t points[UNIT_SHARE_LEVELS_MAX + 1] = {0}, parts[UNIT_SHARE_LEVELS_MAX + 1];
    Text rest = path, part;
    int level = 0;
    while ((!count || level < set->count) && rest.ptr && text_split(&rest, '/', &part)) {
        int64_t id;
        int which;
        if (!text_to_int(part, &id)) continue;
        TRY(meet(ctx, met, id, &which));
        if (count == 0) holders[count++] = which;
        while (level < set->count && set->levels[level].rank < met->list[which].rank)
            points[count - 1] += set->levels[level++].basis_points;
        if (level == set->count || set->levels[level].rank != met->list[which].rank) continue;
        if (holders[count - 1] != which) holders[count++] = which;
        points[count - 1] += set->levels[level++].basis_points;
    }
    while (level < set->count) points[count - 1] += set->levels[level++].basis_points;
    unit_share_split(f->paise, points, count, parts);
    for (int i = 0; i < count; i++) {
        Entry *due = &met->list[holders[i]];
        due->earned += parts[i] * f->earned;
        due->returned += parts[i] * f->returned;
        due->payable += parts[i] * (f->ever - f->ever_returned);
    }
    return OK;
}

typedef struct Period {
    int64_t first, until; /* times */
} Period;

static void release_arena(void *arena) { arena_delete(arena); }

/* A column of one row of very many: the text lives until the next call. */
static Text passing_text(Ctx *ctx, Query *q, int column, Arena *scratch) {
    Arena *own = ctx->arena;
    arena_clear(scratch);
    ctx->arena = scratch;
    Text text = query_column_text(q, column);
    ctx->arena = own;
    return text;
}

static Status add_set(Ctx *ctx, Met *met, const UnitShareSet *set, int64_t until_day,
                      const Period *p) {
    int64_t zone = ctx->org->zone_offset_s;
    Arena *scratch = arena_new(SCRATCH_BYTES);
    arena_defer(ctx->arena, release_arena, scratch);
    Query *q = query_begin(ctx, Q_UNIT_SHARE_FEES);
    query_int(q, "org", ctx->org->id);
    query_int(q, "first", p->first);
    query_int(q, "until", p->until);
    query_int(q, "set_from", set->from_day * CLOCK_DAY_S - zone);
    query_int(q, "set_until", until_day == INT64_MAX ? INT64_MAX : until_day * CLOCK_DAY_S - zone);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        Fees fees = {query_column_int(q, 2), query_column_int(q, 3), query_column_int(q, 4),
                     query_column_int(q, 5), query_column_int(q, 6)};
        TRY(share_out(ctx, met, set, passing_text(ctx, q, 1, scratch), &fees));
    }
    return query_done(q);
}

/* "shares:up-174" → the unit UP-174. */
static Status add_paid(Ctx *ctx, Met *met, int64_t first_day, int64_t last_day) {
    enum { ACCOUNTS_MAX = 10000 };
    LedgerAccount *accounts;
    int count;
    TRY(ledger_accounts(ctx, T("shares:"), first_day, last_day, ACCOUNTS_MAX, &accounts, &count));
    if (count == ACCOUNTS_MAX) return many(ctx, ACCOUNTS_MAX);
    for (int i = 0; i < count; i++) {
        Text code = text_slice(accounts[i].account, T("shares:").len, accounts[i].account.len);
        char *upper = arena_cstr(ctx->arena, code);
        for (size_t j = 0; j < code.len; j++)
            if (upper[j] >= 'a' && upper[j] <= 'z') upper[j] = (char)(upper[j] - 32);
        Unit unit;
        int which;
        TRY(unit_by_code(ctx, (Text){upper, code.len}, &unit));
        TRY(meet(ctx, met, unit.id, &which));
        int64_t moved = accounts[i].debit - accounts[i].credit;
        met->list[which].paid += moved;
        met->list[which].payable -= accounts[i].opening + moved;
    }
    return OK;
}

static Status add_up(Ctx *ctx, int64_t first_day, int64_t last_day, Met *met) {
    UnitShareSet *sets = ARENA_ARRAY(ctx->arena, UnitShareSet, UNIT_SHARE_SETS_MAX);
    int64_t zone = ctx->org->zone_offset_s;
    int count;
    TRY(treasury_scope_check(ctx));
    TRY(unit_share_sets(ctx, sets, &count));
    Period period = {first_day * CLOCK_DAY_S - zone, (last_day + 1) * CLOCK_DAY_S - zone};
    for (int i = 0; i < count; i++)
        TRY(add_set(ctx, met, &sets[i], i + 1 < count ? sets[i + 1].from_day : INT64_MAX,
                    &period));
    return add_paid(ctx, met, first_day, last_day);
}

typedef struct Ranked {
    int64_t rank;
    UnitShareDue due;
} Ranked;

static int by_rank_and_name(const void *a, const void *b) {
    const Ranked *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    int order = text_compare(x->due.unit.name_en, y->due.unit.name_en);
    return order ? order : x->due.unit.id < y->due.unit.id ? -1 : 1;
}

static bool is_something(const Entry *e) {
    return e->earned || e->returned || e->paid || e->payable;
}

Status unit_share_due(Ctx *ctx, int64_t first_day, int64_t last_day, int max, UnitShareDue **ret,
                      int *ret_count) {
    Met met = {.count = 0};
    int count = 0;
    TRY(add_up(ctx, first_day, last_day, &met));
    for (int i = 0; i < met.count; i++) count += is_something(&met.list[i]);
    if (count > max) return many(ctx, max);
    Ranked *ranked = ARENA_ARRAY(ctx->arena, Ranked, count + 1);
    count = 0;
    for (int i = 0; i < met.count; i++) {
        const Entry *e = &met.list[i];
        if (!is_something(e)) continue;
        ranked[count] = (Ranked){e->rank, {.earned = e->earned, .returned = e->returned,
                                           .paid = e->paid, .payable = e->payable}};
        TRY(unit_by_id(ctx, e->id, &ranked[count++].due.unit));
    }
    qsort(ranked, (size_t)count, sizeof *ranked, by_rank_and_name);
    *ret = ARENA_ARRAY(ctx->arena, UnitShareDue, count + 1);
    for (*ret_count = 0; *ret_count < count; ++*ret_count)
        (*ret)[*ret_count] = ranked[*ret_count].due;
    return OK;
}

Status unit_share_payable(Ctx *ctx, const Unit *unit, int64_t day, int64_t *ret_paise) {
    Met met = {.count = 0};
    int which;
    TRY(add_up(ctx, day, day, &met));
    TRY(meet(ctx, &met, unit->id, &which));
    *ret_paise = met.list[which].payable;
    return OK;
}
