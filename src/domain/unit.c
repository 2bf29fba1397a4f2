/* The tree of units: lookups, paths, walks. */
#include "domain/unit.h"

#include <assert.h>

#include "domain/organisation.h"
#include "store/query.h"

enum { UNIT_WALK_PAGE = 64 };

Text unit_name(const Unit *unit, Lang lang) {
    Text wanted = lang == LANG_HI ? unit->name_hi : unit->name_en;
    if (wanted.len) return wanted;
    return unit->name_en.len ? unit->name_en : unit->name_hi;
}

bool unit_code_is_valid(Text code) {
    if (code.len < 2 || code.len > LIMIT_UNIT_CODE_BYTES) return false;
    if (code.ptr[0] < 'A' || code.ptr[0] > 'Z' || code.ptr[code.len - 1] == '-') return false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c != '-' || code.ptr[i - 1] == '-')) return false;
    }
    return true;
}

static void read_unit(Query *q, Unit *ret) {
    *ret = (Unit){.id = query_column_int(q, 0),
                  .code = query_column_text(q, 1),
                  .kind = query_column_text(q, 2),
                  .parent_id = query_column_int(q, 3),
                  .path = query_column_text(q, 4),
                  .name_en = query_column_text(q, 5),
                  .name_hi = query_column_text(q, 6),
                  .state_code = query_column_text(q, 7),
                  .reference = query_column_text(q, 8)};
}

static Status read_one(Query *q, Unit *ret, bool *ret_found) {
    bool found;
    TRY(query_row(q, &found));
    if (found) read_unit(q, ret);
    *ret_found = found;
    return OK;
}

Status unit_find(Ctx *ctx, Text code, Unit *ret, bool *ret_found) {
    *ret_found = false;
    if (!unit_code_is_valid(code)) return OK;
    Query *q = query_begin(ctx, Q_UNIT_BY_CODE);
    query_int(q, "org_id", ctx->org->id);
    query_text(q, "code", code);
    Status status = read_one(q, ret, ret_found);
    Status done = query_done(q);
    return status != OK ? status : done;
}

static Status unknown(Ctx *ctx, Text code) {
    (void)fail(ctx, NOT_FOUND, "unit", "unit_unknown");
    fail_arg(ctx, "code", text_slice(code, 0, LIMIT_UNIT_CODE_BYTES));
    return NOT_FOUND;
}

Status unit_by_code(Ctx *ctx, Text code, Unit *ret) {
    bool found;
    TRY(unit_find(ctx, code, ret, &found));
    return found ? OK : unknown(ctx, code);
}

Status unit_by_id(Ctx *ctx, int64_t id, Unit *ret) {
    Query *q = query_begin(ctx, Q_UNIT_BY_ID);
    query_int(q, "org_id", ctx->org->id);
    query_int(q, "unit_id", id);
    bool found = false;
    Status status = read_one(q, ret, &found);
    TRY(query_done(q));
    if (status != OK) return status;
    return found ? OK : unknown(ctx, arena_printf(ctx->arena, "%lld", (long long)id));
}

Status unit_children(Ctx *ctx, int64_t parent_id, UnitCursor after, int limit, Unit *ret,
                     int *ret_count) {
    assert(limit > 0 && limit <= UNIT_PAGE_MAX);
    Query *q = query_begin(ctx, Q_UNIT_CHILDREN);
    query_int(q, "org_id", ctx->org->id);
    query_int(q, "parent_id", parent_id);
    query_text(q, "after_name", after.name_en.len ? after.name_en : T(""));
    query_int(q, "after_id", after.id);
    query_int(q, "limit", limit);
    int count = 0;
    bool found = true;
    while (count < limit) {
        if (query_row(q, &found) != OK || !found) break;
        read_unit(q, &ret[count++]);
    }
    TRY(query_done(q));
    *ret_count = count;
    return OK;
}

int unit_ancestors(const Unit *unit, int64_t ret_ids[LIMIT_UNIT_DEPTH]) {
    Text rest = unit->path, part;
    int count = 0;
    while (count < LIMIT_UNIT_DEPTH && text_split(&rest, '/', &part))
        if (text_to_int(part, &ret_ids[count])) count++;
    return count;
}

bool unit_is_within(const Unit *unit, int64_t top_id) {
    int64_t ids[LIMIT_UNIT_DEPTH];
    int count = unit_ancestors(unit, ids);
    for (int i = 0; i < count; i++)
        if (ids[i] == top_id) return true;
    return false;
}

UnitWalk unit_walk(const Unit *top) { return (UnitWalk){.top = *top, .depth = -1}; }

static Status fill_level(Ctx *ctx, struct UnitWalkLevel *level) {
    UnitCursor after = {TEXT_NONE, 0};
    if (!level->page) level->page = ARENA_ARRAY(ctx->arena, Unit, UNIT_WALK_PAGE);
    if (level->begun)
        after = (UnitCursor){level->page[level->count - 1].name_en,
                             level->page[level->count - 1].id};
    level->begun = true;
    TRY(unit_children(ctx, level->parent_id, after, UNIT_WALK_PAGE, level->page, &level->count));
    level->at = 0;
    level->last = level->count < UNIT_WALK_PAGE;
    return OK;
}

