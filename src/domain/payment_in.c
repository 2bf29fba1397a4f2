/* Counting money that came in; see payment_in.h. */
#include "domain/payment_in.h"

#include "domain/audit.h"
#include "domain/ledger.h"
#include "domain/oddity_look.h"
#include "domain/payer.h"
#include "domain/payment_narration.h"
#include "domain/reason.h"
#include "domain/receipt.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static PaymentIn read_row(Query *q) {
    return (PaymentIn){.id = query_column_int(q, 0),
                       .source = query_column_text(q, 1),
                       .external_id = query_column_text(q, 2),
                       .at = query_column_int(q, 3),
                       .amount_paise = query_column_int(q, 4),
                       .left_paise = query_column_int(q, 5),
                       .utr = query_column_text(q, 6),
                       .gateway_order = query_column_text(q, 7),
                       .reference = query_column_text(q, 8),
                       .order_id = query_column_int(q, 9),
                       .state = query_column_text(q, 10),
                       .problem = query_column_text(q, 11),
                       .reason = query_column_text(q, 12),
                       .decided_at = query_column_int(q, 13),
                       .returned_by = query_column_text(q, 14)};
}

Status payment_in_read(Ctx *ctx, int64_t id, PaymentIn *ret) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", id);
    bool found;
    TRY(query_row(q, &found));
    if (found) *ret = read_row(q);
    TRY(query_done(q));
    return found ? OK : fail(ctx, NOT_FOUND, NULL, "payment_not_found");
}

bool payment_in_is_seen(const PaymentIn *p) { return text_starts_with(p->external_id, T("seen:")); }

static Status read_list(Query *q, PaymentIn *ret, int *ret_count) {
    *ret_count = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) return query_done(q);
        ret[(*ret_count)++] = read_row(q);
    }
}

Status payment_in_list_seen(Ctx *ctx, int64_t from, int64_t to, int64_t after, int max,
                            PaymentIn **ret, int *ret_count) {
    *ret = ARENA_ARRAY(ctx->arena, PaymentIn, max);
    Query *q = query_begin(ctx, Q_PAYMENT_IN_LIST_SEEN);
    query_int(q, "org", ctx->org->id);
    query_int(q, "from", from);
    query_int(q, "to", to);
    query_int(q, "after", after);
    query_int(q, "max", max);
    return read_list(q, *ret, ret_count);
}

Status payment_in_list(Ctx *ctx, Text state, int64_t after, int max, PaymentIn **ret,
                       int *ret_count) {
    if (text_eq(state, T("seen")))
        return payment_in_list_seen(ctx, 0, INT64_MAX, after, max, ret, ret_count);
    *ret = ARENA_ARRAY(ctx->arena, PaymentIn, max);
    Query *q = query_begin(ctx, Q_PAYMENT_IN_LIST);
    query_int(q, "org", ctx->org->id);
    query_text(q, "state", state);
    query_int(q, "after", after);
    query_int(q, "max", max);
    return read_list(q, *ret, ret_count);
}

Status payment_in_set(Ctx *ctx, const PaymentIn *p) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_SET);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", p->id);
    query_int(q, "left_paise", p->left_paise);
    query_int_or_null(q, "order", p->order_id);
    query_text(q, "state", p->state);
    query_text(q, "problem", p->problem);
    query_text(q, "reason", p->reason);
    query_int_or_null(q, "decided_at", p->decided_at);
    query_text(q, "returned_by", p->returned_by);
    TRY(query_run(q));
    return p->left_paise ? OK : payment_narration_drop(ctx, p->id);
}

static Text subject_of(Ctx *ctx, const PaymentIn *p) {
    return arena_printf(ctx->arena, "payment:%lld", (long long)p->id);
}

/* Where money of a source lies. */
static Text account_of(const PaymentIn *p) {
    return text_eq(p->source, T("bank")) ? T("bank") : T("gateway");
}

static FeeMethod method_of(const PaymentIn *p, const FeeOrder *o) {
    if (text_eq(p->source, T("demo"))) return FEE_DEMO_ORDER;
    if (text_eq(p->source, T("razorpay"))) return FEE_GATEWAY;
    return text_eq(o->way, T("bank")) ? FEE_BANK : FEE_UPI;
}

