/* 3,000 fees of eleven rupees out of a dirty bank statement, and the same file again. */
#include "treasury_test.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "domain/payment_decision.h"
#include "domain/payment_statement.h"
#include "domain/statement_layout.h"

enum { PAYERS = 3000, PAY_ALSO = 40, CHUNK = 200 };

typedef struct Filling {
    int from;
    int64_t orders[PAYERS];
} Filling;

/* Applies, orders and claims, many at once. */
static Status fill(Ctx *ctx, void *argument) {
    Filling *f = argument;
    for (int i = f->from; i < f->from + CHUNK; i++) {
        Enrolment e = {.name = T("Asha Devi"), .phone = arena_printf(ctx->arena, "97%08d", i),
                       .unit_code = T("UP-174"), .settlement = T("rural"), .gender = T("f"),
                       .birth_year = 1980, .notice = T("1"), .consent_at = ctx->now_s,
                       .fee_method = FEE_PENDING, .how = T("web")};
        Enrolled enrolled;
        FeeOrder order;
        TRY(member_prepare(ctx, &e));
        TRY(member_enrol(ctx, &e, &enrolled));
        TRY(fee_order_create(ctx, &enrolled.serial, 1, &order));
        f->orders[i] = order.id;
        if (i % 3 == 0) continue; /* these are found by their reference alone */
        Text utr = arena_printf(ctx->arena, "6%011d", i * 7 + 1);
        TRY(fee_order_claim(ctx, &order, T("upi"), utr));
    }
    return OK;
}

static Text write_file(Register *r, const Filling *f) {
    Buffer b = buffer_in(r->arena, 4 << 20);
    buffer_add(&b, T("ACCOUNT STATEMENT,,,,\r\nAccount No,XXXX1234,,,\r\n"
                     "Txn Date,Description,Debit,Credit,Balance\r\n"));
    int64_t balance = 100000;
    for (int i = 0; i < PAYERS; i++) {
        balance += REGISTER_FEE_PAISE;
        if (i % 3)
            buffer_printf(&b, "21/11/2026,\"UPI/6%011d/CR/asha, devi/fee\",,11.00,%lld.%02lld\r\n",
                          i * 7 + 1, (long long)balance / 100, (long long)balance % 100);
        else
            buffer_printf(&b, "21/11/2026,UPI/5%011d/%.*s,,11.00,%lld.%02lld\r\n", i,
                          TEXT_ARG(fee_order_reference(&r->ctx, f->orders[i])),
                          (long long)balance / 100, (long long)balance % 100);
        if (i % 100 == 0) buffer_add(&b, T("22/11/2026,CHARGES,5.00,,\r\n\r\n"));
        if (i % (PAYERS / PAY_ALSO) == 1)
            buffer_printf(&b, "22/11/2026,UPI/4%011d/rent,,11.00,\r\n", i);
    }
    return buffer_text(&b);
}

typedef struct Importing {
    Arena *arena;
    PaymentStatement statement;
    int64_t from, fresh;
} Importing;

static Status compare(Ctx *ctx, void *argument) {
    Importing *i = argument;
    return payment_statement_compare(ctx, i->arena, &i->statement);
}

static Status count(Ctx *ctx, void *argument) {
    Importing *i = argument;
    return payment_statement_count(ctx, &i->statement, i->from, CHUNK, false, &i->fresh);
}

static void look(Register *r, Text bytes, Importing *ret) {
    Statement file;
    StatementColumns columns;
    *ret = (Importing){0};
    ctx_forget_errors(&r->ctx);
    register_must(r, statement_read(&r->ctx, T("nov.csv"), bytes, &file));
    statement_columns_guess(&file, &columns);
    register_must(r, payment_statement_credits(&r->ctx, &file, &columns, &ret->statement));
    ret->arena = file.arena;
    register_must(r, register_read(r, compare, ret));
    register_must(r, payment_statement_match(&r->ctx, file.arena, &ret->statement));
}

static int64_t fate(Register *r, Text bytes, PaymentStatementFate fate) {
    Importing i;
    look(r, bytes, &i);
    return i.statement.fates[fate];
}

/* How many payments were new. */
static int64_t imports(Register *r, Text bytes) {
    Importing i;
    int64_t total = 0;
    look(r, bytes, &i);
    for (; i.from < i.statement.credits.count; i.from += CHUNK) {
        register_must(r, register_write(r, count, &i));
        total += i.fresh;
    }
    return total;
}

static void three_thousand_fees_reconcile_in_one_go(void **state) {
    Register *r = *state;
    Filling *f = ARENA_NEW(r->arena, Filling);
    for (f->from = 0; f->from < PAYERS; f->from += CHUNK)
        register_must(r, register_write(r, fill, f));
    Text file = write_file(r, f);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_MATCHED), PAYERS);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_STRANGE), PAY_ALSO);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in"), 0); /* only looked */
    assert_int_equal(imports(r, file), PAYERS);
    assert_int_equal(register_int(r, "SELECT count(*) FROM member WHERE state = 'confirmed'"),
                     PAYERS);
    assert_int_equal(treasury_balance(r, "bank"), PAYERS * REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "suspense"), 0);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_BOOKED), PAYERS);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_MATCHED), 0);
    assert_int_equal(imports(r, file), 0);
    /* the first half again, as part of another file */
    assert_int_equal(imports(r, text_slice(file, 0, file.len / 2)), 0);
    assert_int_equal(register_int(r, "SELECT count(*) FROM payment_in"), PAYERS);
    treasury_agrees(r);
}

