/* See power_cut_acts.h. */
#include "power_cut_acts.h"

#include <stdatomic.h>

#include "crypto/hmac.h"
#include "domain/fee_gather.h"
#include "domain/gateway_payout.h"
#include "domain/payment_cash.h"
#include "domain/receipt_book.h"
#include "domain/refund.h"
#include "domain/unit_share.h"
#include "forgetful_vfs.h"

const char power_cut_secret[] = "whsec-of-the-power-cut-test";

static struct CutAfter {
    atomic_int told_left;
    int64_t cut_at;
} cut_after;

bool power_cut_is_gateway(const Worker *w) { return w->index < GATEWAYS; }
bool power_cut_is_bank(const Worker *w) {
    return !power_cut_is_gateway(w) && w->index < GATEWAYS + BANKS;
}
bool power_cut_is_collector(const Worker *w) {
    return !power_cut_is_gateway(w) && !power_cut_is_bank(w) && w->index < FIRST_OFFICE;
}
static bool is_family(const Worker *w) { return w->index >= FIRST_OFFICE + OFFICES; }
int power_cut_nth(const Worker *w) { return (int)(w->act - w->acts); }

void power_cut_plan(int told_first, int64_t cut_at) {
    atomic_store(&cut_after.told_left, told_first);
    cut_after.cut_at = cut_at;
    if (!told_first) forgetful_cut_at(cut_at);
}

int power_cut_told_left(void) { return atomic_load(&cut_after.told_left); }

/* An acknowledgement; the cut is planned once there were enough. */
static void note_told(bool *ret) {
    *ret = true;
    if (atomic_fetch_sub(&cut_after.told_left, 1) == 1) forgetful_cut_at(cut_after.cut_at);
}

/* Does it; false when the power is gone. Any other refusal is wrong. */
static bool does(Worker *w, Apply apply, bool *ret_told) {
    ctx_forget_errors(&w->ctx);
    Status status = lane_write(w->r->store, &w->ctx, apply, w);
    if (status == OK)
        note_told(ret_told);
    else if (status != IO && status != BUSY)
        w->wrong = w->ctx.error_count ? w->ctx.errors[0].message : "refused";
    return status == OK;
}

static Enrolment person_of(Worker *w, FeeMethod method) {
    return (Enrolment){.name = T("Asha Devi"), .unit_code = T("UP-174"),
                       .phone = arena_printf(w->arena, "98%03d%05d", w->index, power_cut_nth(w)),
                       .settlement = T("rural"), .gender = T("f"), .birth_year = 1980,
                       .notice = T("1"), .consent_at = w->ctx.now_s, .fee_method = method,
                       .fee_paise = method == FEE_CASH ? REGISTER_FEE_PAISE : 0,
                       .how = T("enroller")};
}

static Status order_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Enrolment e = person_of(w, FEE_PENDING);
    Enrolled enrolled;
    FeeOrder order;
    TRY(member_prepare(ctx, &e));
    TRY(member_enrol(ctx, &e, &enrolled));
    TRY(fee_order_create(ctx, &enrolled.serial, 1, &order));
    w->act->serial = enrolled.serial;
    w->act->order = order.id;
    return OK;
}

static Text external_id(Worker *w, int which) {
    return arena_printf(w->arena, "pay_%d_%d_%c", w->index, power_cut_nth(w), 'a' + which);
}

/* One event of the gateway, over HTTP. 0 when no answer came. */
int power_cut_sends_event(Worker *w, int which, bool named, bool *ret_counted) {
    char hex[HMAC_HEX_CHARS], answer[ANSWER_BYTES];
    Text reference = named ? fee_order_reference(&w->ctx, w->act->order) : T("");
    Text body = arena_printf(
        w->arena, "{\"event\":\"payment.captured\",\"payload\":{\"payment\":{\"entity\":{"
                  "\"id\":\"%.*s\",\"amount\":%lld,\"currency\":\"INR\",\"status\":\"captured\","
                  "\"captured\":true,\"notes\":{\"reference\":\"%.*s\"}}}}}",
        TEXT_ARG(external_id(w, which)), (long long)w->act->paise[which], TEXT_ARG(reference));
    hmac_sha256_hex(text_of(power_cut_secret), body, hex);
    client_send(w->fd, arena_printf(w->arena,
                                    "POST /hook/razorpay HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                    "X-Razorpay-Signature: %.*s\r\nContent-Length: %zu\r\n\r\n"
                                    "%.*s",
                                    w->site->app.port, (int)sizeof hex, hex, body.len,
                                    TEXT_ARG(body)));
    int status = client_read(w->fd, false, answer, sizeof answer);
    *ret_counted = status == 200 && strstr(answer, "\"counted\":true");
    return status;
}

