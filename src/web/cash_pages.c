/* Taking cash at the desk for a fee that is open: of a join on the web, or of a renewal. First who
 * pays what is shown, then the receipts. Collectors work here too, each for the own unit. */
#include "base/limits.h"
#include "domain/enroller.h"
#include "domain/pay_way.h"
#include "domain/payment_cash.h"
#include "render/messages.h"
#include "web/receipt_view.h"
#include "web/route.h"

typedef struct Taking {
    FeeOrder order;
    PaymentCash due;
    EnrollerRow own; /* what the actor has in hand, and may have */
    PayWay ways[PAY_WAY_COUNT];
    bool bare;
} Taking;

static Status prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, Taking);
    return OK;
}

static Status own_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Text who = arena_printf(ctx->arena, "%lld", (long long)ctx->actor.id);
    return enroller_find(ctx, who, &((Taking *)rq->state)->own);
}

static void show_form(Request *rq, Text typed) {
    const Taking *t = rq->state;
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "order", typed);
    view_text(arena, rq->view, "in_hand", message_rupees(arena, t->own.cash_paise));
    view_text(arena, rq->view, "at_most", message_rupees(arena, t->own.may.cash_paise));
}

static Status ask_page(Request *rq) {
    show_form(rq, T(""));
    return OK;
}

static Status ask_again(Request *rq) {
    TRY(prepare(rq));
    TRY(own_apply(rq));
    Text typed = request_text(rq, "order");
    show_form(rq, typed.ptr ? typed : T(""));
    return OK;
}

static Status find_apply(Request *rq) {
    return payment_cash_find(&rq->ctx, request_text(rq, "order"), &((Taking *)rq->state)->order);
}

static Status to_order(Request *rq) {
    const Taking *t = rq->state;
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/cash/%.*s",
                                      TEXT_ARG(fee_order_reference(&rq->ctx, t->order.id))));
    return OK;
}

static Status look_apply(Request *rq) {
    Taking *t = rq->state;
    TRY(pay_way_list(&rq->ctx, t->ways));
    return payment_cash_look(&rq->ctx, request_text(rq, "order"), &t->due);
}

static void add_person(Request *rq, View *people, PaymentCash *due, int i) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    View *item = view_item(arena, people);
    ReceiptIssued *receipt = &due->receipts[i];
    view_text(arena, item, "name", due->members[i].name);
    view_text(arena, item, "name_alt", due->members[i].name_alt);
    view_text(arena, item, "place", unit_name(&due->units[i], ctx->lang));
    view_text(arena, item, "fee", message_rupees(arena, due->order.fees[i]));
    view_bool(arena, item, "renews", due->order.renews[i]);
    if (!receipt->at) return;
    receipt_issued_sign(ctx, receipt);
    view_text(arena, item, "receipt", receipt->number);
    view_text(arena, item, "receipt_code", receipt->code);
    view_text(arena, item, "file",
              arena_printf(arena, "/desk/cash/%.*s/receipt.pdf?n=%d",
                           TEXT_ARG(fee_order_reference(ctx, due->order.id)), i));
}

static Status look_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Arena *arena = ctx->arena;
    PaymentCash *due = &((Taking *)rq->state)->due;
    bool paid = due->order.state == FEE_ORDER_PAID;
    bool beside = due->order.received_paise > 0;
    bool open = !paid && !beside && due->standing.unproved_paise > 0;
    bool takes = ((Taking *)rq->state)->ways[PAY_WAY_CASH].is_on;
    View *people = view_list(arena, rq->view, "people");
    bool bare = ((Taking *)rq->state)->bare;
    for (int i = 0; i < due->order.people && !bare; i++) add_person(rq, people, due, i);
    view_text(arena, rq->view, "reference", fee_order_reference(ctx, due->order.id));
    view_text(arena, rq->view, "amount", message_rupees(arena, due->standing.unproved_paise));
    view_text(arena, rq->view, "paise",
              arena_printf(arena, "%lld", (long long)due->standing.unproved_paise));
    view_bool(arena, rq->view, "in_cash", paid && text_eq(due->order.way, T("cash")));
    view_bool(arena, rq->view, "otherwise", paid && !text_eq(due->order.way, T("cash")));
    view_bool(arena, rq->view, "beside", !paid && beside);
    view_bool(arena, rq->view, "claimed", due->order.state == FEE_ORDER_CLAIMED && !beside);
    view_bool(arena, rq->view, "nothing", !paid && !beside && !due->standing.unproved_paise);
    view_bool(arena, rq->view, "closed", open && !takes);
    view_bool(arena, rq->view, "may_take", open && takes);
    return OK;
}

