/* The gateway hands on what lies with it, less its charges; the books say where all of it is. */
#include "treasury_test.h"

#include "domain/gateway_payout.h"

typedef struct Act {
    int64_t id, charges;
    PaymentIn payment;
    bool is_new;
} Act;

static Status settle(Ctx *ctx, void *argument) {
    Act *a = argument;
    return gateway_payout_settle(ctx, a->id, a->charges, &a->payment);
}

static Status receive(Ctx *ctx, void *argument) {
    Act *a = argument;
    a->payment = (PaymentIn){.source = T("bank"), .external_id = T("line-1"), .at = ctx->now_s,
                             .amount_paise = 2 * REGISTER_FEE_PAISE};
    return gateway_payout_receive(ctx, &a->payment, &a->is_new);
}

static Status charge(Ctx *ctx, void *argument) {
    return gateway_payout_charge(ctx, ((Act *)argument)->charges, T("March"));
}

static void pays_by_gateway(Register *r, int which) {
    int64_t serial = treasury_applicant(r, which);
    FeeOrder order = treasury_order(r, &serial, 1);
    char id[32];
    (void)snprintf(id, sizeof id, "pay_%d", which);
    r->ctx.org = &r->org;
    (void)treasury_pays(r, (PaymentIn){.source = T("razorpay"), .external_id = text_of(id),
                                       .at = r->ctx.now_s, .amount_paise = REGISTER_FEE_PAISE,
                                       .reference = fee_order_reference(&r->ctx, order.id)},
                        NULL);
}

static PaymentIn comes_to_bank(Register *r, const char *id, int64_t paise) {
    return treasury_pays(r, (PaymentIn){.source = T("bank"), .external_id = text_of(id),
                                        .at = r->ctx.now_s, .amount_paise = paise}, NULL);
}

static void a_credit_is_settled_with_its_charges(void **state) {
    Register *r = *state;
    for (int i = 1; i <= 3; i++) pays_by_gateway(r, i);
    Act a = {.id = comes_to_bank(r, "settlement", 3000).id, .charges = 301};
    register_refused(r, register_write(r, settle, &a), CONFLICT, "amount", "payout_too_much");
    a.charges = -1;
    register_refused(r, register_write(r, settle, &a), INVALID, "charges", "payout_charges");
    a.charges = 200;
    register_must(r, register_write(r, settle, &a));
    assert_true(text_eq(a.payment.state, T("settled")));
    assert_int_equal(treasury_balance(r, "gateway"), 100);
    assert_int_equal(treasury_balance(r, "gateway-charges"), 200);
    assert_int_equal(treasury_balance(r, "bank"), 3000);
    assert_int_equal(treasury_balance(r, "suspense"), 0);
    register_refused(r, register_write(r, settle, &a), CONFLICT, NULL, "payment_settled");
    treasury_agrees(r);
}

static void a_line_of_the_statement_is_settled_once(void **state) {
    Register *r = *state;
    pays_by_gateway(r, 1);
    pays_by_gateway(r, 2);
    Act a = {0};
    register_must(r, register_write(r, receive, &a));
    assert_true(a.is_new);
    register_must(r, register_write(r, receive, &a));
    assert_false(a.is_new);
    assert_int_equal(treasury_balance(r, "gateway"), 0);
    assert_int_equal(treasury_balance(r, "bank"), 2 * REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

static void what_the_gateway_never_had_waits(void **state) {
    Register *r = *state;
    pays_by_gateway(r, 1);
    Act a = {0};
    register_must(r, register_write(r, receive, &a));
    assert_true(text_eq(a.payment.state, T("open")));
    assert_int_equal(treasury_balance(r, "gateway"), REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "suspense"), -2 * REGISTER_FEE_PAISE);
    treasury_agrees(r);
    int64_t gateway = register_int(r, "SELECT payment_id FROM payment_in WHERE source = "
                                      "'razorpay'");
    a.id = gateway;
    register_refused(r, register_write(r, settle, &a), CONFLICT, NULL, "payment_settled");
    a.charges = REGISTER_FEE_PAISE + 1;
    register_refused(r, register_write(r, charge, &a), CONFLICT, "amount", "payout_too_much");
    a.charges = REGISTER_FEE_PAISE;
    register_must(r, register_write(r, charge, &a));
    assert_int_equal(treasury_balance(r, "gateway-charges"), REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

/* The treasurer of a unit is not the organisation's. */
static void an_admin_of_a_unit_is_refused(void **state) {
    Register *r = *state;
    for (int i = 1; i <= 3; i++) pays_by_gateway(r, i);
    Act a = {.id = comes_to_bank(r, "settlement", 3000).id, .charges = 200};
    Act some = {.charges = 100};
    register_act_as_token(r, 9, "UP");
    r->ctx.actor.can |= CAN_ADMINISTER;
    register_refused(r, register_write(r, settle, &a), DENIED, NULL, "treasury_not_yours");
    register_refused(r, register_write(r, charge, &some), DENIED, NULL, "treasury_not_yours");
    assert_int_equal(treasury_balance(r, "gateway"), 3300);
    register_act_as_token(r, 9, "IN");
    r->ctx.actor.can |= CAN_ADMINISTER;
    register_must(r, register_write(r, settle, &a));
    register_must(r, register_write(r, charge, &some));
    assert_int_equal(treasury_balance(r, "gateway"), 0);
    treasury_agrees(r);
}

static void knows_a_payout_by_the_gateways_name(void **state) {
    (void)state;
    assert_true(gateway_payout_is(T("NEFT-RAZORPAY SOFTWARE PVT LTD-N123"), TEXT_NONE));
    assert_true(gateway_payout_is(T(""), T("Razorpay Software")));
    assert_true(gateway_payout_is(T("IMPS/razorpay/4321"), TEXT_NONE));
    assert_false(gateway_payout_is(T("UPI/asha@razorpay/4321"), TEXT_NONE));
    assert_false(gateway_payout_is(T("UPI/razorpay@bank/4321"), TEXT_NONE));
    assert_false(gateway_payout_is(T("RAZORPAYING"), T("Asha")));
    assert_false(gateway_payout_is(TEXT_NONE, TEXT_NONE));
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(a_credit_is_settled_with_its_charges),
        WITH_REGISTER(a_line_of_the_statement_is_settled_once),
        WITH_REGISTER(what_the_gateway_never_had_waits),
        WITH_REGISTER(an_admin_of_a_unit_is_refused),
        cmocka_unit_test(knows_a_payout_by_the_gateways_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
