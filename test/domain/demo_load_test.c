/* The people of a demo enter a register by the rules of all: counted, once, resumably. */
#include "domain/demo_load.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "base/limits.h"
#include "domain/geography.h"
#include "domain/tally.h"
#include "store/lane.h"

enum { PEOPLE = 450 };

typedef struct Register {
    char folder[64];
    Arena *arena;
    Ctx ctx;
    Organisation org;
    Store *store;
} Register;

static Status create(Ctx *ctx, void *draft) { return organisation_create(ctx, draft); }
static Status load(Ctx *ctx, void *org) { return organisation_load(ctx, org); }

static Register *make(bool demo) {
    Register *r = calloc(1, sizeof *r);
    assert_non_null(r);
    assert_true(crypto_start());
    (void)snprintf(r->folder, sizeof r->folder, "/tmp/sangathan-demo-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->arena = arena_new(LIMIT_COMMAND_ARENA_BYTES);
    ctx_init(&r->ctx, r->arena);
    r->ctx.actor.kind = ACTOR_OPERATOR;
    StoreOptions options = {.data_dir = r->folder, .mode = STORE_CREATE};
    assert_int_equal(store_open(&r->ctx, &options, &r->store), OK);
    OrganisationDraft draft = {.code = T("GKC"), .name_en = T("Demo"), .preset = T("community"),
                               .base_url = T("http://127.0.0.1:8080"), .fee_paise = 1100,
                               .demo = demo};
    assert_int_equal(organisation_check_draft(&r->ctx, &draft), OK);
    assert_int_equal(lane_write(r->store, &r->ctx, create, &draft), OK);
    assert_int_equal(lane_read(r->store, &r->ctx, load, &r->org), OK);
    keyring_generate(&r->org.keys);
    r->ctx.org = &r->org;
    return r;
}

static void load_places(Register *r) {
    GeographyLoad places;
    geography_begin(&r->ctx, r->org.preset, &places);
    while (places.done < places.total) {
        assert_int_equal(lane_write(r->store, &r->ctx, geography_chunk_apply, &places), OK);
        geography_chunk_committed(&places);
    }
}

static void unmake(Register *r) {
    store_close(r->store);
    arena_delete(r->arena);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", r->folder);
    assert_int_equal(system(command), 0);
    free(r);
}

static void chunk(Register *r, DemoLoad *demo) {
    assert_int_equal(demo_load_prepare(&r->ctx, demo), OK);
    Status status = lane_write(r->store, &r->ctx, demo_load_apply, demo);
    if (status != OK) print_error("%s %s\n", r->ctx.errors[0].message, r->ctx.detail);
    assert_int_equal(status, OK);
    demo_load_committed(demo);
}

static Status read_tally(Ctx *ctx, void *tally) {
    return tally_read(ctx, ctx->org->root_unit_id, tally);
}

static Tally tally_of_all(Register *r) {
    Tally tally = {0};
    assert_int_equal(lane_read(r->store, &r->ctx, read_tally, &tally), OK);
    return tally;
}

static void people_are_counted_once(void **state) {
    (void)state;
    Register *r = make(true);
    load_places(r);
    DemoLoad *demo = ARENA_NEW(r->arena, DemoLoad);
    assert_int_equal(demo_load_begin(&r->ctx, 11, PEOPLE, demo), OK);
    chunk(r, demo); /* and there it breaks off */
    assert_int_equal(demo->present, 0);
    assert_int_equal(tally_of_all(r).ever_joined, DEMO_LOAD_CHUNK);
    demo = ARENA_NEW(r->arena, DemoLoad);
    assert_int_equal(demo_load_begin(&r->ctx, 11, PEOPLE, demo), OK);
    while (demo->done < demo->total) chunk(r, demo);
    assert_int_equal(demo->present, DEMO_LOAD_CHUNK);
    Tally tally = tally_of_all(r);
    assert_int_equal(tally.ever_joined, PEOPLE);
    assert_true(tally.ended > 0 && tally.suspended > 0 && tally.provisional > 0);
    assert_int_equal(tally.members + tally.ended, PEOPLE);
    assert_true(tally.fee_proved > PEOPLE * 8 / 10);
    unmake(r);
}

static void only_in_a_demo_register(void **state) {
    (void)state;
    Register *r = make(false);
    DemoLoad *demo = ARENA_NEW(r->arena, DemoLoad);
    assert_int_equal(demo_load_begin(&r->ctx, 1, 10, demo), DENIED);
    assert_string_equal(r->ctx.errors[0].message, "demo_only");
    r->org.demo = true;
    assert_int_equal(demo_load_begin(&r->ctx, 1, 0, demo), INVALID);
    assert_int_equal(demo_load_begin(&r->ctx, 1, DEMO_MEMBERS_MAX + 1, demo), INVALID);
    unmake(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_counted_once), cmocka_unit_test(only_in_a_demo_register),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
