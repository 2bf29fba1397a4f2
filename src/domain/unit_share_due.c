/* From fees to what units are due: fees are counted by place and amount, each kind of fee is parted
 * once, and the parts are added up along the path. */
#include <stdlib.h>

#include "base/clock.h"
#include "domain/account_year.h"
#include "domain/ledger.h"
#include "domain/unit_share.h"
#include "store/query.h"

/* Units met so far, by id: open addressing, a power of two, at most half full. */
typedef struct Met {
    UnitShareDue *list;
    int64_t *ranks;
    int32_t *slots; /* index + 1 */
    int count, max;
    uint32_t mask;
    const UnitKind *kinds;
    int kind_count;
} Met;

static void begin_met(Ctx *ctx, Met *met, int max) {
    met->max = max;
    met->mask = 15;
    while (met->mask < 2 * (uint32_t)max) met->mask = met->mask * 2 + 1;
    met->slots = ARENA_ARRAY(ctx->arena, int32_t, met->mask + 1);
    met->list = ARENA_ARRAY(ctx->arena, UnitShareDue, max);
    met->ranks = ARENA_ARRAY(ctx->arena, int64_t, max);
}

static Status meet(Ctx *ctx, Met *met, int64_t id, int *ret) {
    uint32_t at = (uint32_t)((uint64_t)id * 0x9E3779B97F4A7C15ULL >> 32) & met->mask;
    for (; met->slots[at]; at = (at + 1) & met->mask) {
        *ret = met->slots[at] - 1;
        if (met->list[*ret].unit.id == id) return OK;
    }
    if (met->count == met->max) {
        (void)fail(ctx, LIMIT, NULL, "share_units_many");
        fail_arg_int(ctx, "max", met->max);
        return LIMIT;
    }
    *ret = met->count++;
    met->slots[at] = *ret + 1;
    TRY(unit_by_id(ctx, id, &met->list[*ret].unit));
    const UnitKind *kind = unit_kind_of(met->kinds, met->kind_count, met->list[*ret].unit.kind);
    met->ranks[*ret] = kind ? kind->rank : 0;
    return OK;
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
        while (level < set->count && set->levels[level].rank < met->ranks[which])
            points[count - 1] += set->levels[level++].basis_points;
        if (level == set->count || set->levels[level].rank != met->ranks[which]) continue;
        if (holders[count - 1] != which) holders[count++] = which;
        points[count - 1] += set->levels[level++].basis_points;
    }
    while (level < set->count) points[count - 1] += set->levels[level++].basis_points;
    unit_share_split(f->paise, points, count, parts);
    for (int i = 0; i < count; i++) {
        UnitShareDue *due = &met->list[holders[i]];
        due->earned += parts[i] * f->earned;
        due->returned += parts[i] * f->returned;
        due->payable += parts[i] * (f->ever - f->ever_returned);
    }
    return OK;
}

typedef struct Period {
    int64_t first, until; /* times */
} Period;

static Status add_set(Ctx *ctx, Met *met, const UnitShareSet *set, int64_t until_day,
                      const Period *p) {
    int64_t zone = ctx->org->zone_offset_s;
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
        TRY(share_out(ctx, met, set, query_column_text(q, 1), &fees));
    }
    return query_done(q);
}

/* "shares:up-174" → the unit UP-174. */
static Status add_paid(Ctx *ctx, Met *met, int64_t first_day, int64_t last_day) {
    LedgerAccount *accounts;
    int count;
    TRY(ledger_accounts(ctx, T("shares:"), first_day, last_day, met->max, &accounts, &count));
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

/* Sorted, without those who only stood on somebody's path. */
static void hand_over(Ctx *ctx, Met *met, UnitShareDue **ret, int *ret_count) {
    Ranked *ranked = ARENA_ARRAY(ctx->arena, Ranked, met->count + 1);
    int count = 0;
    for (int i = 0; i < met->count; i++) {
        const UnitShareDue *d = &met->list[i];
        if (d->earned || d->returned || d->paid || d->payable)
            ranked[count++] = (Ranked){met->ranks[i], *d};
    }
    qsort(ranked, (size_t)count, sizeof *ranked, by_rank_and_name);
    *ret = ARENA_ARRAY(ctx->arena, UnitShareDue, count + 1);
    for (*ret_count = 0; *ret_count < count; ++*ret_count)
        (*ret)[*ret_count] = ranked[*ret_count].due;
}

Status unit_share_due(Ctx *ctx, int64_t first_day, int64_t last_day, int max, UnitShareDue **ret,
                      int *ret_count) {
    UnitShareSet *sets = ARENA_ARRAY(ctx->arena, UnitShareSet, UNIT_SHARE_SETS_MAX);
    UnitKind kinds[UNIT_KINDS_MAX];
    Met met = {.kinds = kinds};
    int count;
    TRY(account_year_check_whole(ctx));
    TRY(unit_kinds(ctx, kinds, &met.kind_count));
    TRY(unit_share_sets(ctx, sets, &count));
    begin_met(ctx, &met, max);
    int64_t zone = ctx->org->zone_offset_s;
    Period period = {first_day * CLOCK_DAY_S - zone, (last_day + 1) * CLOCK_DAY_S - zone};
    for (int i = 0; i < count; i++)
        TRY(add_set(ctx, &met, &sets[i], i + 1 < count ? sets[i + 1].from_day : INT64_MAX,
                    &period));
    TRY(add_paid(ctx, &met, first_day, last_day));
    hand_over(ctx, &met, ret, ret_count);
    return OK;
}
