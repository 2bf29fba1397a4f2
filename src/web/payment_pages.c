/* Money that came in, at the desk: what is to be settled, left for later, to be paid back, paid
 * back; and deciding about one payment. The domain checks who may. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/gateway_payout.h"
#include "domain/payment_decision.h"
#include "domain/payment_narration.h"
#include "domain/treasury_scope.h"
#include "render/messages.h"
#include "web/payment_words.h"
#include "web/reason_words.h"
#include "web/route.h"

enum { PAYMENTS_A_PAGE = 50 };

typedef struct PaymentDesk {
    PaymentIn *list, payment;
    Text *narrations, narration; /* of the list, of the one */
    int64_t next;                /* another to settle, or 0 */
    int count;
    PaymentTally tallies[PAYMENT_LIST_COUNT];
    int64_t filtered, claims;
    int64_t problems[PAYMENT_WORDS_PROBLEMS];
    int64_t near[2]; /* orders claimed under the payment's UTR */
    int near_count;
} PaymentDesk;

static const char *const labels[PAYMENT_LIST_COUNT] = {
    [PAYMENT_LIST_OPEN] = "payments_open",
    [PAYMENT_LIST_KEPT] = "payments_kept",
    [PAYMENT_LIST_RETURNING] = "payments_returning",
    [PAYMENT_LIST_REFUNDED] = "payments_refunded",
    [PAYMENT_LIST_SEEN] = "payments_seen",
};

static Status desk_prepare(Request *rq) {
    request_private(rq);
    rq->state = ARENA_NEW(rq->ctx.arena, PaymentDesk);
    return OK;
}

static Text state_of(const Request *rq) {
    Text state = request_text(rq, "state");
    return state.len ? state : payment_decision_list_name(PAYMENT_LIST_OPEN);
}

static bool is_seen_list(const Request *rq) {
    return text_eq(state_of(rq), payment_decision_list_name(PAYMENT_LIST_SEEN));
}

static Status list_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    PaymentDesk *d = rq->state;
    Text state = state_of(rq), problem = request_text(rq, "problem");
    TRY(payment_decision_tally(ctx, d->tallies));
    TRY(payment_decision_claim_count(ctx, &d->claims));
    d->filtered = d->tallies[PAYMENT_LIST_SEEN].count;
    if (!is_seen_list(rq)) TRY(payment_decision_count(ctx, state, problem, &d->filtered));
    for (int i = 0; i < PAYMENT_WORDS_PROBLEMS && !is_seen_list(rq); i++)
        TRY(payment_decision_count(ctx, state, payment_words_nth(i), &d->problems[i]));
    TRY(payment_decision_list(ctx, state, problem, request_int(rq, "after"), PAYMENTS_A_PAGE,
                              &d->list, &d->count));
    d->narrations = ARENA_ARRAY(ctx->arena, Text, d->count);
    for (int i = 0; i < d->count; i++)
        TRY(payment_narration_read(ctx, d->list[i].id, &d->narrations[i]));
    return OK;
}

static Text day_text(Request *rq, int64_t at) {
    return message_day(rq->ctx.arena, rq->ctx.lang, clock_day(at, rq->ctx.org->zone_offset_s));
}

static void add_words(Request *rq, View *item, const PaymentIn *p) {
    Lang lang = rq->ctx.lang;
    if (!p->left_paise || !payment_words_problem(p->problem)) return;
    view_text(rq->ctx.arena, item, "problem", message(lang, payment_words_problem(p->problem)));
    if (!text_eq(p->state, T("returning"))) /* else that is what there is to do */
        view_text(rq->ctx.arena, item, "todo", message(lang, payment_words_todo(p->problem)));
}

/* When somebody saw it, while no statement has it. */
static void add_seen(Request *rq, View *item, const PaymentIn *p) {
    int64_t zone = rq->ctx.org->zone_offset_s;
    if (!payment_in_is_seen(p)) return;
    View *seen = view_object(rq->ctx.arena, item, "seen");
    view_text(rq->ctx.arena, seen, "on", day_text(rq, p->at));
    view_int(rq->ctx.arena, seen, "days", clock_day(rq->ctx.now_s, zone) - clock_day(p->at, zone));
}

