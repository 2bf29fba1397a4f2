/* Orders and money that came in: on time, before, twice, short, too much, for nobody. */
#include "treasury_test.h"

#include "base/clock.h"
#include "domain/member_lapse.h"
#include "domain/payment_decision.h"

static PaymentIn bank_credit(const char *id, int64_t paise, const char *utr) {
    return (PaymentIn){.source = T("bank"), .external_id = text_of(id), .amount_paise = paise,
                       .utr = text_of(utr)};
}

static void a_claim_gives_a_provisional_card_and_money_confirms_it(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    assert_int_equal(o.amount_paise, REGISTER_FEE_PAISE);
    /* the payer closes the page and types the number next day, with Devanagari digits */
    register_set_day(r, 2026, 11, 22);
    o = treasury_claim(r, o.id, "४३२१ 8765 ०१२३");
    assert_string_equal(arena_cstr(r->arena, o.utr), "432187650123");
    assert_int_equal(register_member_at(r, serial).state, MEMBER_PROVISIONAL);
    assert_int_equal(treasury_balance(r, "fees"), 0);
    PaymentIn p = treasury_pays(r, bank_credit("a", REGISTER_FEE_PAISE, "432187650123"), NULL);
    assert_true(text_eq(p.state, T("settled")));
    Member m = register_member_at(r, serial);
    assert_int_equal(m.state, MEMBER_CONFIRMED);
    assert_true(text_eq(m.fee_proof, T("upi")));
    assert_int_equal(treasury_order_now(r, o.id).state, FEE_ORDER_PAID);
    assert_int_equal(treasury_balance(r, "bank"), REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

static Status read_utr(Ctx *ctx, void *typed) {
    Text utr;
    return fee_order_utr(ctx, "utr", text_of(typed), false, &utr);
}

typedef struct BankUtr {
    const char *typed, *kept; /* NULL: refused */
} BankUtr;

static Status read_bank_utr(Ctx *ctx, void *argument) {
    const BankUtr *b = argument;
    Text utr;
    TRY(fee_order_utr(ctx, "bank_utr", text_of(b->typed), true, &utr));
    assert_true(b->kept && text_eq(utr, text_of(b->kept)));
    return OK;
}

static void a_bank_has_longer_utrs(void **state) {
    Register *r = *state;
    static const BankUtr utrs[] = {
        {"sbin 5263 3123 4567", "SBIN526331234567"},
        {"HDFCR52026112112345678", "HDFCR52026112112345678"},
        {"६३३१ 2345 6789", "633123456789"},
        {"SBIN52633123456", NULL},
        {"SBIN5263312345678", NULL},
        {"5263312345671234", NULL},
        {"HDFCR5202611211234567890", NULL},
        {"SBIN52633123?567", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof utrs / sizeof *utrs; i++) {
        BankUtr one = utrs[i];
        Status status = register_read(r, read_bank_utr, &one);
        if (one.kept) register_must(r, status);
        else register_refused(r, status, INVALID, "bank_utr", "utr_bank");
    }
}

static void a_utr_has_twelve_digits(void **state) {
    Register *r = *state;
    static const char *const wrong[] = {"", "43218765012", "4321876501234", "43218765012A",
                                        "UTR43218765012"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char typed[32];
        (void)snprintf(typed, sizeof typed, "%s", wrong[i]);
        register_refused(r, register_read(r, read_utr, typed), INVALID, "utr", "utr_digits");
    }
}

static void one_payment_covers_several_people(void **state) {
    Register *r = *state;
    int64_t serials[3];
    for (int i = 0; i < 3; i++) serials[i] = treasury_applicant(r, i + 1);
    FeeOrder o = treasury_order(r, serials, 3);
    Text reference = fee_order_reference(&r->ctx, o.id);
    assert_true(reference.len <= 35);
    PaymentIn p = {.source = T("razorpay"), .external_id = T("pay_1"), .reference = reference,
                   .amount_paise = 3 * REGISTER_FEE_PAISE};
    (void)treasury_pays(r, p, NULL);
    for (int i = 0; i < 3; i++)
        assert_int_equal(register_member_at(r, serials[i]).state, MEMBER_CONFIRMED);
    assert_int_equal(register_int(r, "SELECT count(DISTINCT receipt) FROM payment"), 3);
    assert_int_equal(treasury_balance(r, "gateway"), 3 * REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

static void a_payment_counts_once(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    PaymentIn p = {.source = T("razorpay"), .external_id = T("pay_1"),
                   .reference = fee_order_reference(&r->ctx, o.id),
                   .amount_paise = REGISTER_FEE_PAISE};
    bool is_new;
    PaymentIn first = treasury_pays(r, p, &is_new);
    assert_true(is_new);
    PaymentIn second = treasury_pays(r, p, &is_new);
    assert_false(is_new);
    assert_int_equal(second.id, first.id);
    assert_int_equal(treasury_balance(r, "gateway"), REGISTER_FEE_PAISE);
    /* another payment for the same order is a double, and kept */
    p.external_id = T("pay_2");
    p = treasury_pays(r, p, &is_new);
    assert_true(is_new);
    assert_true(text_eq(p.problem, T("double")));
    assert_int_equal(p.left_paise, REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

static void short_payments_add_up_and_what_is_over_stays(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    PaymentIn p = {.source = T("bank"), .external_id = T("a"),
                   .reference = fee_order_reference(&r->ctx, o.id), .amount_paise = 1000};
    p = treasury_pays(r, p, NULL);
    assert_true(text_eq(p.problem, T("short")));
    assert_int_equal(register_member_at(r, serial).state, MEMBER_APPLIED);
    assert_int_equal(treasury_order_now(r, o.id).received_paise, 1000);
    treasury_agrees(r);
    p = (PaymentIn){.source = T("bank"), .external_id = T("b"), .reference = p.reference,
                    .amount_paise = 150};
    p = treasury_pays(r, p, NULL);
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    assert_true(text_eq(p.problem, T("excess")));
    assert_int_equal(p.left_paise, 50);
    treasury_agrees(r);
}

static void money_may_come_before_the_claim(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    PaymentIn p = treasury_pays(r, bank_credit("a", REGISTER_FEE_PAISE, "432187650123"), NULL);
    assert_true(text_eq(p.problem, T("unknown")));
    treasury_agrees(r);
    o = treasury_claim(r, o.id, "432187650123");
    assert_int_equal(o.state, FEE_ORDER_PAID);
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    treasury_agrees(r);
}

/* Two who claim the same payment: nobody's is decided by a machine. */
static void a_utr_claimed_twice_is_left_to_people(void **state) {
    Register *r = *state;
    int64_t one = treasury_applicant(r, 1), two = treasury_applicant(r, 2);
    FeeOrder a = treasury_order(r, &one, 1), b = treasury_order(r, &two, 1);
    (void)treasury_claim(r, a.id, "432187650123");
    (void)treasury_claim(r, b.id, "432187650123");
    PaymentIn p = treasury_pays(r, bank_credit("a", REGISTER_FEE_PAISE, "432187650123"), NULL);
    assert_true(text_eq(p.problem, T("ambiguous")));
    assert_int_equal(register_member_at(r, one).state, MEMBER_PROVISIONAL);
    treasury_agrees(r);
    /* nor whoever types it again, nor who comes third */
    int64_t three = treasury_applicant(r, 3);
    FeeOrder c = treasury_order(r, &three, 1);
    assert_int_equal(treasury_claim(r, b.id, "432187650123").state, FEE_ORDER_CLAIMED);
    assert_int_equal(treasury_claim(r, c.id, "432187650123").state, FEE_ORDER_CLAIMED);
    treasury_agrees(r);
}

/* Claims come first of one who then has it, and afterwards of another. */
static void money_of_a_number_typed_twice_waits(void **state) {
    Register *r = *state;
    int64_t one = treasury_applicant(r, 1), two = treasury_applicant(r, 2);
    FeeOrder a = treasury_order(r, &one, 1), b = treasury_order(r, &two, 1);
    (void)treasury_claim(r, a.id, "432187650123");
    register_run(r, "UPDATE fee_order SET state = 'open'"); /* as after a rejection */
    (void)treasury_pays(r, bank_credit("a", 100, "999988887777"), NULL);
    assert_int_equal(treasury_claim(r, b.id, "432187650123").state, FEE_ORDER_CLAIMED);
    (void)treasury_pays(r, bank_credit("b", REGISTER_FEE_PAISE, "432187650123"), NULL);
    assert_int_equal(treasury_order_now(r, a.id).received_paise, 0);
    assert_int_equal(treasury_order_now(r, b.id).received_paise, 0);
}

typedef struct Deciding {
    int64_t order_id, payment_id;
    Text reference, reason;
    PaymentIn payment;
} Deciding;

static Status reject(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, d->order_id, &order));
    return fee_order_reject(ctx, &order, d->reason);
}

static Status restore(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, d->order_id, &order));
    return fee_order_restore(ctx, &order, d->reason);
}

static Status settle(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return payment_in_settle(ctx, d->payment_id, d->reference, d->reason, &d->payment);
}

static Status refund(Ctx *ctx, void *argument) {
    Deciding *d = argument;
    return payment_in_refund(ctx, d->payment_id, d->reason, &d->payment);
}

static void a_claim_that_was_not_true_may_be_appealed(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    Deciding d = {.order_id = o.id, .reason = T("No such payment: send the number again.")};
    register_refused(r, register_write(r, reject, &d), CONFLICT, NULL, "order_not_claimed");
    (void)treasury_claim(r, o.id, "432187650123");
    Deciding silent = {.order_id = o.id, .reason = T(" ")}, long_one = silent;
    char words[FEE_ORDER_WHY_BYTES + 1];
    memset(words, 'x', sizeof words);
    long_one.reason = text_bytes(words, sizeof words);
    register_refused(r, register_write(r, reject, &silent), INVALID, "reason", "reason_form");
    register_refused(r, register_write(r, reject, &long_one), INVALID, "reason", "reason_form");
    register_must(r, register_write(r, reject, &d));
    assert_int_equal(register_member_at(r, serial).state, MEMBER_REJECTED);
    assert_int_equal(treasury_order_now(r, o.id).state, FEE_ORDER_OPEN);
    assert_int_equal(register_tally(r, "IN").members, 0);
    treasury_agrees(r);
    /* claiming again changes nothing by itself; somebody looks */
    (void)treasury_claim(r, o.id, "111122223333");
    assert_int_equal(register_member_at(r, serial).state, MEMBER_REJECTED);
    register_must(r, register_write(r, restore, &d));
    assert_int_equal(register_member_at(r, serial).state, MEMBER_PROVISIONAL);
    assert_int_equal(register_tally(r, "IN").members, 1);
    assert_int_equal(register_tally(r, "IN").ended, 0);
    treasury_agrees(r);
}

static void unknown_money_is_settled_or_given_back_with_a_reason(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    PaymentIn p = treasury_pays(r, bank_credit("a", REGISTER_FEE_PAISE, ""), NULL);
    PaymentIn q = treasury_pays(r, bank_credit("b", 500, ""), NULL);
    Deciding d = {.payment_id = p.id, .reference = fee_order_reference(&r->ctx, o.id),
                  .reason = T(" ")};
    register_refused(r, register_write(r, settle, &d), INVALID, "reason", "reason_form");
    d.reason = T("Her husband's account");
    register_must(r, register_write(r, settle, &d));
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    assert_int_equal(d.payment.left_paise, 0);
    register_refused(r, register_write(r, refund, &d), CONFLICT, NULL, "payment_settled");
    d = (Deciding){.payment_id = q.id, .reason = T("Nobody knows it")};
    register_must(r, register_write(r, refund, &d));
    assert_int_equal(treasury_balance(r, "bank"), REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "suspense"), 0);
    treasury_agrees(r);
}

/* Everything at once, by chance: whatever happens, the books balance. */
static void random_histories_balance(void **state) {
    Register *r = *state;
    enum { PEOPLE = 40, STEPS = 300 };
    int64_t serials[PEOPLE], orders[PEOPLE];
    unsigned seed = 20261121;
    for (int i = 0; i < PEOPLE; i++) {
        serials[i] = treasury_applicant(r, i + 1);
        orders[i] = treasury_order(r, &serials[i], 1).id;
    }
    for (int step = 0; step < STEPS; step++) {
        seed = seed * 1103515245u + 12345u;
        unsigned chance = seed >> 8;
        int who = (int)(chance % PEOPLE);
        char text[32];
        (void)snprintf(text, sizeof text, "%012d", who);
        ctx_forget_errors(&r->ctx);
        Deciding d = {.order_id = orders[who], .reason = T("by chance"),
                      .payment_id = 1 + (int64_t)(chance / 7 % 60),
                      .reference = fee_order_reference(&r->ctx, orders[who])};
        static const int64_t amounts[] = {REGISTER_FEE_PAISE, 1000, 1200, 2200, 1};
        PaymentIn p = bank_credit(arena_printf(r->arena, "line-%u", chance % 150).ptr,
                                  amounts[chance / 64 % 5], chance % 3 ? text : "");
        if (chance % 2) p.reference = d.reference;
        switch (chance / 512 % 8) {
        case 0: {
            FeeOrder o = treasury_order_now(r, orders[who]);
            if (o.state != FEE_ORDER_PAID) (void)treasury_claim(r, orders[who], text);
            break;
        }
        case 1: (void)register_write(r, reject, &d); break;
        case 2: (void)register_write(r, restore, &d); break;
        case 3: (void)register_write(r, settle, &d); break;
        case 4: (void)register_write(r, refund, &d); break;
        default: (void)treasury_pays(r, p, NULL); break;
        }
        if (step % 50 == 49) treasury_agrees(r);
    }
    assert_true(register_int(r, "SELECT count(*) FROM member WHERE state = 'confirmed'") > 5);
    assert_true(register_int(r, "SELECT count(*) FROM payment_in WHERE state = 'refunded'") > 5);
    treasury_agrees(r);
}

typedef struct Decided {
    int64_t id;
    Text text, target;
    PaymentIn payment;
} Decided;

static Status keep(Ctx *ctx, void *argument) {
    Decided *d = argument;
    return payment_decision_keep(ctx, d->id, d->text, &d->payment);
}

static Status give_back(Ctx *ctx, void *argument) {
    Decided *d = argument;
    return payment_decision_return(ctx, d->id, d->text, &d->payment);
}

static Status given_back(Ctx *ctx, void *argument) {
    Decided *d = argument;
    return payment_decision_returned(ctx, d->id, d->text, &d->payment);
}

static Status settle_for(Ctx *ctx, void *argument) {
    Decided *d = argument;
    return payment_in_settle(ctx, d->id, d->target, d->text, &d->payment);
}

static void money_is_kept_given_back_or_found_to_be_a_members(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    PaymentIn short_one = bank_credit("a", 1000, "432187650001");
    PaymentIn stray = bank_credit("b", 1100, "");
    short_one.reference = fee_order_reference(&r->ctx, o.id);
    Decided d = {.id = treasury_pays(r, short_one, NULL).id, .text = T("")};
    register_refused(r, register_write(r, keep, &d), INVALID, "reason", "reason_form");
    d.text = T("The rest comes on Monday");
    register_must(r, register_write(r, keep, &d));
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in WHERE state = 'open'"), 0);
    treasury_agrees(r);
    PaymentIn more = bank_credit("more", 30, "432187650009");
    more.reference = short_one.reference;
    (void)treasury_pays(r, more, NULL); /* still short: what was decided stands */
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in WHERE state = 'kept' AND "
                                     "reason = 'The rest comes on Monday'"), 1);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in WHERE state = 'open'"), 1);
    PaymentIn rest = bank_credit("c", 100, "432187650002");
    rest.reference = short_one.reference;
    (void)treasury_pays(r, rest, NULL); /* what was kept counts along */
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    /* the others were spent first, and of what was kept the rest is kept still */
    assert_int_equal(register_int(r, "SELECT left_paise FROM payment_in WHERE state = 'kept'"), 30);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in WHERE state = 'settled'"), 2);
    assert_int_equal(treasury_balance(r, "suspense"), -30);
    d.text = T("She gives it");
    register_must(r, register_write(r, give_back, &d));
    d.text = T("600123456780");
    register_must(r, register_write(r, given_back, &d));

    int64_t second = treasury_applicant(r, 2);
    d = (Decided){.id = treasury_pays(r, stray, NULL).id, .text = T("Not ours")};
    register_refused(r, register_write(r, given_back, &d), CONFLICT, NULL, "payment_not_returning");
    register_must(r, register_write(r, give_back, &d));
    assert_int_equal(treasury_balance(r, "suspense"), -1100); /* it is here still */
    treasury_agrees(r);
    d.text = T("");
    register_refused(r, register_write(r, given_back, &d), INVALID, "returned_by",
                     "returned_by_form");
    d.text = T("600123456789");
    register_must(r, register_write(r, given_back, &d));
    assert_true(text_eq(d.payment.state, T("refunded")));
    assert_true(text_eq(d.payment.reason, T("Not ours")));
    assert_true(text_eq(d.payment.returned_by, T("600123456789")));
    assert_int_equal(treasury_balance(r, "suspense"), 0);
    register_refused(r, register_write(r, keep, &d), CONFLICT, NULL, "payment_settled");

    char number[NUMBER_TEXT_MAX];
    Member m = register_member_at(r, second);
    size_t len = number_text(&m.number, number);
    d = (Decided){.id = treasury_pays(r, bank_credit("d", 1100, ""), NULL).id,
                  .text = T("She called"), .target = T("12345")};
    register_refused(r, register_write(r, settle_for, &d), NOT_FOUND, "order", "payment_target");
    d.target = (Text){number, len};
    register_must(r, register_write(r, settle_for, &d));
    assert_int_equal(register_member_at(r, second).state, MEMBER_CONFIRMED);
    d.id = treasury_pays(r, bank_credit("e", 5, ""), NULL).id;
    register_act_as_token(r, 7, "UP");
    register_refused(r, register_write(r, keep, &d), DENIED, NULL, "treasury_not_yours");
    register_refused(r, register_write(r, give_back, &d), DENIED, NULL, "treasury_not_yours");
    register_refused(r, register_write(r, settle_for, &d), DENIED, NULL, "treasury_not_yours");
    d.id = 987654; /* what is not there is not told from what is not theirs */
    register_refused(r, register_write(r, keep, &d), DENIED, NULL, "treasury_not_yours");
    register_refused(r, register_write(r, give_back, &d), DENIED, NULL, "treasury_not_yours");
    register_refused(r, register_write(r, settle_for, &d), DENIED, NULL, "treasury_not_yours");
    treasury_agrees(r);
}

