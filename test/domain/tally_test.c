/* Counts: one member's share, up the tree, by day, by child, and again from the members. */
#include "register_test.h"

#include "base/clock.h"
#include "domain/rebuild.h"

static TallyFacts facts(const char *state, const char *settlement, const char *gender,
                        const char *phone, const char *fee) {
    return (TallyFacts){text_of(state), text_of(settlement), text_of(gender), text_of(phone),
                        text_of(fee)};
}

static void knows_a_members_share(void **state) {
    (void)state;
    struct {
        TallyFacts facts;
        Tally share;
    } rows[] = {
        {facts("applied", "rural", "f", "code", "none"), {0}},
        {facts("confirmed", "rural", "f", "code", "cash"),
         {.members = 1, .ever_joined = 1, .rural = 1, .women = 1, .phone_confirmed = 1,
          .fee_proved = 1}},
        {facts("confirmed", "urban", "m", "unconfirmed", "free"),
         {.members = 1, .ever_joined = 1, .urban = 1, .men = 1, .fee_proved = 1}},
        {facts("provisional", "unknown", "x", "none", "none"),
         {.members = 1, .provisional = 1, .ever_joined = 1, .other_gender = 1}},
        {facts("suspended", "rural", "n", "code", "demo"),
         {.members = 1, .suspended = 1, .ever_joined = 1, .rural = 1, .other_gender = 1,
          .phone_confirmed = 1, .fee_proved = 1}},
        {facts("ended", "rural", "f", "code", "cash"), {.ever_joined = 1, .ended = 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Tally share = tally_of(&rows[i].facts);
        assert_memory_equal(&share, &rows[i].share, sizeof share);
    }
}

static void counts_up_the_tree_only(void **state) {
    Register *r = *state;
    register_member(r, 1);
    Enrolment e = register_person(r, 2);
    e.unit_code = T("BR-203");
    e.gender = T("m");
    e.settlement = T("urban");
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    static const struct {
        const char *unit;
        int members, women, rural;
    } rows[] = {{"UP-174", 1, 1, 1}, {"UP-175", 0, 0, 0}, {"UP", 1, 1, 1},
                {"BR-203", 1, 0, 0}, {"BR", 1, 0, 0},     {"IN", 2, 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Tally t = register_tally(r, rows[i].unit);
        assert_int_equal(t.members, rows[i].members);
        assert_int_equal(t.ever_joined, rows[i].members);
        assert_int_equal(t.women, rows[i].women);
        assert_int_equal(t.rural, rows[i].rural);
        assert_int_equal(t.men, rows[i].members - rows[i].women);
    }
    assert_int_equal(register_day(r, "UP").joined, 1);
    assert_int_equal(register_day(r, "IN").joined, 2);
    assert_int_equal(register_day(r, "UP-175").joined, 0);
    register_agrees(r);
}

/* A day begins at midnight in India, half past six in the evening before in UTC. */
static void counts_days_of_the_organisations_zone(void **state) {
    Register *r = *state;
    int64_t midnight = clock_day_of(2026, 11, 22) * CLOCK_DAY_S - CLOCK_INDIA_OFFSET_S;
    r->ctx.now_s = midnight - 1;
    register_member(r, 1);
    assert_int_equal(register_day(r, "UP").joined, 1);
    r->ctx.now_s = midnight;
    assert_int_equal(register_day(r, "UP").joined, 0);
    register_member(r, 2);
    register_member(r, 3);
    assert_int_equal(register_day(r, "UP").joined, 2);
    register_agrees(r);
}

static Status read_days(Ctx *ctx, void *days) {
    return tally_days(ctx, 1, clock_day_of(2026, 11, 20), clock_day_of(2026, 11, 24), days);
}

static void fills_days_without_anybody(void **state) {
    Register *r = *state;
    register_member(r, 1);
    register_set_day(r, 2026, 11, 23);
    Member m = register_member(r, 2);
    register_change(r, &m, MEMBER_ENDED);
    TallyDay days[5];
    register_must(r, register_read(r, read_days, days));
    static const int joined[] = {0, 1, 0, 1, 0}, ended[] = {0, 0, 0, 1, 0};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(days[i].day, clock_day_of(2026, 11, 20) + i);
        assert_int_equal(days[i].joined, joined[i]);
        assert_int_equal(days[i].ended, ended[i]);
    }
}

typedef struct Children {
    TallyChild *list;
    int max, count;
    bool more;
} Children;

static Status read_children(Ctx *ctx, void *argument) {
    Children *c = argument;
    return tally_children(ctx, 1, clock_day(ctx->now_s, ctx->org->zone_offset_s), c->max, &c->list,
                          &c->count, &c->more);
}

static void lists_children_by_name(void **state) {
    Register *r = *state;
    register_member(r, 1);
    Children children = {.max = 2};
    register_must(r, register_read(r, read_children, &children));
    assert_int_equal(children.count, 2);
    assert_false(children.more);
    assert_true(text_eq(children.list[0].unit.code, T("BR")));
    assert_true(text_eq(children.list[1].unit.code, T("UP")));
    assert_int_equal(children.list[0].tally.members, 0);
    assert_int_equal(children.list[1].tally.members, 1);
    assert_int_equal(children.list[1].tally.women, 1);
    assert_int_equal(children.list[1].today, 1);
    children.max = 1;
    register_must(r, register_read(r, read_children, &children));
    assert_int_equal(children.count, 1);
    assert_true(children.more);
}

static Status compare(Ctx *ctx, void *rebuild) { return rebuild_compare(ctx, rebuild); }

static Status mend(Ctx *ctx, void *rebuild) { return rebuild_mend(ctx, rebuild, 0, 1000); }

/* Whatever is wrong with the derived tables is found and mended, also when members join between
 * the comparison and the mending. */
static void rebuild_finds_and_mends(void **state) {
    Register *r = *state;
    for (int i = 0; i < 5; i++) register_member(r, i);
    Member m = register_member(r, 9);
    register_change(r, &m, MEMBER_ENDED);
    register_agrees(r);
    static const char *const damages[] = {
        "UPDATE tally SET members = members + 3, women = 0 WHERE unit_id = 2",
        "DELETE FROM tally",
        "DELETE FROM tally_day",
        "UPDATE tally_day SET ended = ended + 1",
        "INSERT INTO tally_day VALUES (1, 1, 3, 7, 0)",
        "INSERT INTO tally VALUES (1, 6, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1)",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        register_run(r, damages[i]);
        Rebuild rebuild;
        register_must(r, register_read(r, compare, &rebuild));
        if (!rebuild.count) print_error("not seen: %s\n", damages[i]);
        assert_true(rebuild.count > 0);
        assert_int_equal(rebuild.members, 6 + i);
        register_member(r, 100 + (int)i);
        register_must(r, register_write(r, mend, &rebuild));
        register_agrees(r);
    }
    assert_int_equal(register_tally(r, "IN").members, 11);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_a_members_share),
        WITH_REGISTER(counts_up_the_tree_only),
        WITH_REGISTER(counts_days_of_the_organisations_zone),
        WITH_REGISTER(fills_days_without_anybody),
        WITH_REGISTER(lists_children_by_name),
        WITH_REGISTER(rebuild_finds_and_mends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