static void add_payment(Request *rq, View *item, const PaymentIn *p) {
    Arena *arena = rq->ctx.arena;
    add_seen(rq, item, p);
    int64_t part = p->left_paise ? p->left_paise : p->amount_paise;
    view_text(arena, item, "id", arena_printf(arena, "%lld", (long long)p->id));
    view_text(arena, item, "amount", message_rupees(arena, part));
    view_text(arena, item, "whole", message_rupees(arena, p->amount_paise));
    view_bool(arena, item, "is_part", part != p->amount_paise);
    view_text(arena, item, "day", day_text(rq, p->at));
    view_text(arena, item, "utr", p->utr);
    view_text(arena, item, "order",
              p->order_id ? fee_order_reference(&rq->ctx, p->order_id) : T(""));
    view_text(arena, item, "reason", reason_words(arena, rq->ctx.lang, p->reason));
    view_text(arena, item, "returned_by", p->returned_by);
    if (p->decided_at) view_text(arena, item, "decided", day_text(rq, p->decided_at));
    add_words(rq, item, p);
}

static Text list_path(Request *rq, Text state, Text problem, int64_t after) {
    Arena *arena = rq->ctx.arena;
    Text path = arena_printf(arena, "/desk/payments?state=%.*s", TEXT_ARG(state));
    if (problem.len)
        path = arena_printf(arena, "%.*s&problem=%.*s", TEXT_ARG(path), TEXT_ARG(problem));
    if (after) path = arena_printf(arena, "%.*s&after=%lld", TEXT_ARG(path), (long long)after);
    return path;
}

static void add_filter(Request *rq, View *list, Text label, Text path, int64_t count, bool chosen) {
    View *item = view_item(rq->ctx.arena, list);
    view_text(rq->ctx.arena, item, "label", label);
    view_text(rq->ctx.arena, item, "path", path);
    view_int(rq->ctx.arena, item, "count", count);
    view_bool(rq->ctx.arena, item, "chosen", chosen);
}

static void add_filters(Request *rq, const PaymentDesk *d) {
    Lang lang = rq->ctx.lang;
    Text state = state_of(rq), problem = request_text(rq, "problem");
    View *states = view_list(rq->ctx.arena, rq->view, "states");
    View *problems = view_list(rq->ctx.arena, rq->view, "problems");
    for (int i = 0; i < PAYMENT_LIST_COUNT; i++) {
        Text name = payment_decision_list_name((PaymentList)i);
        bool chosen = text_eq(name, state);
        add_filter(rq, states, message(lang, labels[i]), list_path(rq, name, T(""), 0),
                   d->tallies[i].count, chosen);
        if (!chosen) continue;
        view_text(rq->ctx.arena, rq->view, "title", message(lang, labels[i]));
        view_text(rq->ctx.arena, rq->view, "sum",
                  message_rupees(rq->ctx.arena, d->tallies[i].paise));
    }
    for (int i = 0; i < PAYMENT_WORDS_PROBLEMS; i++) {
        Text name = payment_words_nth(i);
        bool chosen = text_eq(name, problem);
        if (d->problems[i] || chosen)
            add_filter(rq, problems, message(lang, payment_words_label(name)),
                       list_path(rq, state, chosen ? T("") : name, 0), d->problems[i], chosen);
    }
}

static Status list_page(Request *rq) {
    const PaymentDesk *d = rq->state;
    Arena *arena = rq->ctx.arena;
    Text state = state_of(rq), problem = request_text(rq, "problem");
    add_filters(rq, d);
    view_int(arena, rq->view, "filtered", d->filtered);
    view_int(arena, rq->view, "claims", d->claims);
    view_bool(arena, rq->view, "seen_list", is_seen_list(rq));
    View *list = view_list(arena, rq->view, "payments");
    for (int i = 0; i < d->count; i++) {
        View *item = view_item(arena, list);
        add_payment(rq, item, &d->list[i]);
        view_text(arena, item, "narration", d->narrations[i]);
    }
    if (d->count == PAYMENTS_A_PAGE)
        view_text(arena, rq->view, "next",
                  list_path(rq, state, problem, d->list[d->count - 1].id));
    if (request_int(rq, "after"))
        view_text(arena, rq->view, "first_page", list_path(rq, state, problem, 0));
    return OK;
}