static Status take_apply(Request *rq) {
    return payment_cash_take(&rq->ctx, request_text(rq, "order"), request_int(rq, "paise"),
                             TEXT_NONE, &((Taking *)rq->state)->order);
}

/* Without the names, whom to show would have to be recorded. */
static Status take_again(Request *rq) {
    Taking *t = rq->state = ARENA_NEW(rq->ctx.arena, Taking);
    TRY(pay_way_list(&rq->ctx, t->ways));
    t->bare = true;
    TRY(payment_cash_read(&rq->ctx, request_text(rq, "order"), &t->due));
    return look_page(rq);
}

static Status receipt_pdf(Request *rq) {
    PaymentCash *due = &((Taking *)rq->state)->due;
    int64_t n = request_int(rq, "n");
    if (n >= due->order.people || !due->receipts[n].at)
        return fail(&rq->ctx, NOT_FOUND, NULL, "receipt_not_found");
    return receipt_view_answer(rq, &due->receipts[n]);
}

#define ORDER(where)                                                                               \
    {.name = "order", .place = where, .type = PARAM_TEXT, .required = true,                        \
     .max_bytes = LIMIT_CODE_BYTES, .message = "cash_order_form",                                  \
     .help = "reference, address of the payer's page, or membership number"}
static const Param order_in_form[] = {ORDER(PARAM_FORM), {0}};
static const Param order_in_path[] = {ORDER(PARAM_PATH), {0}};
static const Param take_params[] = {
    ORDER(PARAM_PATH),
    {.name = "paise", .place = PARAM_FORM, .type = PARAM_INT, .required = true, .min = 1,
     .max = LIMIT_FEE_PAISE_MAX, .message = "payment_amount", .help = "as the page said it is due"},
    {0},
};
static const Param receipt_params[] = {
    ORDER(PARAM_PATH),
    {.name = "n", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0,
     .max = FEE_ORDER_PEOPLE_MAX - 1, .help = "whose, from 0; the first when left out"},
    {0},
};

extern const Route cash_routes[];
const Route cash_routes[] = {
    {.method = "GET", .path = "/desk/cash", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ENROL, .prepare = prepare, .apply = own_apply, .render = ask_page,
     .page = "desk_cash", .summary = "Asks whose fee is paid in cash"},
    {.method = "POST", .path = "/desk/cash", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ENROL, .params = order_in_form, .prepare = prepare, .apply = find_apply,
     .render = to_order, .on_error = ask_again, .page = "desk_cash", .summary = "Leads there"},
    {.method = "GET", .path = "/desk/cash/{order}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ENROL, .params = order_in_path, .prepare = prepare, .apply = look_apply,
     .render = look_page, .page = "desk_cash_order",
     .summary = "Who pays what, and the receipts; the look is recorded"},
    {.method = "POST", .path = "/desk/cash/{order}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ENROL, .params = take_params, .prepare = prepare, .apply = take_apply,
     .render = to_order, .on_error = take_again, .page = "desk_cash_order",
     .summary = "The cash was taken: receipts are written"},
    {.method = "GET", .path = "/desk/cash/{order}/receipt.pdf", .kind = ROUTE_WRITE,
     .face = FACE_FILE, .needs = CAN_ENROL, .params = receipt_params, .prepare = prepare,
     .apply = look_apply, .render = receipt_pdf, .slow = true,
     .summary = "One of the receipts, to hand on; the look is recorded"},
    {0},
};
