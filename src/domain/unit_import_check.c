/* The second half of judging a file of units: against the register, and as a tree. */
#include "domain/unit_import.h"
#include "domain/unit_import_error.h"

typedef struct Check {
    Ctx *ctx;
    UnitImport *import;
    UnitKind kinds[UNIT_KINDS_MAX];
    int kind_count;
    Unit parent; /* the one last asked for: rows of one parent mostly stand together */
    bool parent_found;
    Text parent_code;
} Check;

static int64_t rank_of(const Check *check, Text kind) {
    const UnitKind *found = unit_kind_of(check->kinds, check->kind_count, kind);
    return found ? found->rank : -1;
}

static bool refuse(const Check *check, const UnitImportRow *row, const char *message,
                   const char *name, Text value) {
    return unit_import_error_add(check->ctx, check->import, row->line, message, name, value);
}

/* Row of the file whose unit the code is, or -1. */
static int32_t find_row(const UnitImport *import, Text code) {
    int64_t low = 0, high = import->rows_count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        int order = text_compare(import->rows[import->by_code[middle]].code, code);
        if (order == 0) return import->by_code[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return -1;
}

static Status find_parent(Check *check, Text code) {
    if (check->parent_code.ptr && text_eq(check->parent_code, code)) return OK;
    check->parent_code = code;
    return unit_find(check->ctx, code, &check->parent, &check->parent_found);
}

/* Kind, parent and, where the parent is in the register, depth. *ret_more false: enough errors. */
static Status check_row(Check *check, UnitImportRow *row, bool *ret_more) {
    row->depth = 0;
    row->parent_row = -1;
    int64_t rank = rank_of(check, row->kind);
    if (rank < 0) {
        *ret_more = refuse(check, row, "unit_import_kind", "kind", row->kind);
        return OK;
    }
    row->parent_row = find_row(check->import, row->parent);
    if (row->parent_row >= 0) return OK;
    TRY(find_parent(check, row->parent));
    if (!check->parent_found) {
        *ret_more = refuse(check, row, "unit_import_parent", "parent", row->parent);
    } else if (rank_of(check, check->parent.kind) >= rank) {
        *ret_more = refuse(check, row, "unit_import_rank", "code", row->code);
    } else {
        int64_t ids[LIMIT_UNIT_DEPTH];
        row->depth = (int16_t)(unit_ancestors(&check->parent, ids) + 1);
    }
    return OK;
}

static Status check_rows(Check *check) {
    bool more = true;
    for (int64_t i = 0; more && i < check->import->rows_count; i++)
        TRY(check_row(check, &check->import->rows[i], &more));
    return check->ctx->error_count ? INVALID : OK;
}

/* Follows parents within the file from row at until a known depth, counting; a chain longer than
 * there are rows, or back to its start, is a cycle. Depths are then set on the way down again. */
enum { DEPTH_ON_CHAIN = -1, DEPTH_OF_CYCLE = -2 };

static bool measure(Check *check, int32_t at, int32_t *chain) {
    UnitImportRow *rows = check->import->rows;
    int32_t len = 0;
    while (rows[at].depth == 0) {
        rows[at].depth = DEPTH_ON_CHAIN;
        chain[len++] = at;
        at = rows[at].parent_row;
    }
    bool cycle = rows[at].depth < 0, more = true;
    if (rows[at].depth == DEPTH_ON_CHAIN)
        more = refuse(check, &rows[at], "unit_import_cycle", "code", rows[at].code);
    int32_t depth = rows[at].depth;
    while (len--) {
        UnitImportRow *row = &rows[chain[len]];
        if (depth < INT16_MAX) depth++;
        row->depth = cycle ? DEPTH_OF_CYCLE : (int16_t)depth;
    }
    return more;
}

static bool check_place(Check *check, const UnitImportRow *row) {
    if (row->depth < 0) return true; /* told already */
    if (row->depth > LIMIT_UNIT_DEPTH)
        return refuse(check, row, "unit_import_deep", "max",
                      arena_printf(check->ctx->arena, "%d", LIMIT_UNIT_DEPTH));
    if (row->parent_row < 0) return true;
    const UnitImportRow *parent = &check->import->rows[row->parent_row];
    if (rank_of(check, parent->kind) < rank_of(check, row->kind)) return true;
    return refuse(check, row, "unit_import_rank", "code", row->code);
}

static Status check_tree(Check *check) {
    UnitImport *import = check->import;
    int32_t *chain = ARENA_ARRAY(check->ctx->arena, int32_t, import->rows_count);
    bool more = true;
    for (int32_t i = 0; more && i < import->rows_count; i++) more = measure(check, i, chain);
    for (int64_t i = 0; more && i < import->rows_count; i++)
        more = check_place(check, &import->rows[i]);
    return check->ctx->error_count ? INVALID : OK;
}

static Status is_the_same(Check *check, const UnitImportRow *row, const Unit *unit, bool *ret) {
    *ret = text_eq(row->kind, unit->kind) && text_eq(row->name_en, unit->name_en) &&
           text_eq(row->name_hi, unit->name_hi) && text_eq(row->reference, unit->reference);
    if (!*ret) return OK;
    TRY(find_parent(check, row->parent));
    *ret = check->parent_found && check->parent.id == unit->parent_id;
    return OK;
}

static Status compare_with_register(Check *check) {
    UnitImport *import = check->import;
    bool more = true;
    for (int64_t i = 0; more && i < import->rows_count; i++) {
        UnitImportRow *row = &import->rows[i];
        Unit unit;
        TRY(unit_find(check->ctx, row->code, &unit, &row->present));
        if (!row->present) continue;
        bool same;
        TRY(is_the_same(check, row, &unit, &same));
        if (!same) more = refuse(check, row, "unit_import_differs", "code", row->code);
        import->present++;
    }
    return check->ctx->error_count ? INVALID : OK;
}

static void set_order(Ctx *ctx, UnitImport *import) {
    import->order = ARENA_ARRAY(ctx->arena, int32_t, import->rows_count);
    for (int depth = 1; depth <= LIMIT_UNIT_DEPTH; depth++)
        for (int32_t i = 0; i < import->rows_count; i++)
            if (import->rows[i].depth == depth && !import->rows[i].present)
                import->order[import->count++] = i;
}

Status unit_import_check_apply(Ctx *ctx, void *argument) {
    UnitImport *import = argument;
    import->present = import->count = import->done = 0;
    Check *check = ARENA_NEW(ctx->arena, Check);
    *check = (Check){.ctx = ctx, .import = import};
    TRY(unit_kinds(ctx, check->kinds, &check->kind_count));
    TRY(check_rows(check));
    TRY(check_tree(check));
    TRY(compare_with_register(check));
    set_order(ctx, import);
    return OK;
}
