/* What a treasurer is shown of a payment, and what a rejected claim's people are told. */
#include "treasury_test.h"

#include "domain/outbox.h"
#include "domain/payment_decision.h"
#include "domain/payment_narration.h"

typedef struct Reading {
    int64_t payment_id;
    Text narration;
} Reading;

static Status read_narration(Ctx *ctx, void *argument) {
    Reading *re = argument;
    return payment_narration_read(ctx, re->payment_id, &re->narration);
}

typedef struct Settling {
    int64_t payment_id;
    Text reference;
    PaymentIn payment;
} Settling;

static Status settle(Ctx *ctx, void *argument) {
    Settling *s = argument;
    return payment_in_settle(ctx, s->payment_id, s->reference, T("She called"), &s->payment);
}

static PaymentIn line(const char *id, const char *reference, const char *narration) {
    return (PaymentIn){.source = T("bank"), .external_id = text_of(id),
                       .amount_paise = REGISTER_FEE_PAISE, .reference = text_of(reference),
                       .narration = text_of(narration)};
}

static void a_lines_words_are_kept_while_somebody_must_decide(void **state) {
    Register *r = *state;
    int64_t one = treasury_applicant(r, 1), two = treasury_applicant(r, 2);
    FeeOrder o = treasury_order(r, &one, 1), plain = treasury_order(r, &two, 1);
    Text reference = fee_order_reference(&r->ctx, plain.id);
    (void)treasury_pays(r, line("a", arena_cstr(r->arena, reference), "UPI/ASHA DEVI/fee"), NULL);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_narration"), 0);
    PaymentIn p = treasury_pays(r, line("b", "", "  UPI/RAVI KUMAR/okbank "), NULL);
    Reading re = {p.id, TEXT_NONE};
    register_must(r, register_read(r, read_narration, &re));
    assert_true(text_eq(re.narration, T("UPI/RAVI KUMAR/okbank")));
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_narration WHERE "
                                     "instr(body, 'RAVI') OR instr(sealed_key, 'RAVI')"), 0);
    register_act_as_token(r, 9, "UP");
    register_refused(r, register_read(r, read_narration, &re), DENIED, NULL, "treasury_not_yours");
    r->ctx.actor = (Actor){.kind = ACTOR_OPERATOR, .unit_id = r->org.root_unit_id};
    Settling s = {p.id, fee_order_reference(&r->ctx, o.id), {0}};
    register_must(r, register_write(r, settle, &s));
    register_must(r, register_read(r, read_narration, &re));
    assert_int_equal(re.narration.len, 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_narration"), 0);
}

static void a_long_line_is_cut_between_its_letters(void **state) {
    Register *r = *state;
    char *many = ARENA_ARRAY(r->arena, char, 3 * PAYMENT_NARRATION_BYTES + 1);
    for (int i = 0; i < PAYMENT_NARRATION_BYTES; i++) memcpy(many + 3 * i, "आ", 3);
    many[3 * PAYMENT_NARRATION_BYTES] = 0;
    many++; /* begins amid a letter, so that the end falls amid one, too */
    memcpy(many, "ab", 2);
    PaymentIn p = treasury_pays(r, line("c", "", many), NULL);
    Reading re = {p.id, TEXT_NONE};
    register_must(r, register_read(r, read_narration, &re));
    assert_true(re.narration.len > PAYMENT_NARRATION_BYTES - 3);
    assert_true(re.narration.len <= PAYMENT_NARRATION_BYTES);
    assert_true(text_is_utf8(re.narration));
}

typedef struct Rejecting {
    int64_t order_id;
    FeeOrder order;
} Rejecting;

static Status reject(Ctx *ctx, void *argument) {
    Rejecting *re = argument;
    TRY(fee_order_read(ctx, re->order_id, &re->order));
    return fee_order_reject(ctx, &re->order, T("not on the statement"));
}

static Status add_words(Ctx *ctx, void *unused) {
    Gateway g;
    (void)unused;
    TRY(gateway_read(ctx, &g));
    g.templates[g.template_count++] = (GatewayTemplate){
        T("rejected"), LANG_HI, T("1020"), T("{organisation}: भुगतान नहीं मिला")};
    return gateway_write(ctx, &g);
}

/* Claims for these people and rejects; how many phones are told. */
static int rejected(Register *r, const int64_t *serials, int count, const char *utr) {
    Rejecting re = {.order_id = treasury_order(r, serials, count).id};
    (void)treasury_claim(r, re.order_id, utr);
    register_must(r, register_write(r, reject, &re));
    return re.order.told;
}

static void who_is_rejected_is_told_once_a_phone(void **state) {
    Register *r = *state;
    int64_t people[3];
    for (int i = 0; i < 3; i++) people[i] = treasury_applicant(r, i + 1);
    Enrolment e = register_person(r, 3); /* another of the third one's household */
    Enrolled enrolled;
    e.name = T("Ravi Kumar");
    e.phone_of = T("household");
    e.fee_method = FEE_PENDING;
    e.fee_paise = 0;
    register_must(r, register_enrol(r, &e, &enrolled));
    const int64_t household[] = {people[2], enrolled.serial};
    assert_int_equal(rejected(r, people, 1, "432187650121"), 0); /* no words for that */
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox"), 0);
    register_must(r, register_write(r, add_words, NULL));
    assert_int_equal(rejected(r, people + 1, 1, "432187650122"), 1);
    assert_int_equal(rejected(r, household, 2, "432187650123"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM outbox WHERE purpose = 'rejected'"), 2);
    assert_int_equal(register_member_at(r, people[1]).state, MEMBER_REJECTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_lines_words_are_kept_while_somebody_must_decide,
                                        register_make, register_remove),
        cmocka_unit_test_setup_teardown(a_long_line_is_cut_between_its_letters, register_make,
                                        register_remove),
        cmocka_unit_test_setup_teardown(who_is_rejected_is_told_once_a_phone,
                                        register_make_sending, register_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
