/* Who is on a phone, and moving to a phone of one's own. */
#include "domain/member_phone.h"
#include "domain/outbox.h"
#include "domain/phone_move.h"
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
        {"आशा श्रीवास्तव", "आशा श्री."}, /* no "श्." */
        {"राम द्विवेदी", "राम द्वि."},
        {"Asha (Rani)", "Asha R."},
        {"आशा 🌸", "आशा"},
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

typedef struct Assigning {
    Member member;
    Text phone, reason;
} Assigning;

static Status assign(Ctx *ctx, void *argument) {
    Assigning *a = argument;
    return member_phone_assign(ctx, &a->member, a->phone, T("self"), a->reason);
}

static void is_given_another_phone_by_the_organisation(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 0);
    Enrolled enrolled;
    e.phone = e.phone_of = T("");
    register_must(r, register_enrol(r, &e, &enrolled));
    Assigning a = {register_member_at(r, enrolled.serial), T("+919000000001"), T(" ")};
    register_refused(r, register_write(r, assign, &a), INVALID, "reason", "reason_form");
    a.reason = T("shows the card and her passport");
    register_must(r, register_write(r, assign, &a));
    Member now = register_member_at(r, enrolled.serial);
    assert_true(text_eq(now.phone_proof, T("unconfirmed")) && text_eq(now.phone_of, T("self")));
    assert_int_equal(now.card_generation, 2);
    assert_int_equal(on_phone(r, "+919000000001").count, 1);
    assert_int_equal(register_tally(r, "UP-174").phone_confirmed, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member_event WHERE type = 'phone' "
                                     "AND reason LIKE 'shows%'"), 1);
    register_agrees(r);
}

static Status take(Ctx *ctx, void *batch) { return outbox_take(ctx, batch); }

typedef struct Own {
    Member member;
    PhoneMove move;
    Text code, typed;
    bool done;
} Own;

static Status own_begin(Ctx *ctx, void *argument) {
    Own *o = argument;
    return phone_move_begin(ctx, &o->member, T("use it"), o->code, &o->move);
}

static Status own_finish(Ctx *ctx, void *argument) {
    Own *o = argument;
    PhoneMove move;
    return phone_move_finish(ctx, &o->member, o->typed, &move, &o->done);
}

static Own moves_to(Member member, const char *phone) {
    return (Own){.member = member, .move = {.phone_e164 = text_of(phone), .phone_of = T("self")},
                 .code = T("123456"), .typed = T("123456")};
}

static void moves_by_a_code_from_the_new_phone(void **state) {
    Register *r = *state;
    Member asha = joins(r, "Asha Devi", "9876543210");
    Own own = moves_to(asha, "+919876543210");
    register_must(r, register_write(r, own_begin, &own));
    assert_string_equal(r->ctx.errors[0].message, "phone_same");
    own = moves_to(asha, "+919000000001");
    register_must(r, register_write(r, own_finish, &own));
    assert_string_equal(r->ctx.errors[0].message, "code_over"); /* nothing is under way */
    register_must(r, register_write(r, own_begin, &own));
    own.typed = T("000000");
    register_must(r, register_write(r, own_finish, &own));
    assert_string_equal(r->ctx.errors[0].message, "code_wrong");
    assert_false(own.done);
    own.typed = own.code;
    register_must(r, register_write(r, own_finish, &own));
    assert_true(own.done);
    assert_int_equal(on_phone(r, "+919876543210").count, 0);
    assert_int_equal(on_phone(r, "+919000000001").count, 1);
    assert_int_equal(register_member_at(r, asha.serial).card_generation, 2);
    assert_int_equal(register_int(r, "SELECT count(*) FROM phone_move"), 0);
    register_agrees(r);
}

static Status register_words(Ctx *ctx, void *argument) {
    Gateway g;
    (void)argument;
    TRY(gateway_read(ctx, &g));
    g.templates[g.template_count++] = (GatewayTemplate){
        T("moved"), LANG_HI, T("1009"), T("{organisation}: moved to another phone")};
    return gateway_write(ctx, &g);
}

static void tells_the_old_phone_where_there_are_words(void **state) {
    Register *r = *state;
    Moving moving = {joins(r, "Asha Devi", "9876543210"), T("+919000000001")};
    register_must(r, register_write(r, move, &moving));
    assert_int_equal(r->ctx.error_count, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 0);
    register_must(r, register_write(r, register_words, NULL));
    moving.phone = T("+919000000002");
    register_must(r, register_write(r, move, &moving));
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE purpose = 'moved'"), 1);
    OutboxBatch batch = {.wanted = 1};
    register_must(r, register_write(r, take, &batch));
    assert_int_equal(batch.count, 1);
    assert_true(text_eq(batch.messages[0].phone, T("+919000000001")));
    assert_int_equal(
        register_int(r, "SELECT count(*) FROM audit WHERE detail = 'old phone told'"), 1);
}

/* What is said only after the code: that the phone is full, or has somebody of this name. */
static void learns_of_the_new_phone_only_after_its_code(void **state) {
    Register *r = *state;
    Member asha = joins(r, "Asha Devi", "9876543210");
    Member meena = joins(r, "Meena Devi", "9000000002");
    joins(r, "Asha Devi", "9000000002");
    register_run(r, "UPDATE allowance SET phone_members = 2");
    static const char *const expected[] = {"member_duplicate", "phone_full"};
    for (int i = 0; i < 2; i++) {
        Member mover = i ? joins(r, "Sunil Kumar", "9876543210") : asha;
        Own own = moves_to(mover, "+919000000002");
        register_must(r, register_write(r, own_begin, &own));
        assert_int_equal(r->ctx.error_count, 0);
        register_must(r, register_write(r, own_finish, &own));
        assert_string_equal(r->ctx.errors[0].message, expected[i]);
        assert_false(own.done);
        assert_int_equal(register_member_at(r, mover.serial).card_generation, 1);
    }
    assert_int_equal(register_member_at(r, meena.serial).card_generation, 1);
    register_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

#define WITH_DEMO(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, register_make_demo, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(shows_given_names_and_initials),
        WITH_REGISTER(moves_to_a_phone_of_ones_own),
        WITH_REGISTER(respects_the_household_and_the_end),
        WITH_REGISTER(is_given_another_phone_by_the_organisation),
        cmocka_unit_test_setup_teardown(tells_the_old_phone_where_there_are_words,
                                        register_make_sending, register_remove),
        WITH_DEMO(moves_by_a_code_from_the_new_phone),
        WITH_DEMO(learns_of_the_new_phone_only_after_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
