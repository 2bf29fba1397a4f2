/* Who is on a phone, and moving to a phone of one's own. */
#include "domain/member_phone.h"
#include "register_test.h"

typedef struct OnPhone {
    Text phone;
    PhoneMember members[LIMIT_PHONE_MEMBERS];
    int count;
} OnPhone;

static Status list(Ctx *ctx, void *argument) {
    OnPhone *on = argument;
    return member_phone_list(ctx, on->phone, on->members, &on->count);
}

static OnPhone on_phone(Register *r, const char *phone) {
    OnPhone on = {.phone = text_of(phone)};
    register_must(r, register_read(r, list, &on));
    return on;
}

static Member joins(Register *r, const char *name, const char *phone) {
    Enrolment e = register_person(r, 0);
    Enrolled enrolled;
    e.name = text_of(name), e.phone = text_of(phone), e.phone_of = T("household");
    register_must(r, register_enrol(r, &e, &enrolled));
    return register_member_at(r, enrolled.serial);
}

static void shows_given_names_and_initials(void **state) {
    Register *r = *state;
    static const char *const rows[][2] = {
        {"Asha Devi", "Asha D."},
        {"Asha", "Asha"},
        {"Asha Kumari Devi", "Asha D."},
        {"आशा देवी", "आशा दे."},
        {"রহিম উদ্দিন", "রহিম উ."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Text shown = member_phone_shown(&r->ctx, text_of(rows[i][0]));
        assert_string_equal(arena_cstr(r->arena, shown), rows[i][1]);
    }
    joins(r, "Asha Devi", "9876543210");
    joins(r, "रमेश कुमार", "9876543210");
    OnPhone on = on_phone(r, "+919876543210");
    assert_int_equal(on.count, 2);
    assert_true(text_eq(on.members[0].shown, T("Asha D.")));
    assert_true(text_eq(on.members[1].shown, T("रमेश कु.")));
    assert_int_equal(on_phone(r, "+919876543211").count, 0);
}

typedef struct Moving {
    Member member;
    Text phone;
} Moving;

static Status move(Ctx *ctx, void *argument) {
    Moving *moving = argument;
    return member_phone_move(ctx, &moving->member, moving->phone, T("self"));
}

static void moves_to_a_phone_of_ones_own(void **state) {
    Register *r = *state;
    Member asha = joins(r, "Asha Devi", "9876543210");
    joins(r, "Ramesh Kumar", "9876543210");
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 0);
    Moving moving = {asha, T("+919000000001")};
    register_must(r, register_write(r, move, &moving));
    Member now = register_member_at(r, asha.serial);
    Text phone;
    register_must(r, member_phone(&r->ctx, &now, &phone));
    assert_true(text_eq(phone, T("+919000000001")));
    assert_true(text_eq(now.phone_of, T("self")) && text_eq(now.phone_proof, T("code")));
    assert_int_equal(on_phone(r, "+919876543210").count, 1);
    assert_int_equal(on_phone(r, "+919000000001").count, 1);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'phone'"), 1);
    register_agrees(r);
    joins(r, "Asha Devi", "9876543210"); /* the old place is free for her namesake */
    moving.member = now;
    register_refused(r, register_write(r, move, &moving), CONFLICT, "phone", "phone_same");
    moving.phone = T("+919876543210");
    register_refused(r, register_write(r, move, &moving), CONFLICT, "phone", "member_duplicate");
}

static void respects_the_household_and_the_end(void **state) {
    Register *r = *state;
    Member asha = joins(r, "Asha Devi", "9876543210");
    register_run(r, "UPDATE allowance SET phone_members = 2");
    joins(r, "Meena Devi", "9000000002");
    joins(r, "Sunil Kumar", "9000000002");
    Moving moving = {asha, T("+919000000002")};
    register_refused(r, register_write(r, move, &moving), LIMIT, "phone", "phone_full");
    Enrolment third = register_person(r, 0);
    Enrolled enrolled;
    third.name = T("Gita Bai"), third.phone = T("9000000002");
    register_refused(r, register_enrol(r, &third, &enrolled), LIMIT, "phone", "phone_full");
    register_change(r, &asha, MEMBER_ENDED);
    moving = (Moving){asha, T("+919000000003")};
    register_refused(r, register_write(r, move, &moving), CONFLICT, NULL, "member_state_refused");
    assert_int_equal(on_phone(r, "+919000000003").count, 0);
    register_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(shows_given_names_and_initials),
        WITH_REGISTER(moves_to_a_phone_of_ones_own),
        WITH_REGISTER(respects_the_household_and_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