/* As gateways do: again, although it was answered. */
static bool tells_twice(Worker *w, int which, int64_t paise, bool named) {
    w->act->paise[which] = paise;
    for (int again = 0; again < 2; again++) {
        bool counted;
        if (power_cut_sends_event(w, which, named, &counted) != 200) return false;
        w->act->counted[which] += counted;
        note_told(&w->act->told[which]);
    }
    return true;
}

static Status find_payment(Ctx *ctx, Text source, Text id, int64_t *ret_id) {
    Query *q = query_begin(ctx, Q_PAYMENT_IN_FIND);
    query_int(q, "org", ctx->org->id);
    query_text(q, "source", source);
    query_text(q, "external_id", id);
    return query_run_int(q, ret_id);
}

static Status return_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    PaymentIn payment;
    int64_t id;
    TRY(find_payment(ctx, T("razorpay"), external_id(w, 0), &id));
    return payment_in_refund(ctx, id, T("nobody's"), &payment);
}

/* Right, in two parts, nobody's (and given back), twice. */
static bool act_of_gateway(Worker *w) {
    int way = power_cut_nth(w) % 4;
    if (!does(w, order_apply, &w->act->ordered)) return false;
    if (!tells_twice(w, 0, way == 1 ? SHORT_PAISE : REGISTER_FEE_PAISE, way != 2)) return false;
    if (way == 1) return tells_twice(w, 1, REGISTER_FEE_PAISE - SHORT_PAISE, true);
    if (way == 2) return does(w, return_apply, &w->act->returned);
    return way != 3 || tells_twice(w, 1, REGISTER_FEE_PAISE, true);
}

static Text utr_of(Worker *w) {
    return arena_printf(w->arena, "4%05d%06d", w->index, power_cut_nth(w));
}

static Status claim_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    FeeOrder order;
    TRY(fee_order_read(ctx, w->act->order, &order));
    /* the bank may have been quicker */
    return order.state == FEE_ORDER_PAID ? OK : fee_order_claim(ctx, &order, T("upi"), utr_of(w));
}

static Status credit_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    PaymentIn p = {.source = T("bank"), .external_id = external_id(w, 0), .at = ctx->now_s,
                   .amount_paise = w->act->paise[0], .utr = utr_of(w)};
    bool is_new;
    return payment_in_receive(ctx, &p, &is_new);
}

/* The credit after its claim, or before. */
static bool act_of_bank(Worker *w) {
    Act *act = w->act;
    if (!does(w, order_apply, &act->ordered)) return false;
    bool claim_first = power_cut_nth(w) % 2;
    if (claim_first && !does(w, claim_apply, &act->claimed)) return false;
    act->paise[0] = REGISTER_FEE_PAISE;
    for (int again = 0; again < 2; again++)
        if (!does(w, credit_apply, &act->told[0])) return false;
    return claim_first || does(w, claim_apply, &act->claimed);
}

static Status cash_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Enrolment e = person_of(w, FEE_CASH);
    Enrolled enrolled;
    TRY(member_prepare(ctx, &e));
    ctx->actor.kind = ACTOR_TOKEN;
    Status status = member_enrol(ctx, &e, &enrolled);
    ctx->actor.kind = ACTOR_OPERATOR;
    w->act->serial = enrolled.serial;
    return status;
}

static Text slip_of(Worker *w) {
    return arena_printf(w->arena, "slip-%d-%d", w->index, power_cut_nth(w));
}

static Status hand_in_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    return receipt_book_deposit(ctx, w->ctx.actor.id, HANDED_IN_PAISE, T("bank"), slip_of(w));
}

static Status give_back_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Member member;
    int64_t paise;
    TRY(member_by_serial(ctx, w->act->serial, &member));
    return refund_member(ctx, &member, T("bank"), T("twice"), &paise);
}

static bool act_of_collector(Worker *w) {
    if (!does(w, cash_apply, &w->act->enrolled)) return false;
    if (!does(w, hand_in_apply, &w->act->handed_in)) return false;
    return power_cut_nth(w) % 3 || does(w, give_back_apply, &w->act->given_back);
}

static Status renewal_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Member member;
    FeeOrder order;
    TRY(member_by_serial(ctx, w->act->serial, &member));
    TRY(fee_order_for_renewal(ctx, &member, &order));
    w->act->order = order.id;
    return fee_order_claim(ctx, &order, T("upi"), utr_of(w));
}

static Status take_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    FeeOrder order;
    Text target = fee_order_reference(ctx, w->act->order);
    return payment_cash_take(ctx, target, REGISTER_FEE_PAISE, T(""), &order);
}