/* The next that waits, or the first when this was the last; nothing before this one is decided. */
static Status find_next(Request *rq, PaymentDesk *d) {
    Text open = payment_decision_list_name(PAYMENT_LIST_OPEN);
    d->next = 0;
    if (text_eq(d->payment.state, open)) return OK;
    for (int round = 0; round < 2 && !d->next; round++) {
        PaymentIn *list;
        int count;
        TRY(payment_decision_list(&rq->ctx, open, T(""), round ? 0 : d->payment.id, 1, &list,
                                  &count));
        if (count && list[0].id != d->payment.id) d->next = list[0].id;
    }
    return OK;
}

static Status payment_apply(Request *rq) {
    PaymentDesk *d = rq->state;
    TRY(payment_decision_tally(&rq->ctx, d->tallies)); /* checks who asks, too */
    TRY(payment_in_read(&rq->ctx, request_int(rq, "id"), &d->payment));
    TRY(payment_narration_read(&rq->ctx, d->payment.id, &d->narration));
    TRY(find_next(rq, d));
    return payment_decision_by_utr(&rq->ctx, d->payment.utr, d->near, &d->near_count);
}

static void add_near(Request *rq, const PaymentDesk *d) {
    View *list = view_list(rq->ctx.arena, rq->view, "near");
    for (int i = 0; i < d->near_count; i++)
        if (d->near[i] != d->payment.order_id)
            view_item_text(rq->ctx.arena, list, fee_order_reference(&rq->ctx, d->near[i]));
}

/* What is next once it is decided: the others. */
static void add_next(Request *rq, const PaymentDesk *d) {
    Arena *arena = rq->ctx.arena;
    bool open = text_eq(d->payment.state, payment_decision_list_name(PAYMENT_LIST_OPEN));
    view_bool(arena, rq->view, "none_left", !open && !d->next);
    view_int(arena, rq->view, "others", d->tallies[PAYMENT_LIST_OPEN].count);
    view_text(arena, rq->view, "next",
              open || !d->next ? T("")
                               : arena_printf(arena, "/desk/payments/%lld", (long long)d->next));
}

static Status payment_page(Request *rq) {
    const PaymentDesk *d = rq->state;
    Arena *arena = rq->ctx.arena;
    add_payment(rq, rq->view, &d->payment);
    add_near(rq, d);
    view_bool(arena, rq->view, "can_decide", d->payment.left_paise > 0);
    view_bool(arena, rq->view, "is_kept", text_eq(d->payment.state, T("kept")));
    view_bool(arena, rq->view, "is_returning", text_eq(d->payment.state, T("returning")));
    view_bool(arena, rq->view, "is_refunded", text_eq(d->payment.state, T("refunded")));
    view_bool(arena, rq->view, "is_settled", text_eq(d->payment.state, T("settled")));
    add_next(rq, d);
    view_text(arena, rq->view, "narration", d->narration);
    view_bool(arena, rq->view, "is_bank", text_eq(d->payment.source, T("bank")));
    bool posted = text_eq(text_of(rq->route->method), T("POST"));
    bool open = text_eq(d->payment.state, payment_decision_list_name(PAYMENT_LIST_OPEN));
    view_bool(arena, rq->view, "partly", !posted && open && request_bool(rq, "done"));
    bool decides = posted && text_ends_with(text_of(rq->route->path), T("}"));
    Text act = decides ? request_text(rq, "act") : T("");
    view_bool(arena, rq->view, "act_settle", text_eq(act, T("settle")));
    view_bool(arena, rq->view, "act_return", text_eq(act, T("return")));
    view_bool(arena, rq->view, "act_keep", text_eq(act, T("keep")));
    view_bool(arena, rq->view, "act_payout", text_eq(act, T("payout")));
    view_bool(arena, rq->view, "may_be_payout", text_eq(d->payment.source, T("bank")) &&
                                                    text_eq(d->payment.problem, T("unknown")));
    view_text(arena, rq->view, "typed_charges", decides ? request_text(rq, "charges") : T(""));
    view_text(arena, rq->view, "typed_order", decides ? request_text(rq, "order") : T(""));
    view_text(arena, rq->view, "typed_reason", decides ? request_text(rq, "reason") : T(""));
    return OK;
}

