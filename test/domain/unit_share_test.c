/* Parts of fees: how they are written, how a fee is parted, what units are due and are paid. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/refund.h"
#include "domain/unit_share.h"

typedef struct Act {
    const char *typed;
    int64_t from_day, first, last, paise;
    const char *unit, *account;
    UnitShareDue *due;
    int count;
    Member *member;
    UnitShareLook look;
} Act;

static Status set(Ctx *ctx, void *argument) {
    Act *a = argument;
    UnitShareSet parts;
    if (!unit_share_parse(text_of(a->typed), &parts)) parts.count = 0;
    parts.from_day = a->from_day;
    return unit_share_set(ctx, &parts);
}

static Status look(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_due(ctx, a->first, a->last, 100, &a->due, &a->count);
}

static Status look_at(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_look(ctx, text_of(a->unit), &a->look);
}

static Status pay_looked(Ctx *ctx, void *argument) {
    Act *a = argument;
    return unit_share_pay(ctx, text_of(a->unit), &a->look, a->paise, text_of(a->account),
                          T("UTR 1"), &a->paise);
}

static Status pay(Ctx *ctx, void *argument) {
    TRY(look_at(ctx, argument));
    return pay_looked(ctx, argument);
}

static Status give_back(Ctx *ctx, void *argument) {
    Act *a = argument;
    return refund_member(ctx, a->member, T("bank"), T("twice"), &a->paise);
}

static int64_t today(const Register *r) { return clock_day(r->ctx.now_s, CLOCK_INDIA_OFFSET_S); }

static void sets(Register *r, const char *typed) {
    Act a = {.typed = typed, .from_day = today(r)};
    register_must(r, register_write(r, set, &a));
}

static UnitShareDue due_of(Register *r, const char *code, int64_t first, int64_t last) {
    Act a = {.first = first, .last = last};
    register_must(r, register_read(r, look, &a));
    for (int i = 0; i < a.count; i++)
        if (text_eq(a.due[i].unit.code, text_of(code))) return a.due[i];
    return (UnitShareDue){.payable = 0};
}

static int64_t payable(Register *r, const char *code) {
    return due_of(r, code, today(r), today(r)).payable;
}

static void reads_parts_as_people_write_them(void **state) {
    (void)state;
    static const char *const good[] = {
        "nation=40,state=30,district=30", " nation = 40 % , state=30.5,district = 29.50",
        "nation=100", "state=0.01, nation=99.99",
    };
    static const char *const bad[] = {
        "", "nation", "nation=", "nation=40", "nation=40,state=61", "nation=50,nation=50",
        "nation=-10,state=110", "nation=1e2", "nation=33.333,state=66.667", "nation=100,",
        "NATION=100", "nation=100 100", "nation=100.", "nation=0,state=100", "=100",
        "nation=60,state=-.5,district=40",
    };
    UnitShareSet parts;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(unit_share_parse(text_of(good[i]), &parts));
    assert_int_equal(parts.levels[0].basis_points, 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(unit_share_parse(text_of(bad[i]), &parts));
    assert_false(unit_share_parse(TEXT_NONE, &parts));
    /* whatever is typed: what is read makes a whole, of known letters, each once */
    uint32_t random = 7;
    static const char letters[] = "nation=state,40.%3 -";
    for (int i = 0; i < 20000; i++) {
        char typed[24];
        for (size_t j = 0; j < sizeof typed; j++) {
            random = random * 1664525 + 1013904223;
            typed[j] = letters[(random >> 16) % (sizeof letters - 1)];
        }
        int64_t sum = 0;
        if (!unit_share_parse(text_bytes(typed, sizeof typed), &parts)) continue;
        for (int j = 0; j < parts.count; j++) sum += parts.levels[j].basis_points;
        assert_int_equal(sum, UNIT_SHARE_WHOLE);
    }
}

static void what_rounding_leaves_goes_to_the_top(void **state) {
    (void)state;
    const int64_t thirds[] = {3334, 3333, 3333};
    int64_t parts[UNIT_SHARE_LEVELS_MAX];
    unit_share_split(1100, thirds, 3, parts);
    assert_int_equal(parts[1], 366); /* 366.63 */
    assert_int_equal(parts[2], 366);
    assert_int_equal(parts[0], 368);
    unit_share_split(1, thirds, 3, parts);
    assert_int_equal(parts[0], 1);
    uint64_t random = 3;
    for (int i = 0; i < 10000; i++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        int levels = 1 + (int)(random >> 61);
        int64_t points[UNIT_SHARE_LEVELS_MAX], paise = (int64_t)(random >> 24), sum = 0;
        int64_t left = UNIT_SHARE_WHOLE;
        for (int j = levels - 1; j > 0; j--) left -= points[j] = left / 2;
        points[0] = left;
        unit_share_split(paise, points, levels, parts);
        for (int j = 0; j < levels; j++) {
            sum += parts[j];
            int64_t exact = (int64_t)((double)paise * (double)points[j] / UNIT_SHARE_WHOLE);
            assert_in_range(parts[j] - exact + levels + 1, 0, 2 * levels + 2);
        }
        assert_int_equal(sum, paise);
    }
}

