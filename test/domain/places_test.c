/* See places_test.h. */
#include "places_test.h"

#include "base/limits.h"
#include "domain/geography.h"

static Status make_root(Ctx *ctx, void *preset) {
    UnitKind kinds[UNIT_KINDS_MAX];
    int count = geography_kinds(text_of(preset), kinds);
    for (int i = 0; i < count; i++) TRY(unit_kind_insert(ctx, &kinds[i]));
    Unit root = {.code = T("IN"), .kind = T("nation"), .name_en = T("India"), .name_hi = T("भारत")};
    return unit_insert(ctx, NULL, &root);
}

Places *places_make(const char *preset) {
    Places *places = calloc(1, sizeof *places);
    assert_non_null(places);
    (void)snprintf(places->folder, sizeof places->folder, "/tmp/sangathan-places-XXXXXX");
    assert_non_null(mkdtemp(places->folder));
    places->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&places->ctx, places->arena);
    places->org = (Organisation){.id = 1, .preset = text_of(preset)};
    places->ctx.org = &places->org;
    StoreOptions options = {.data_dir = places->folder, .mode = STORE_CREATE};
    assert_int_equal(store_open(&places->ctx, &options, &places->store), OK);
    char name[16];
    (void)snprintf(name, sizeof name, "%s", preset);
    assert_int_equal(places_write(places, make_root, name), OK);
    return places;
}

Places *places_make_loaded(const char *preset) {
    Places *places = places_make(preset);
    GeographyLoad load;
    geography_begin(&places->ctx, text_of(preset), &load);
    while (load.done < load.total) {
        assert_int_equal(places_write(places, geography_chunk_apply, &load), OK);
        geography_chunk_committed(&load);
    }
    return places;
}

void places_remove(Places *places) {
    store_close(places->store);
    arena_delete(places->arena);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", places->folder);
    assert_int_equal(system(command), 0);
    free(places);
}

Status places_read(Places *places, Apply apply, void *argument) {
    ctx_forget_errors(&places->ctx);
    return lane_read(places->store, &places->ctx, apply, argument);
}

Status places_write(Places *places, Apply apply, void *argument) {
    ctx_forget_errors(&places->ctx);
    return lane_write(places->store, &places->ctx, apply, argument);
}

typedef struct Lookup {
    Text code;
    Unit unit;
} Lookup;

static Status look_up(Ctx *ctx, void *argument) {
    Lookup *lookup = argument;
    return unit_by_code(ctx, lookup->code, &lookup->unit);
}

Unit places_unit(Places *places, const char *code) {
    Lookup lookup = {.code = text_of(code)};
    assert_int_equal(places_read(places, look_up, &lookup), OK);
    return lookup.unit;
}

static Status count_all(Ctx *ctx, void *count) {
    Unit root, unit;
    TRY(unit_by_code(ctx, T("IN"), &root));
    UnitWalk walk = unit_walk(&root);
    bool more = true;
    for (*(int *)count = 0;; ++*(int *)count) {
        TRY(unit_walk_next(ctx, &walk, &unit, &more));
        if (!more) return OK;
    }
}

int places_count(Places *places) {
    int count = 0;
    assert_int_equal(places_read(places, count_all, &count), OK);
    return count;
}