static Status payment_again(Request *rq) {
    if (!rq->state) TRY(desk_prepare(rq));
    TRY(payment_apply(rq));
    return payment_page(rq);
}

/* What a payment provider handed on, less what it kept. */
static Status settle_payout(Request *rq, PaymentIn *ret) {
    Ctx *ctx = &rq->ctx;
    Text typed = request_text(rq, "charges");
    int64_t charges = 0;
    TRY(treasury_scope_check(ctx));
    if (typed.len && !text_to_paise(typed, &charges))
        return fail(ctx, INVALID, "charges", "payout_charges");
    return gateway_payout_settle(ctx, request_int(rq, "id"), charges, ret);
}

static Status decide_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    PaymentIn *p = &((PaymentDesk *)rq->state)->payment;
    int64_t id = request_int(rq, "id");
    Text act = request_text(rq, "act"), reason = request_text(rq, "reason");
    if (text_eq(act, T("keep"))) return payment_decision_keep(ctx, id, reason, p);
    if (text_eq(act, T("return"))) return payment_decision_return(ctx, id, reason, p);
    if (text_eq(act, T("payout"))) return settle_payout(rq, p);
    if (!request_text(rq, "order").len) return fail(ctx, INVALID, "order", "payment_target");
    return payment_in_settle(ctx, id, request_text(rq, "order"), reason, p);
}

/* To the payment, which says what became of it and where the next one stands. */
static Status decided(Request *rq) {
    const PaymentIn *p = &((const PaymentDesk *)rq->state)->payment;
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/payments/%lld?done=1",
                                      (long long)p->id));
    return OK;
}

static Status returned_apply(Request *rq) {
    return payment_decision_returned(&rq->ctx, request_int(rq, "id"),
                                     request_text(rq, "returned_by"),
                                     &((PaymentDesk *)rq->state)->payment);
}

#define PAYMENT_ID                                                                                 \
    {                                                                                              \
        .name = "id", .place = PARAM_PATH, .type = PARAM_INT, .required = true, .min = 1,          \
        .max = INT64_MAX, .message = "payment_not_found", .help = "Of the payment"                 \
    }
static const Param list_params[] = {
    {.name = "state", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "open|kept|returning|refunded|seen", .help = "Which list; open when left out"},
    {.name = "problem", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "unknown|ambiguous|short|excess|double|late", .help = "Only those"},
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "Last payment of the page before"},
    {0},
};
static const Param id_params[] = {
    PAYMENT_ID,
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "It was just decided"},
    {0},
};
static const Param decide_params[] = {
    PAYMENT_ID,
    {.name = "act", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "settle|return|keep|payout", .message = "payment_choose", .help = "What to do"},
    {.name = "order", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 64,
     .message = "payment_target", .help = "Reference of an order or number of a member"},
    {.name = "charges", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 20,
     .message = "payout_charges", .help = "Of a payout: what the provider kept, in rupees"},
    {.name = "reason", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_REASON_BYTES,
     .message = "reason_form", .help = "Why, but of a payout; nothing personal"},
    {0},
};
static const Param returned_params[] = {
    PAYMENT_ID,
    {.name = "returned_by", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true,
     .max_bytes = PAYMENT_RETURNED_BY_BYTES, .message = "returned_by_form",
     .help = "Reference of the transfer"},
    {0},
};

extern const Route payment_routes[];
const Route payment_routes[] = {
    {.method = "GET", .path = "/desk/payments", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = desk_prepare, .apply = list_apply,
     .render = list_page, .page = "payments", .summary = "Money that came in, to be settled"},
    {.method = "GET", .path = "/desk/payments/{id}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = id_params, .prepare = desk_prepare,
     .apply = payment_apply, .render = payment_page, .page = "payment",
     .summary = "One payment that came in"},
    {.method = "POST", .path = "/desk/payments/{id}", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = decide_params, .prepare = desk_prepare,
     .apply = decide_apply, .render = decided, .on_error = payment_again, .page = "payment",
     .summary = "Decides about a payment"},
    {.method = "POST", .path = "/desk/payments/{id}/returned", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = returned_params,
     .prepare = desk_prepare, .apply = returned_apply, .render = decided,
     .on_error = payment_again, .page = "payment",
     .summary = "Writes down that a payment went back"},
    {0},
};