static void every_level_gets_its_part(void **state) {
    Register *r = *state;
    (void)register_member(r, 1); /* before there were parts */
    register_set_day(r, 2026, 11, 22);
    sets(r, "nation=40,state=30,district=30");
    (void)register_member(r, 2);
    (void)register_member(r, 3);
    Enrolment e = register_person(r, 4);
    e.unit_code = T("UP"); /* counted at the state: the district's part stays there */
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(payable(r, "IN"), 3 * 440);
    assert_int_equal(payable(r, "UP"), 2 * 330 + 660);
    assert_int_equal(payable(r, "UP-174"), 2 * 330);
    assert_int_equal(payable(r, "UP-175"), 0);
    assert_int_equal(due_of(r, "UP", today(r), today(r)).earned, 2 * 330 + 660);
    assert_int_equal(due_of(r, "UP", today(r) - 5, today(r) - 1).payable, 0);
    /* other parts from the next day on, for what is paid then */
    register_set_day(r, 2026, 11, 23);
    sets(r, "district=50,nation=50");
    (void)register_member(r, 5);
    assert_int_equal(payable(r, "UP-174"), 2 * 330 + 550);
    assert_int_equal(payable(r, "UP"), 2 * 330 + 660);
    assert_int_equal(due_of(r, "UP-174", today(r), today(r)).earned, 550);
}

static void a_fee_that_went_back_takes_its_parts_back(void **state) {
    Register *r = *state;
    sets(r, "nation=33.34,state=33.33,district=33.33");
    Member m = register_member(r, 1);
    (void)register_member(r, 2);
    int64_t first = today(r);
    register_set_day(r, 2026, 12, 1);
    Act a = {.member = &m};
    register_must(r, register_write(r, give_back, &a));
    assert_int_equal(payable(r, "UP-174"), 366);
    assert_int_equal(payable(r, "IN"), 368);
    assert_int_equal(due_of(r, "UP", first, first).payable, 2 * 366);
    assert_int_equal(due_of(r, "UP", today(r), today(r)).returned, 366);
    assert_int_equal(due_of(r, "UP", today(r), today(r)).earned, 0);
    treasury_agrees(r);
}

static void pays_out_what_is_due_and_no_more(void **state) {
    Register *r = *state;
    sets(r, "nation=40,state=30,district=30");
    (void)register_member(r, 1);
    Act a = {.unit = "UP-174", .account = "bank", .paise = 331};
    register_refused(r, register_write(r, pay, &a), CONFLICT, "amount", "share_too_much");
    a.paise = 100;
    register_must(r, register_write(r, pay, &a));
    assert_int_equal(treasury_balance(r, "shares:up-174"), 100);
    a.paise = 0;
    register_must(r, register_write(r, pay, &a));
    assert_int_equal(a.paise, 230);
    assert_int_equal(payable(r, "UP-174"), 0);
    assert_int_equal(due_of(r, "UP-174", today(r), today(r)).paid, 330);
    a.paise = 0;
    register_refused(r, register_write(r, pay, &a), CONFLICT, "amount", "share_too_much");
    a.unit = "IN";
    register_refused(r, register_write(r, pay, &a), CONFLICT, "unit", "share_root");
    a.account = "fees";
    register_refused(r, register_write(r, pay, &a), INVALID, "account", "share_account");
    /* the past stands on it now */
    Act s = {.typed = "nation=100", .from_day = today(r) - 1};
    register_refused(r, register_write(r, set, &s), CONFLICT, "from", "share_past");
    treasury_agrees(r);
}

/* What was looked up before is not paid once something took from it. */
static void pays_by_what_holds_when_it_pays(void **state) {
    Register *r = *state;
    sets(r, "nation=40,state=30,district=30");
    Member m = register_member(r, 1);
    (void)register_member(r, 2);
    Act first = {.unit = "UP-174", .account = "bank", .paise = 660}, second = first;
    register_must(r, register_read(r, look_at, &first));
    register_must(r, register_read(r, look_at, &second));
    assert_int_equal(first.look.payable, 660);
    first.paise = 600;
    register_must(r, register_write(r, pay_looked, &first));
    register_refused(r, register_write(r, pay_looked, &second), CONFLICT, "amount",
                     "share_too_much");
    Act more = {.unit = "UP", .account = "bank", .paise = 660}, back = {.member = &m};
    register_must(r, register_read(r, look_at, &more));
    register_must(r, register_write(r, give_back, &back));
    register_refused(r, register_write(r, pay_looked, &more), CONFLICT, "amount", "share_too_much");
    more.paise = 0;
    register_must(r, register_write(r, pay_looked, &more));
    assert_int_equal(more.paise, 330);
    (void)register_member(r, 3);
    more.paise = 0;
    register_must(r, register_read(r, look_at, &more));
    assert_int_equal(more.look.payable, 330);
    sets(r, "nation=100");
    register_refused(r, register_write(r, pay_looked, &more), CONFLICT, "amount", "share_too_much");
    treasury_agrees(r);
}

static void refuses_parts_of_nothing(void **state) {
    Register *r = *state;
    Act a = {.typed = "nation=50,galaxy=50", .from_day = today(r)};
    register_refused(r, register_write(r, set, &a), INVALID, "parts", "share_kind");
    a.typed = "nation=50";
    register_refused(r, register_write(r, set, &a), INVALID, "parts", "share_form");
    register_act_as_token(r, 7, "UP");
    a.typed = "nation=100";
    register_refused(r, register_write(r, set, &a), DENIED, NULL, "treasury_not_yours");
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_parts_as_people_write_them),
        cmocka_unit_test(what_rounding_leaves_goes_to_the_top),
        WITH_REGISTER(every_level_gets_its_part),
        WITH_REGISTER(a_fee_that_went_back_takes_its_parts_back),
        WITH_REGISTER(pays_out_what_is_due_and_no_more),
        WITH_REGISTER(pays_by_what_holds_when_it_pays),
        WITH_REGISTER(refuses_parts_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
