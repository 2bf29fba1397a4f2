/* What is allowed holds at once, for all and for one; enrollers are stopped at their limit, in cash
 * and in number, and what is counted of them is what they did. */
#include "domain/enroller.h"

#include "base/clock.h"
#include "base/limits.h"
#include "register_test.h"

static Status set(Ctx *ctx, void *allowance) { return allowance_set(ctx, allowance); }
static Status read_all(Ctx *ctx, void *allowance) { return allowance_read(ctx, allowance); }
static Status grant(Ctx *ctx, void *given) { return allowance_grant(ctx, given); }

static void allows(Register *r, Allowance allowance) {
    register_must(r, register_write(r, set, &allowance));
}

static void keeps_the_limits_it_was_given(void **state) {
    Register *r = *state;
    Allowance read, wrong;
    register_must(r, register_read(r, read_all, &read));
    assert_int_equal(read.phone_members, LIMIT_PHONE_MEMBERS);
    assert_int_equal(read.joins_day, ALLOWANCE_JOINS_DAY);
    allows(r, (Allowance){50, 3, 7, 4400});
    register_must(r, register_read(r, read_all, &read));
    assert_int_equal(read.codes_day, 50);
    assert_int_equal(read.phone_members, 3);
    assert_int_equal(read.joins_day, 7);
    assert_int_equal(read.cash_paise, 4400);
    wrong = (Allowance){0, 3, 7, 4400};
    register_refused(r, register_write(r, set, &wrong), INVALID, "code-cap", "limit_form");
    wrong = (Allowance){5, 7, 7, 4400};
    register_refused(r, register_write(r, set, &wrong), INVALID, "phone-members", "limit_form");
    wrong = (Allowance){5, 3, 0, 4400};
    register_refused(r, register_write(r, set, &wrong), INVALID, "enroller-cap", "limit_form");
    wrong = (Allowance){5, 3, 7, -1};
    register_refused(r, register_write(r, set, &wrong), INVALID, "cash-cap", "cash_cap_form");
}

static Status enrols(Register *r, int which, Text credited) {
    Enrolment e = register_person(r, which);
    Enrolled enrolled;
    e.enrolled_by = credited;
    return register_enrol(r, &e, &enrolled);
}

static EnrollerFigures figures(Register *r, const char *enroller) {
    EnrollerFigures f;
    Text who = arena_printf(r->arena, "enroller = '%s'", enroller);
    f.joins = register_int(r, arena_cstr(r->arena, arena_printf(r->arena,
        "SELECT coalesce(sum(joins), 0) FROM enroller_day WHERE %.*s", TEXT_ARG(who))));
    f.unconfirmed = register_int(r, arena_cstr(r->arena, arena_printf(r->arena,
        "SELECT coalesce(sum(unconfirmed), 0) FROM enroller_day WHERE %.*s", TEXT_ARG(who))));
    return f;
}

static void stops_an_enroller_for_the_day(void **state) {
    Register *r = *state;
    allows(r, (Allowance){50, 6, 3, 1000000});
    register_must(r, enrols(r, 100, TEXT_NONE)); /* the office itself is not counted */
    register_act_as_token(r, 7, "UP");
    for (int i = 0; i < 3; i++) register_must(r, enrols(r, i, TEXT_NONE));
    int64_t serial = register_int(r, "SELECT next_serial FROM organisation");
    register_refused(r, enrols(r, 3, TEXT_NONE), LIMIT, NULL, "enroller_cap");
    assert_int_equal(register_int(r, "SELECT next_serial FROM organisation"), serial);
    assert_int_equal(figures(r, "token:7").joins, 3);
    assert_int_equal(figures(r, "token:7").unconfirmed, 3);
    register_act_as_token(r, 8, "UP"); /* another's day is another's */
    register_must(r, enrols(r, 3, TEXT_NONE));
    register_act_as_token(r, 7, "UP");
    r->ctx.now_s += CLOCK_DAY_S;
    register_must(r, enrols(r, 4, TEXT_NONE));
    register_agrees(r);
}

static void stops_who_is_credited(void **state) {
    Register *r = *state;
    Member brings = register_member(r, 50);
    char number[NUMBER_TEXT_MAX];
    Text credited = {number, number_text(&brings.number, number)};
    allows(r, (Allowance){50, 6, 2, 1000000});
    register_act_as_token(r, 7, "UP");
    register_must(r, enrols(r, 1, credited));
    register_act_as_token(r, 8, "UP");
    register_must(r, enrols(r, 2, credited));
    register_refused(r, enrols(r, 3, credited), LIMIT, "enrolled_by", "enroller_cap");
    assert_int_equal(figures(r, "token:8").joins, 1); /* the refused one left no trace */
    Text enroller = enroller_member(&r->ctx, brings.serial);
    assert_int_equal(figures(r, arena_cstr(r->arena, enroller)).joins, 2);
}