static Status reject_apply(Ctx *ctx, void *argument) {
    FeeOrder order;
    TRY(fee_order_read(ctx, ((Worker *)argument)->act->order, &order));
    return fee_order_reject(ctx, &order, T("not found"));
}

static Status restore_apply(Ctx *ctx, void *argument) {
    FeeOrder order;
    TRY(fee_order_read(ctx, ((Worker *)argument)->act->order, &order));
    return fee_order_restore(ctx, &order, T("found"));
}

/* The gateway has a fee of this act's, and hands a part of it on. */
static Status pay_out_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    PaymentIn fee = {.source = T("razorpay"), .external_id = external_id(w, 1), .at = ctx->now_s,
                     .amount_paise = REGISTER_FEE_PAISE,
                     .reference = fee_order_reference(ctx, w->act->order)};
    PaymentIn credit = {.source = T("bank"), .external_id = external_id(w, 2), .at = ctx->now_s,
                        .amount_paise = PAID_OUT_PAISE};
    bool is_new;
    TRY(payment_in_receive(ctx, &fee, &is_new));
    TRY(payment_in_receive(ctx, &credit, &is_new));
    return gateway_payout_settle(ctx, credit.id, CHARGES_PAISE, &credit);
}

static Status charge_apply(Ctx *ctx, void *argument) {
    return gateway_payout_charge(ctx, CHARGES_PAISE, slip_of(argument));
}

static Status share_apply(Ctx *ctx, void *argument) {
    int64_t paise = 1;
    UnitShareLook look;
    TRY(unit_share_look(ctx, T("UP-174"), &look));
    return unit_share_pay(ctx, T("UP-174"), &look, paise, T("bank"), slip_of(argument), &paise);
}

/* A renewal that the bank proves, cash for an open fee, a claim rejected and restored, payouts. */
static bool act_of_office(Worker *w) {
    Act *act = w->act;
    switch (power_cut_nth(w) % 4) {
    case 0:
        if (!does(w, cash_apply, &act->enrolled)) return false;
        if (!does(w, renewal_apply, &act->renewing)) return false;
        act->paise[0] = REGISTER_FEE_PAISE;
        return does(w, credit_apply, &act->told[0]) && does(w, credit_apply, &act->told[0]);
    case 1: return does(w, order_apply, &act->ordered) && does(w, take_apply, &act->took);
    case 2:
        return does(w, order_apply, &act->ordered) && does(w, claim_apply, &act->claimed) &&
               does(w, reject_apply, &act->rejected) && does(w, restore_apply, &act->restored);
    default:
        return does(w, order_apply, &act->ordered) && does(w, pay_out_apply, &act->paid_out) &&
               does(w, charge_apply, &act->charged) && does(w, share_apply, &act->shared);
    }
}

static Status family_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    for (int i = 0; i < FAMILY; i++) {
        Enrolment e = person_of(w, FEE_PENDING);
        Enrolled enrolled;
        e.phone = arena_printf(w->arena, "97%03d%04d%d", w->index, power_cut_nth(w), i);
        TRY(member_prepare(ctx, &e));
        TRY(member_enrol(ctx, &e, &enrolled));
        w->act->family[i] = enrolled.serial;
    }
    return OK;
}

static Status gather_apply(Ctx *ctx, void *argument) {
    Worker *w = argument;
    Text typed = T("");
    FeeOrder order;
    for (int i = 0; i < FAMILY; i++) {
        char number[NUMBER_TEXT_MAX];
        Member member;
        TRY(member_by_serial(ctx, w->act->family[i], &member));
        typed = arena_printf(w->arena, "%.*s%.*s\n", TEXT_ARG(typed),
                             (int)number_text(&member.number, number), number);
    }
    TRY(fee_gather_members(ctx, typed, &order));
    w->act->together = w->act->order = order.id;
    return fee_order_claim(ctx, &order, T("upi"), utr_of(w));
}

/* Three people, one order, one transfer, told twice. */
static bool act_of_family(Worker *w) {
    if (!does(w, family_apply, &w->act->ordered)) return false;
    if (!does(w, gather_apply, &w->act->gathered)) return false;
    w->act->paise[0] = FAMILY * REGISTER_FEE_PAISE;
    return does(w, credit_apply, &w->act->told[0]) && does(w, credit_apply, &w->act->told[0]);
}

bool power_cut_act(Worker *w) {
    if (power_cut_is_gateway(w)) return act_of_gateway(w);
    if (power_cut_is_bank(w)) return act_of_bank(w);
    if (power_cut_is_collector(w)) return act_of_collector(w);
    return is_family(w) ? act_of_family(w) : act_of_office(w);
}