/* The payments of an order of which something is left, oldest first. */
static Status open_of_order(Ctx *ctx, int64_t order_id, int64_t *ids, int max, int *ret_count) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_OF_ORDER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", order_id);
    return query_run_ints(q, ids, max, ret_count);
}

enum { PAYMENTS_OF_ORDER_MAX = 100 };

static Status read_of_order(Ctx *ctx, int64_t order_id, PaymentIn *list, int *ret_count,
                            int64_t *ret_left) {
    int64_t ids[PAYMENTS_OF_ORDER_MAX];
    TRY(open_of_order(ctx, order_id, ids, PAYMENTS_OF_ORDER_MAX, ret_count));
    *ret_left = 0;
    for (int i = 0; i < *ret_count; i++) {
        TRY(payment_in_read(ctx, ids[i], &list[i]));
        *ret_left += list[i].left_paise;
    }
    return OK;
}

Status payment_in_left_for(Ctx *ctx, int64_t order_id, int64_t *ret_paise) {
    PaymentIn *list = ARENA_ARRAY(ctx->arena, PaymentIn, PAYMENTS_OF_ORDER_MAX);
    int count;
    return read_of_order(ctx, order_id, list, &count, ret_paise);
}

static Status renew(Ctx *ctx, FeeOrder *o, int i, Member *member, FeeMethod method) {
    Text receipt;
    TRY(fee_order_renew(ctx, o, i, member));
    return receipt_record(ctx, member->serial, member->unit_id, method, o->fees[i],
                          ctx->now_s, &receipt);
}

static Status confirm_people(Ctx *ctx, FeeOrder *o, FeeMethod method) {
    for (int i = 0; i < o->people; i++) {
        Member member;
        Text receipt;
        TRY(member_by_serial(ctx, o->serials[i], &member));
        bool due;
        TRY(fee_order_is_due(ctx, o, i, &member, &due));
        if (!due) continue;
        if (o->renews[i])
            TRY(renew(ctx, o, i, &member, method));
        else
            TRY(member_confirm_fee(ctx, &member, method, o->fees[i], &receipt));
    }
    return OK;
}

static bool is_kept(const PaymentIn *p) { return text_eq(p->state, T("kept")); }

/* Takes an amount out of the payments, oldest first; what somebody decided to keep goes last. */
static void spend(PaymentIn *list, int count, int64_t paise) {
    for (int i = 0; i < 2 * count && paise; i++) {
        PaymentIn *p = &list[i % count];
        if (is_kept(p) != (i >= count)) continue;
        int64_t part = p->left_paise < paise ? p->left_paise : paise;
        p->left_paise -= part;
        paise -= part;
    }
}

/* What somebody decided about a payment stands, as long as something is left of it. */
static Status put_aside(Ctx *ctx, PaymentIn *p, const char *problem) {
    if (!is_kept(p) || !p->left_paise) p->state = p->left_paise ? T("open") : T("settled");
    p->problem = p->left_paise ? text_of(problem) : T("");
    return payment_in_set(ctx, p);
}

/* Counts what is here for an order; newest is the payment that brought it about. */
static Status count_for(Ctx *ctx, FeeOrder *o, const PaymentIn *newest) {
    PaymentIn *list = ARENA_ARRAY(ctx->arena, PaymentIn, PAYMENTS_OF_ORDER_MAX);
    int count;
    int64_t left;
    FeeStanding standing;
    bool was_paid = o->state == FEE_ORDER_PAID;
    TRY(read_of_order(ctx, o->id, list, &count, &left));
    TRY(fee_order_standing(ctx, o, &standing));
    int64_t due = standing.unproved_paise;
    bool enough = due > 0 && left >= due;
    if (enough) {
        TRY(confirm_people(ctx, o, method_of(newest, o)));
        spend(list, count, due);
    }
    if (!was_paid && (enough || due == 0)) TRY(fee_order_close(ctx, o, newest->source));
    /* Nobody of it can be confirmed any more, by this order at least. */
    const char *problem = enough ? "excess" : due ? "short" : was_paid ? "double" : "late";
    for (int i = 0; i < count; i++) TRY(put_aside(ctx, &list[i], problem));
    return OK;
}