static Status lapse(Ctx *ctx, void *done) {
    return register_due(ctx, &member_lapse_due, DUE_MAX, done);
}

static void who_neither_claims_nor_pays_is_forgotten(void **state) {
    Register *r = *state;
    int64_t silent = treasury_applicant(r, 1), claimed = treasury_applicant(r, 2),
            paid_short = treasury_applicant(r, 3), late = treasury_applicant(r, 5);
    FeeOrder o = treasury_order(r, &claimed, 1), s = treasury_order(r, &paid_short, 1),
             n = treasury_order(r, &late, 1);
    (void)treasury_claim(r, o.id, "432187650123");
    PaymentIn p = {.source = T("bank"), .external_id = T("a"), .amount_paise = 5,
                   .reference = fee_order_reference(&r->ctx, s.id)};
    (void)treasury_pays(r, p, NULL);
    (void)treasury_order(r, &paid_short, 1); /* a newer order does not hide what came */
    register_set_day(r, 2026, 12, 20);
    int64_t fresh = treasury_applicant(r, 4);
    register_set_day(r, 2026, 12, 22);
    DueDone lapsed;
    register_must(r, register_write(r, lapse, &lapsed));
    assert_int_equal(lapsed.done, 2);
    Member m = register_member_at(r, silent);
    assert_int_equal(m.state, MEMBER_LAPSED);
    assert_int_equal(m.name.len + m.name_alt.len + m.phone_sealed.len + m.sealed_key.len, 0);
    assert_int_equal(m.birth_year, 0);
    assert_int_equal(register_member_at(r, claimed).state, MEMBER_PROVISIONAL);
    assert_int_equal(register_member_at(r, paid_short).state, MEMBER_APPLIED);
    assert_int_equal(register_member_at(r, fresh).state, MEMBER_APPLIED);
    assert_int_not_equal(treasury_applicant(r, 1), silent); /* the phone is free again */
    /* money that comes too late is not lost */
    p = (PaymentIn){.source = T("bank"), .external_id = T("b"), .amount_paise = REGISTER_FEE_PAISE,
                    .reference = fee_order_reference(&r->ctx, n.id)};
    p = treasury_pays(r, p, NULL);
    assert_true(text_eq(p.problem, T("late")));
    treasury_agrees(r);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(a_claim_gives_a_provisional_card_and_money_confirms_it),
        WITH_REGISTER(a_utr_has_twelve_digits),
        WITH_REGISTER(a_bank_has_longer_utrs),
        WITH_REGISTER(one_payment_covers_several_people),
        WITH_REGISTER(a_payment_counts_once),
        WITH_REGISTER(short_payments_add_up_and_what_is_over_stays),
        WITH_REGISTER(money_may_come_before_the_claim),
        WITH_REGISTER(a_utr_claimed_twice_is_left_to_people),
        WITH_REGISTER(money_of_a_number_typed_twice_waits),
        WITH_REGISTER(a_claim_that_was_not_true_may_be_appealed),
        WITH_REGISTER(unknown_money_is_settled_or_given_back_with_a_reason),
        WITH_REGISTER(money_is_kept_given_back_or_found_to_be_a_members),
        WITH_REGISTER(random_histories_balance),
        WITH_REGISTER(who_neither_claims_nor_pays_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
