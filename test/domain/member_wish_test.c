/* The wish for news: given when joining or not, withdrawn, given again; each change a dated row. */
#include "domain/member_wish.h"
#include "register_test.h"

typedef struct Wishing {
    Member member;
    bool given;
    MemberWish wish;
} Wishing;

static Status set(Ctx *ctx, void *argument) {
    Wishing *w = argument;
    return member_wish_set(ctx, &w->member, w->given, T("card"));
}

static Status read(Ctx *ctx, void *argument) {
    Wishing *w = argument;
    return member_wish_read(ctx, w->member.serial, &w->wish);
}

static MemberWish wish_of(Register *r, const Member *m) {
    Wishing w = {.member = *m};
    register_must(r, register_read(r, read, &w));
    return w.wish;
}

static void wishes(Register *r, const Member *m, bool given) {
    Wishing w = {.member = *m, .given = given};
    register_must(r, register_write(r, set, &w));
}

static int64_t rows(Register *r) {
    return register_int(r, "SELECT count(*) FROM consent WHERE purpose = 'messages'");
}

static void changes_as_often_as_it_is_said(void **state) {
    Register *r = *state;
    Enrolment e = register_person(r, 1);
    Enrolled enrolled;
    e.messages = true;
    register_must(r, register_enrol(r, &e, &enrolled));
    Member m = register_member_at(r, enrolled.serial), other = register_member(r, 2);
    assert_true(wish_of(r, &m).given);
    assert_false(wish_of(r, &other).given);
    assert_int_equal(wish_of(r, &other).at, 0);
    wishes(r, &m, true); /* nothing new */
    assert_int_equal(rows(r), 1);
    r->ctx.now_s += 100;
    wishes(r, &m, false);
    assert_false(wish_of(r, &m).given);
    assert_int_equal(wish_of(r, &m).at, r->ctx.now_s);
    wishes(r, &m, false);
    assert_int_equal(rows(r), 2);
    wishes(r, &m, true);
    wishes(r, &other, true);
    assert_true(wish_of(r, &m).given && wish_of(r, &other).given);
    assert_int_equal(rows(r), 4);
    assert_int_equal(register_int(r, "SELECT count(*) FROM consent WHERE purpose = 'membership' "
                                     "AND given = 1"), 2);
    assert_int_equal(register_int(r, "SELECT count(*) FROM audit WHERE action = 'member.messages' "
                                     "AND detail = 'withdrawn'"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changes_as_often_as_it_is_said, register_make,
                                        register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