/* The order a payment says it is for; *ret_id 0: none, -1: several. */
static Status find_one(Ctx *ctx, QueryId id, const char *name, Text value, int64_t *ret_id) {
    *ret_id = 0;
    if (!value.len) return OK;
    Query *q = query_begin(ctx, id);
    query_int(q, "org", ctx->org->id);
    query_text(q, name, value);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        *ret_id = *ret_id ? -1 : query_column_int(q, 0);
    }
    return query_done(q);
}

static Status find_order(Ctx *ctx, const PaymentIn *p, int64_t *ret_id) {
    if (order_code_reference_read(&ctx->org->keys, ctx->org->code, p->reference, ret_id)) return OK;
    TRY(find_one(ctx, Q_FEE_ORDER_BY_GATEWAY_ORDER, "gateway_order", p->gateway_order, ret_id));
    if (*ret_id) return OK;
    return find_one(ctx, Q_FEE_ORDER_BY_UTR, "utr", p->utr, ret_id);
}

static Status attach(Ctx *ctx, PaymentIn *p, FeeOrder *order) {
    p->order_id = order->id;
    TRY(payment_in_set(ctx, p));
    TRY(count_for(ctx, order, p));
    TRY(oddity_look_payment(ctx, p->id));
    return payment_in_read(ctx, p->id, p);
}

static Status insert(Ctx *ctx, PaymentIn *p) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &p->id));
    q = query_begin(ctx, Q_PAYMENT_IN_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", p->id);
    query_text(q, "source", p->source);
    query_text(q, "external_id", p->external_id);
    query_int(q, "at", p->at);
    query_int(q, "amount_paise", p->amount_paise);
    query_text(q, "utr", p->utr.ptr ? p->utr : T(""));
    query_text(q, "gateway_order", p->gateway_order.ptr ? p->gateway_order : T(""));
    query_text(q, "reference", p->reference.ptr ? p->reference : T(""));
    return query_run(q);
}

static Status find_existing(Ctx *ctx, const PaymentIn *p, int64_t *ret_id) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_FIND);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", p->source);
    query_text(q, "external_id", p->external_id);
    return query_run_int(q, ret_id);
}

/* Nobody's until another event about the same payment says whose it is. */
static Status learn(Ctx *ctx, const PaymentIn *told, PaymentIn *known) {
    int64_t order_id;
    FeeOrder order;
    PaymentIn both = *known;
    if (!text_eq(known->state, T("open")) || known->order_id ||
        !text_eq(known->problem, T("unknown")))
        return OK;
    both.reference = told->reference;
    both.gateway_order = told->gateway_order;
    both.utr = told->utr;
    TRY(find_order(ctx, &both, &order_id));
    if (order_id <= 0) return OK;
    Status status = fee_order_read(ctx, order_id, &order);
    if (status == OK) return attach(ctx, known, &order);
    if (status == NOT_FOUND) ctx_forget_errors(ctx);
    return status == NOT_FOUND ? OK : status;
}

/* What somebody saw on the account gets the line's own id; *ret_id 0: nobody saw it. */
static Status adopt_seen(Ctx *ctx, const PaymentIn *p, int64_t *ret_id) {
    bool found, bank = text_eq(p->source, T("bank")) && p->utr.len;
    *ret_id = 0;
    if (!bank || payment_in_is_seen(p)) return OK;
    Query *q = query_begin(ctx, Q_PAYMENT_IN_SEEN);
    query_int(q, "org", ctx->org->id);
    query_text(q, "utr", p->utr);
    query_int(q, "amount_paise", p->amount_paise);
    TRY(query_row(q, &found));
    if (found) *ret_id = query_column_int(q, 0);
    TRY(query_done(q));
    if (!found) return OK;
    q = query_begin(ctx, Q_PAYMENT_IN_SET_EXTERNAL);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", *ret_id);
    query_text(q, "external_id", p->external_id);
    TRY(query_run(q));
    return oddity_end(ctx, ODDITY_SEEN,
                      arena_printf(ctx->arena, "payment:%lld", (long long)*ret_id), T("statement"));
}