/* Into the children of the unit just given: its level's page is used again for each. */
static void descend(UnitWalk *walk, int64_t parent_id) {
    struct UnitWalkLevel *level = &walk->levels[walk->depth];
    *level = (struct UnitWalkLevel){.parent_id = parent_id, .page = level->page};
}

Status unit_walk_next(Ctx *ctx, UnitWalk *walk, Unit *ret, bool *ret_more) {
    *ret_more = true;
    if (!walk->begun) {
        walk->begun = true;
        walk->depth = 0;
        descend(walk, walk->top.id);
        *ret = walk->top;
        return OK;
    }
    while (walk->depth >= 0) {
        struct UnitWalkLevel *level = &walk->levels[walk->depth];
        if (level->at == level->count && !level->last) TRY(fill_level(ctx, level));
        if (level->at == level->count) {
            walk->depth--;
            continue;
        }
        *ret = level->page[level->at++];
        if (walk->depth + 1 < LIMIT_UNIT_DEPTH) {
            walk->depth++;
            descend(walk, ret->id);
        }
        return OK;
    }
    *ret_more = false;
    return OK;
}

Status unit_kinds(Ctx *ctx, UnitKind ret[UNIT_KINDS_MAX], int *ret_count) {
    Query *q = query_begin(ctx, Q_UNIT_KIND_LIST);
    query_int(q, "org_id", ctx->org->id);
    int count = 0;
    bool found = true;
    while (count < UNIT_KINDS_MAX) {
        if (query_row(q, &found) != OK || !found) break;
        ret[count++] = (UnitKind){.kind = query_column_text(q, 0),
                                  .rank = query_column_int(q, 1),
                                  .label_en = query_column_text(q, 2),
                                  .label_hi = query_column_text(q, 3),
                                  .has_days = query_column_int(q, 4) != 0};
    }
    TRY(query_done(q));
    *ret_count = count;
    return OK;
}

const UnitKind *unit_kind_of(const UnitKind *kinds, int count, Text kind) {
    for (int i = 0; i < count; i++)
        if (text_eq(kinds[i].kind, kind)) return &kinds[i];
    return NULL;
}

Status unit_kind_insert(Ctx *ctx, const UnitKind *kind) {
    Query *q = query_begin(ctx, Q_UNIT_KIND_INSERT);
    query_int(q, "org_id", ctx->org->id);
    query_text(q, "kind", kind->kind);
    query_int(q, "rank", kind->rank);
    query_text(q, "label_en", kind->label_en);
    query_text(q, "label_hi", kind->label_hi);
    query_int(q, "has_days", kind->has_days);
    return query_run(q);
}

Status unit_last_id(Ctx *ctx, int64_t *ret) {
    Query *q = query_begin(ctx, Q_UNIT_LAST_ID);
    query_int(q, "org_id", ctx->org->id);
    return query_run_int(q, ret);
}

static Text or_empty(Text t) { return t.ptr ? t : T(""); }

static void place_under(Ctx *ctx, const Unit *parent, Unit *unit) {
    unit->parent_id = parent ? parent->id : 0;
    unit->path = parent ? arena_printf(ctx->arena, "%.*s/%lld", TEXT_ARG(parent->path),
                                       (long long)unit->id)
                        : arena_printf(ctx->arena, "%lld", (long long)unit->id);
    if (unit->state_code.len) return;
    if (parent && parent->state_code.len) unit->state_code = parent->state_code;
    else if (text_eq(unit->kind, T("state"))) unit->state_code = unit->code;
}

Status unit_insert(Ctx *ctx, const Unit *parent, Unit *unit) {
    if (!unit->id) {
        TRY(unit_last_id(ctx, &unit->id));
        unit->id++;
    }
    place_under(ctx, parent, unit);
    Query *q = query_begin(ctx, Q_UNIT_INSERT);
    query_int(q, "org_id", ctx->org->id);
    query_int(q, "unit_id", unit->id);
    query_text(q, "code", unit->code);
    query_text(q, "kind", unit->kind);
    query_int(q, "parent_id", unit->parent_id);
    query_text(q, "path", unit->path);
    query_text(q, "name_en", or_empty(unit->name_en));
    query_text(q, "name_hi", or_empty(unit->name_hi));
    query_text(q, "state_code", or_empty(unit->state_code));
    query_text(q, "reference", or_empty(unit->reference));
    query_int(q, "created_at", ctx->now_s);
    bool inserted;
    TRY(query_run_changed(q, &inserted));
    if (inserted) return OK;
    (void)fail(ctx, CONFLICT, "code", "unit_code_taken");
    fail_arg(ctx, "code", unit->code);
    return CONFLICT;
}