static void gives_one_more_until_a_day(void **state) {
    Register *r = *state;
    allows(r, (Allowance){50, 6, 1, 1000000});
    AllowanceGrant more = {T("token:7"), 2, 1000000, r->ctx.now_s + 3600};
    AllowanceGrant over = {T("token:7"), 2, 1000000, r->ctx.now_s};
    register_must(r, register_write(r, grant, &more));
    register_refused(r, register_write(r, grant, &over), INVALID, "until", "allowance_until");
    register_act_as_token(r, 7, "UP");
    register_must(r, enrols(r, 0, TEXT_NONE));
    register_must(r, enrols(r, 1, TEXT_NONE));
    register_refused(r, enrols(r, 2, TEXT_NONE), LIMIT, NULL, "enroller_cap");
    r->ctx.now_s += CLOCK_DAY_S; /* the grant is over */
    register_must(r, enrols(r, 2, TEXT_NONE));
    register_refused(r, enrols(r, 3, TEXT_NONE), LIMIT, NULL, "enroller_cap");
}

/* To the last second of a day in India, 366 days from the one it is. */
static void gives_no_more_for_longer_than_a_year(void **state) {
    Register *r = *state;
    int64_t zone = r->org.zone_offset_s, day = clock_day(r->ctx.now_s, r->org.zone_offset_s);
    int64_t last = (day + 367) * CLOCK_DAY_S - zone - 1;
    AllowanceGrant year = {T("token:7"), 2, 1000000, last};
    AllowanceGrant longer = {T("token:7"), 3, 1000000, last + 1};
    AllowanceGrant ever = {T("token:7"), 3, 1000000, INT64_C(32503680000)}; /* the year 3000 */
    register_must(r, register_write(r, grant, &year));
    register_refused(r, register_write(r, grant, &longer), INVALID, "until", "allowance_far");
    register_refused(r, register_write(r, grant, &ever), INVALID, "until", "allowance_far");
    assert_int_equal(register_int(r, "SELECT joins_day FROM enroller_allowance"), 2);
}

static void stops_at_the_cash_in_hand(void **state) {
    Register *r = *state;
    allows(r, (Allowance){50, 6, 100, 2 * REGISTER_FEE_PAISE});
    register_must(r, enrols(r, 100, TEXT_NONE));
    register_act_as_token(r, 7, "UP");
    register_must(r, enrols(r, 0, TEXT_NONE));
    register_must(r, enrols(r, 1, TEXT_NONE));
    register_refused(r, enrols(r, 2, TEXT_NONE), LIMIT, "fee.amount_paise", "cash_cap");
    assert_int_equal(figures(r, "token:7").joins, 2);
    Enrolment claims = register_person(r, 2); /* without money in hand one may go on */
    Enrolled enrolled;
    claims.fee_method = FEE_NONE;
    register_must(r, register_enrol(r, &claims, &enrolled));
}

/* Whatever is tried, what is counted of an enroller are its members, day by day. */
static void counts_what_is_there(void **state) {
    Register *r = *state;
    allows(r, (Allowance){50, 6, 4, 20 * REGISTER_FEE_PAISE});
    uint64_t chance = 42;
    for (int i = 0; i < 120; i++) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        register_act_as_token(r, (int64_t)(chance >> 33) % 3 + 1, "UP");
        Enrolment e = register_person(r, (int)(chance >> 40) % 60);
        Enrolled enrolled;
        e.phone_proof = chance >> 63 ? T("code") : T("");
        if ((chance >> 50) % 7 == 0) e.unit_code = T("BR-203"); /* not theirs: refused */
        Status status = register_enrol(r, &e, &enrolled);
        assert_true(status == OK || status == LIMIT || status == DENIED || status == CONFLICT);
        if ((chance >> 55) % 5 == 0) r->ctx.now_s += CLOCK_DAY_S / 3;
    }
    assert_true(register_int(r, "SELECT count(*) FROM member") > 20);
    assert_int_equal(register_int(r, "SELECT count(*) FROM enroller_day WHERE joins > 4"), 0);
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM (SELECT 'token:' || enrolled_by AS e, (joined_at + "
                        "19800) / 86400 AS d, count(*) AS n, sum(phone_proof <> 'code') AS u FROM "
                        "member GROUP BY e, d) AS m FULL JOIN enroller_day x ON x.enroller = m.e "
                        "AND x.day = m.d WHERE x.joins IS NOT m.n OR x.unconfirmed IS NOT m.u"),
        0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_the_limits_it_was_given, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(stops_an_enroller_for_the_day, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(stops_who_is_credited, register_make, register_remove),
        cmocka_unit_test_setup_teardown(gives_one_more_until_a_day, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(gives_no_more_for_longer_than_a_year, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(stops_at_the_cash_in_hand, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(counts_what_is_there, register_make, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