static Status is_known(Ctx *ctx, PaymentIn *p, bool *ret) {
    int64_t id;
    Status status = find_existing(ctx, p, &id);
    *ret = status == OK;
    if (status == NOT_FOUND) status = adopt_seen(ctx, p, &id);
    if (status != OK || (!*ret && !id)) return status;
    *ret = true;
    return payment_in_read(ctx, id, p);
}

static Status find_whose(Ctx *ctx, PaymentIn *p) {
    int64_t order_id;
    bool ambiguous = text_eq(p->problem, T("ambiguous"));
    TRY(payment_in_read(ctx, p->id, p));
    order_id = -1;
    if (!ambiguous) TRY(find_order(ctx, p, &order_id));
    FeeOrder order;
    Status status = order_id > 0 ? fee_order_read(ctx, order_id, &order) : NOT_FOUND;
    if (status == OK) return attach(ctx, p, &order);
    if (status != NOT_FOUND) return status;
    ctx_forget_errors(ctx);
    if (order_id == 0) return OK;
    p->problem = order_id < 0 ? T("ambiguous") : T("unknown");
    return payment_in_set(ctx, p);
}

Status payment_in_receive(Ctx *ctx, PaymentIn *p, bool *ret_new) {
    bool known;
    PaymentIn told = *p;
    if (p->amount_paise <= 0) return fail(ctx, INVALID, "amount", "payment_amount");
    TRY(is_known(ctx, p, &known));
    *ret_new = !known;
    if (known) return learn(ctx, &told, p);
    TRY(insert(ctx, p));
    TRY(payer_keep(ctx, p->id, told.payer));
    TRY(ledger_move(ctx, T("suspense"), account_of(p), p->amount_paise, 0, "money",
                    subject_of(ctx, p), T("")));
    TRY(find_whose(ctx, p));
    return p->left_paise ? payment_narration_keep(ctx, p->id, told.narration) : OK;
}

static Status match_by(Ctx *ctx, QueryId id, const char *name, Text value, FeeOrder *o) {
    int64_t payment_id;
    TRY(find_one(ctx, id, name, value, &payment_id));
    if (payment_id <= 0) return OK;
    PaymentIn p;
    TRY(payment_in_read(ctx, payment_id, &p));
    return attach(ctx, &p, o);
}

/* A number that several typed is nobody's until somebody has decided. */
Status payment_in_match_order(Ctx *ctx, FeeOrder *o) {
    int64_t claimed_by;
    TRY(match_by(ctx, Q_PAYMENT_IN_BY_GATEWAY, "gateway_order", o->gateway_order, o));
    if (o->state == FEE_ORDER_PAID) return OK;
    TRY(find_one(ctx, Q_FEE_ORDER_BY_UTR, "utr", o->utr, &claimed_by));
    return claimed_by == o->id ? match_by(ctx, Q_PAYMENT_IN_BY_UTR, "utr", o->utr, o) : OK;
}

Status payment_in_to_decide(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret) {
    TRY(treasury_scope_check(ctx));
    TRY(payment_in_read(ctx, id, ret));
    TRY(reason_check(ctx, &reason));
    if (!ret->left_paise) return fail(ctx, CONFLICT, NULL, "payment_settled");
    ret->reason = reason;
    ret->decided_at = ctx->now_s;
    return OK;
}

Status payment_in_settle(Ctx *ctx, int64_t id, Text target, Text reason, PaymentIn *ret) {
    FeeOrder order;
    TRY(payment_in_to_decide(ctx, id, reason, ret));
    TRY(fee_order_by_target(ctx, target, &order));
    ret->state = T("open");
    TRY(attach(ctx, ret, &order));
    return audit_add(ctx, "payment.settle", subject_of(ctx, ret), ret->reason);
}

Status payment_in_refund(Ctx *ctx, int64_t id, Text reason, PaymentIn *ret) {
    TRY(payment_in_to_decide(ctx, id, reason, ret));
    TRY(ledger_move(ctx, account_of(ret), T("suspense"), ret->left_paise, 0, "return",
                    subject_of(ctx, ret), ret->reason));
    ret->left_paise = 0;
    ret->state = T("refunded");
    TRY(payment_in_set(ctx, ret));
    return audit_add(ctx, "payment.refund", subject_of(ctx, ret), ret->reason);
}