static const char heading[] = "Date,Description,Debit,Credit,Balance\n";

typedef struct Seeing {
    int64_t order_id;
    Text utr;
    PaymentIn payment;
} Seeing;

static Status see(Ctx *ctx, void *argument) {
    Seeing *s = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, s->order_id, &order));
    return payment_decision_see(ctx, &order, s->utr, order.amount_paise, T("On the account"),
                                &s->payment);
}

/* A treasurer confirms what the bank's page shows; the statement comes a month later. */
static void what_somebody_saw_is_not_counted_again(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1), other = treasury_applicant(r, 2);
    FeeOrder o = treasury_order(r, &serial, 1), second = treasury_order(r, &other, 1);
    Seeing s = {o.id, T("432187650123"), {0}};
    register_refused(r, register_write(r, see, &s), CONFLICT, NULL, "order_not_claimed");
    (void)treasury_claim(r, o.id, "432187650123");
    register_must(r, register_write(r, see, &s));
    assert_int_equal(register_member_at(r, serial).state, MEMBER_CONFIRMED);
    (void)treasury_claim(r, second.id, "432187650123"); /* with the other's number */
    Seeing again = {second.id, T("432187650123"), {0}};
    register_refused(r, register_write(r, see, &again), CONFLICT, NULL, "payment_seen_already");
    (void)treasury_claim(r, second.id, "432187650999");
    Text file = arena_printf(r->arena, "%s21/11/2026,UPI/432187650123/fee,,11.00,111.00\n"
                                       "21/11/2026,UPI/432187650123/again,,11.00,122.00\n"
                                       "21/11/2026,UPI/432187650999/fee,,11.00,133.00\n", heading);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_BOOKED), 1);
    assert_int_equal(imports(r, file), 2); /* the doubled one stays, to be settled */
    assert_int_equal(treasury_balance(r, "bank"), 3 * REGISTER_FEE_PAISE);
    assert_int_equal(imports(r, file), 0);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_WAITING), 1);
    assert_int_equal(fate(r, file, PAYMENT_STATEMENT_BOOKED), 2);
    treasury_agrees(r);
}

typedef struct Missing {
    Importing i;
    PaymentIn list[5];
    int count;
} Missing;

static Status find_missing(Ctx *ctx, void *argument) {
    Missing *m = argument;
    TRY(payment_statement_compare(ctx, m->i.arena, &m->i.statement));
    return payment_statement_missing(ctx, &m->i.statement, 5, m->list, &m->count);
}

static int missing(Register *r, Text file, Missing *ret) {
    look(r, file, &ret->i);
    register_must(r, register_read(r, find_missing, ret));
    return ret->count;
}

typedef struct SeenList {
    PaymentTally tallies[PAYMENT_LIST_COUNT];
    PaymentIn *list;
    int count;
} SeenList;

static Status list_seen(Ctx *ctx, void *argument) {
    SeenList *l = argument;
    TRY(payment_decision_tally(ctx, l->tallies));
    return payment_decision_list(ctx, T("seen"), T(""), 0, 10, &l->list, &l->count);
}

/* Until its line comes it is listed, and a statement of its day without it says so. */
static void what_somebody_saw_waits_for_its_line(void **state) {
    Register *r = *state;
    int64_t serial = treasury_applicant(r, 1);
    FeeOrder o = treasury_order(r, &serial, 1);
    Seeing s = {o.id, T("432187650123"), {0}};
    SeenList l;
    Missing m;
    (void)treasury_claim(r, o.id, "432187650123");
    register_must(r, register_write(r, see, &s));
    register_must(r, register_read(r, list_seen, &l));
    assert_int_equal(l.count, 1);
    assert_int_equal(l.tallies[PAYMENT_LIST_SEEN].count, 1);
    assert_int_equal(l.tallies[PAYMENT_LIST_SEEN].paise, REGISTER_FEE_PAISE);
    int64_t day = clock_day(r->ctx.now_s, r->org.zone_offset_s);
    Text other = T("UPI/432187650777/rent,,11.00,111.00\n");
    Text its = T("UPI/432187650123/fee,,11.00,122.00\n");
    char today[11], before[11];
    clock_iso_day(day, today);
    clock_iso_day(day - 1, before);
    Text without = arena_printf(r->arena, "%s%s,%.*s", heading, today, TEXT_ARG(other));
    Text earlier = arena_printf(r->arena, "%s%s,%.*s", heading, before, TEXT_ARG(other));
    Text with = arena_printf(r->arena, "%s%s,%.*s", heading, today, TEXT_ARG(its));
    assert_int_equal(missing(r, earlier, &m), 0); /* not of its days */
    assert_int_equal(missing(r, with, &m), 0);
    assert_int_equal(m.i.statement.seen, 1);
    assert_int_equal(missing(r, without, &m), 1);
    assert_int_equal(m.list[0].id, s.payment.id);
    assert_int_equal(imports(r, with), 0);
    assert_int_equal(missing(r, without, &m), 0);
    assert_int_equal(missing(r, with, &m), 0);
    assert_int_equal(m.i.statement.seen, 0);
    register_must(r, register_read(r, list_seen, &l));
    assert_int_equal(l.count, 0);
    assert_int_equal(l.tallies[PAYMENT_LIST_SEEN].count, 0);
}

