/* Gathering orders by the numbers of members; by addresses: test/scenario/pay_together. */
#include "domain/fee_gather.h"

#include "treasury_test.h"

typedef struct Gathering {
    Text typed;
    FeeOrder order;
} Gathering;

static Status members_apply(Ctx *ctx, void *argument) {
    Gathering *g = argument;
    return fee_gather_members(ctx, g->typed, &g->order);
}

static Text number_of(Register *r, int64_t serial) {
    char *out = ARENA_ARRAY(r->arena, char, NUMBER_TEXT_MAX);
    Member member = register_member_at(r, serial);
    return (Text){out, number_text(&member.number, out)};
}

static Text joined(Register *r, const int64_t *serials, int count) {
    Text list = T("");
    for (int i = 0; i < count; i++)
        list = arena_printf(r->arena, "%.*s%.*s,\n", TEXT_ARG(list),
                            TEXT_ARG(number_of(r, serials[i])));
    return list;
}

static void members_are_gathered_with_their_orders(void **state) {
    Register *r = *state;
    int64_t serials[3];
    for (int i = 0; i < 3; i++) serials[i] = treasury_applicant(r, i);
    FeeOrder own = treasury_order(r, serials, 1);
    Gathering g = {.typed = joined(r, serials, 3)};
    register_must(r, register_write(r, members_apply, &g));
    assert_int_equal(g.order.people, 3);
    assert_int_equal(g.order.amount_paise, 3 * REGISTER_FEE_PAISE);
    assert_int_equal(treasury_order_now(r, own.id).joined_into, g.order.id);
    (void)treasury_claim(r, g.order.id, "432187650123");
    for (int i = 0; i < 3; i++)
        assert_int_equal(register_member_at(r, serials[i]).state, MEMBER_PROVISIONAL);
    PaymentIn p = {.source = T("bank"), .external_id = T("x"), .at = r->ctx.now_s,
                   .amount_paise = 3 * REGISTER_FEE_PAISE, .utr = T("432187650123")};
    p = treasury_pays(r, p, NULL);
    assert_int_equal(p.left_paise, 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(register_member_at(r, serials[i]).state, MEMBER_CONFIRMED);
    register_refused(r, register_write(r, members_apply, &g), INVALID, "members",
                     "gather_not_open");
    treasury_agrees(r);
}

static void a_list_that_is_wrong_makes_nothing(void **state) {
    Register *r = *state;
    int64_t serials[2];
    for (int i = 0; i < 2; i++) serials[i] = treasury_applicant(r, i);
    Gathering g = {.typed = joined(r, serials, 1)};
    register_refused(r, register_write(r, members_apply, &g), INVALID, "members", "gather_few");
    g.typed = arena_printf(r->arena, "%.*s nobody", TEXT_ARG(joined(r, serials, 2)));
    register_refused(r, register_write(r, members_apply, &g), INVALID, "members",
                     "gather_unknown");
    FeeOrder own = treasury_order(r, serials, 1);
    (void)treasury_claim(r, own.id, "432187650123");
    g.typed = joined(r, serials, 2);
    register_refused(r, register_write(r, members_apply, &g), INVALID, "members",
                     "gather_not_open");
    /* what the refused lists made is taken back */
    assert_int_equal(register_int(r, "SELECT count(*) FROM fee_order"), 1);
}

static void not_more_than_fifty_people(void **state) {
    enum { TOO_MANY = FEE_ORDER_PEOPLE_MAX + 1 };
    Register *r = *state;
    int64_t serials[TOO_MANY];
    for (int i = 0; i < TOO_MANY; i++) serials[i] = treasury_applicant(r, i);
    Gathering g = {.typed = joined(r, serials, TOO_MANY)};
    register_refused(r, register_write(r, members_apply, &g), INVALID, "members", "gather_many");
    g.typed = joined(r, serials, FEE_ORDER_PEOPLE_MAX);
    register_must(r, register_write(r, members_apply, &g));
    assert_int_equal(g.order.people, FEE_ORDER_PEOPLE_MAX);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(members_are_gathered_with_their_orders),
        WITH_REGISTER(a_list_that_is_wrong_makes_nothing),
        WITH_REGISTER(not_more_than_fifty_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
