/* See treasury_test.h. */
#include "treasury_test.h"

int64_t treasury_applicant(Register *r, int which) {
    Enrolment e = register_person(r, which);
    e.fee_method = FEE_PENDING;
    e.fee_paise = 0;
    Enrolled enrolled;
    register_must(r, register_enrol(r, &e, &enrolled));
    assert_int_equal(enrolled.state, MEMBER_APPLIED);
    return enrolled.serial;
}

typedef struct Ordering {
    const int64_t *serials;
    int count;
    FeeOrder order;
} Ordering;

static Status create(Ctx *ctx, void *argument) {
    Ordering *o = argument;
    return fee_order_create(ctx, o->serials, o->count, &o->order);
}

FeeOrder treasury_order(Register *r, const int64_t *serials, int count) {
    Ordering o = {.serials = serials, .count = count};
    register_must(r, register_write(r, create, &o));
    return o.order;
}

typedef struct Renewing {
    Member member;
    FeeOrder order;
} Renewing;

static Status order_renewal(Ctx *ctx, void *argument) {
    Renewing *re = argument;
    return fee_order_for_renewal(ctx, &re->member, &re->order);
}

FeeOrder treasury_renewal(Register *r, int64_t serial) {
    Renewing re = {.member = register_member_at(r, serial)};
    register_must(r, register_write(r, order_renewal, &re));
    return re.order;
}

static Status read_order(Ctx *ctx, void *argument) {
    return fee_order_read(ctx, ((FeeOrder *)argument)->id, argument);
}

FeeOrder treasury_order_now(Register *r, int64_t id) {
    FeeOrder o = {.id = id};
    register_must(r, register_read(r, read_order, &o));
    return o;
}

typedef struct Claiming {
    int64_t id;
    Text typed;
} Claiming;

static Status claim(Ctx *ctx, void *argument) {
    Claiming *c = argument;
    FeeOrder order;
    Text utr;
    TRY(fee_order_utr(ctx, "utr", c->typed, false, &utr));
    TRY(fee_order_read(ctx, c->id, &order));
    return fee_order_claim(ctx, &order, T("upi"), utr);
}

FeeOrder treasury_claim(Register *r, int64_t id, const char *utr) {
    Claiming c = {id, text_of(utr)};
    register_must(r, register_write(r, claim, &c));
    return treasury_order_now(r, id);
}

typedef struct Paying {
    PaymentIn payment;
    bool is_new;
} Paying;

static Status receive(Ctx *ctx, void *argument) {
    Paying *p = argument;
    return payment_in_receive(ctx, &p->payment, &p->is_new);
}

PaymentIn treasury_pays(Register *r, PaymentIn p, bool *ret_new) {
    Paying paying = {.payment = p};
    register_must(r, register_write(r, receive, &paying));
    if (ret_new) *ret_new = paying.is_new;
    return paying.payment;
}

typedef struct Balance {
    Text account;
    int64_t paise;
} Balance;

static Status read_balance(Ctx *ctx, void *argument) {
    Balance *b = argument;
    return ledger_balance(ctx, b->account, INT64_MAX, &b->paise);
}

int64_t treasury_balance(Register *r, const char *account) {
    Balance b = {.account = text_of(account)};
    register_must(r, register_read(r, read_balance, &b));
    return b.paise;
}

void treasury_agrees(Register *r) {
    assert_int_equal(register_int(r, "SELECT count(*) FROM (SELECT sum(paise) AS s FROM "
                                     "ledger_line GROUP BY day, number) WHERE s <> 0"), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM ledger_entry e WHERE 2 > (SELECT "
                                     "count(*) FROM ledger_line l WHERE l.org_id = e.org_id AND "
                                     "l.day = e.day AND l.number = e.number)"), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM (SELECT account, day, sum(paise) AS s "
                                     "FROM ledger_line GROUP BY account, day) x FULL JOIN "
                                     "ledger_day d ON d.account = x.account AND d.day = x.day "
                                     "WHERE x.s IS NOT d.debit - d.credit"), 0);
    /* Every fee that a member's proof speaks of is in the books, and no other; who got money back
     * got all of it, that of renewals too. */
    int64_t proved = register_int(
        r, "SELECT count(*) FROM member WHERE fee_proof NOT IN ('none', 'free', 'refunded')");
    int64_t renewed = register_int(
        r, "SELECT coalesce(sum(f.fee_paise), 0) FROM fee_order_member f JOIN member m ON m.org_id "
           "= f.org_id AND m.serial = f.serial WHERE f.renewed_at IS NOT NULL AND m.fee_proof <> "
           "'refunded'");
    assert_int_equal(-treasury_balance(r, "fees") - treasury_balance(r, "refunds"),
                     proved * REGISTER_FEE_PAISE + renewed);
    assert_int_equal(-treasury_balance(r, "suspense"),
                     register_int(r, "SELECT coalesce(sum(left_paise), 0) FROM payment_in"));
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in WHERE (left_paise > 0) <> "
                                     "(state IN ('open', 'kept', 'returning'))"), 0);
    register_agrees(r);
}