/* The gateway's report beside its events: each payment once, whichever comes first. */
static void a_gateways_report_counts_nothing_that_its_events_told(void **state) {
    Register *r = *state;
    int64_t one = treasury_applicant(r, 1), two = treasury_applicant(r, 2);
    FeeOrder first = treasury_order(r, &one, 1), second = treasury_order(r, &two, 1);
    Text told = fee_order_reference(&r->ctx, first.id);
    Text late = fee_order_reference(&r->ctx, second.id);
    bool is_new;
    PaymentIn event = {.source = T("razorpay"), .external_id = T("pay_Abc123"),
                       .amount_paise = REGISTER_FEE_PAISE, .reference = told};
    (void)treasury_pays(r, event, NULL);
    Text report = arena_printf(
        r->arena, "entity_id,type,debit,credit,amount,created_at,order_receipt\n"
        "pay_Abc123,payment,0,10.7,11,21/11/2026 10:11:12,%.*s\n"
        "pay_Xyz789,payment,0,10.7,11,21/11/2026 10:11:13,%.*s\n",
        TEXT_ARG(told), TEXT_ARG(late));
    assert_int_equal(fate(r, report, PAYMENT_STATEMENT_BOOKED), 1);
    assert_int_equal(imports(r, report), 1);
    assert_int_equal(register_member_at(r, two).state, MEMBER_CONFIRMED);
    event.external_id = T("pay_Xyz789");
    event.reference = late;
    (void)treasury_pays(r, event, &is_new);
    assert_false(is_new);
    assert_int_equal(treasury_balance(r, "gateway"), 2 * REGISTER_FEE_PAISE);
    assert_int_equal(treasury_balance(r, "bank"), 0);
    Text account = arena_printf(r->arena, "%s23/11/2026,NEFT-RAZORPAY SOFTWARE-setl,,22.00,\n",
                                heading);
    assert_int_equal(fate(r, account, PAYMENT_STATEMENT_PAYOUT), 1);
    assert_int_equal(imports(r, account), 1);
    assert_int_equal(treasury_balance(r, "gateway"), 0);
    assert_int_equal(treasury_balance(r, "bank"), 2 * REGISTER_FEE_PAISE);
    treasury_agrees(r);
}

typedef struct Layout {
    Statement *file;
    StatementColumns columns;
    bool found;
} Layout;

static Status recall(Ctx *ctx, void *argument) {
    Layout *l = argument;
    statement_columns_guess(l->file, &l->columns);
    return statement_layout_recall(ctx, l->file, &l->columns, &l->found);
}

static Status remember(Ctx *ctx, void *argument) {
    Layout *l = argument;
    return statement_layout_remember(ctx, l->file, &l->columns);
}

static void confirmed_columns_are_remembered_by_the_heading(void **state) {
    Register *r = *state;
    Statement file, next, other;
    register_must(r, statement_read(&r->ctx, T("a"), T("Date,Remarks,Deposit,Cash,Balance\n"
                                    "21/11/2026,x,11.00,11.00,1\n"), &file));
    register_must(r, statement_read(&r->ctx, T("b"), T("May\n\nDATE;Remarks;Deposit;Cash;Balance\n"
                                    "21/12/2026;y;5.00;5.00;1\n"), &next));
    register_must(r, statement_read(&r->ctx, T("c"), T("Date,Remarks,Deposit,Balance\n"
                                    "21/11/2026,x,11.00,1\n"), &other));
    Layout l = {.file = &file};
    register_must(r, register_read(r, recall, &l));
    assert_false(l.found);
    assert_int_equal(l.columns.at[STATEMENT_CREDIT], 2);
    l.columns.at[STATEMENT_CREDIT] = 3;
    register_must(r, register_write(r, remember, &l));
    l.file = &next;
    register_must(r, register_read(r, recall, &l));
    assert_true(l.found);
    assert_int_equal(l.columns.at[STATEMENT_CREDIT], 3);
    assert_int_equal(l.columns.header, 1); /* the file's own */
    l.file = &other;
    register_must(r, register_read(r, recall, &l));
    assert_false(l.found);
}

#define WITH_REGISTER(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REGISTER(three_thousand_fees_reconcile_in_one_go),
        WITH_REGISTER(what_somebody_saw_is_not_counted_again),
        WITH_REGISTER(what_somebody_saw_waits_for_its_line),
        WITH_REGISTER(a_gateways_report_counts_nothing_that_its_events_told),
        WITH_REGISTER(confirmed_columns_are_remembered_by_the_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
