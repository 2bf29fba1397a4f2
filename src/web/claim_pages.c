/* Claims at the desk: who typed in a UTR and waits. Somebody saw the money, or it never came. */
#include "base/clock.h"
#include "base/limits.h"
#include "domain/payment_decision.h"
#include "domain/reason.h"
#include "render/messages.h"
#include "web/reason_words.h"
#include "web/route.h"

enum { CLAIMS_A_PAGE = 50 };

typedef struct ClaimDesk {
    FeeOrder *list, order;
    int count;
    int64_t total;
    PaymentIn payment;
} ClaimDesk;

static Status desk_prepare(Request *rq) {
    request_private(rq);
    ClaimDesk *d = rq->state = ARENA_NEW(rq->ctx.arena, ClaimDesk);
    d->list = ARENA_ARRAY(rq->ctx.arena, FeeOrder, CLAIMS_A_PAGE);
    return OK;
}

static Status by_utr(Request *rq, ClaimDesk *d) {
    int64_t ids[2];
    Text utr;
    int count;
    TRY(fee_order_utr(&rq->ctx, "utr", request_text(rq, "utr"), true, &utr));
    TRY(payment_decision_by_utr(&rq->ctx, utr, ids, &count));
    d->count = 0;
    for (int i = 0; i < count; i++) {
        TRY(fee_order_read(&rq->ctx, ids[i], &d->list[d->count]));
        d->count += d->list[d->count].state == FEE_ORDER_CLAIMED;
    }
    return OK;
}

static Status list_apply(Request *rq) {
    ClaimDesk *d = rq->state;
    ClaimCursor after = {request_int(rq, "since"), request_int(rq, "after")};
    PaymentTally tallies[PAYMENT_LIST_COUNT];
    TRY(payment_decision_tally(&rq->ctx, tallies)); /* checks who asks */
    TRY(payment_decision_claim_count(&rq->ctx, &d->total));
    if (request_has(rq, "utr")) return by_utr(rq, d);
    return payment_decision_claims(&rq->ctx, after, CLAIMS_A_PAGE, d->list, &d->count);
}

static void add_claim(Request *rq, View *item, const FeeOrder *o) {
    Arena *arena = rq->ctx.arena;
    int64_t zone = rq->ctx.org->zone_offset_s;
    int64_t day = clock_day(o->claimed_at, zone);
    view_text(arena, item, "reference", fee_order_reference(&rq->ctx, o->id));
    view_text(arena, item, "claimed_utr", o->utr);
    view_text(arena, item, "amount", message_rupees(arena, o->amount_paise));
    view_text(arena, item, "received", message_rupees(arena, o->received_paise));
    view_bool(arena, item, "has_received", o->received_paise > 0);
    view_int(arena, item, "people", o->people);
    view_text(arena, item, "since", message_day(arena, rq->ctx.lang, day));
    view_int(arena, item, "days", clock_day(rq->ctx.now_s, zone) - day);
}

static void add_done(Request *rq) {
    static const char *const words[][2] = {{"seen", "claim_done_seen"},
                                           {"part", "claim_done_part"},
                                           {"rejected", "claim_done_rejected"},
                                           {"told", "claim_done_told"}};
    Text done = request_text(rq, "done");
    for (int i = 0; i < 4; i++)
        if (text_eq(done, text_of(words[i][0])))
            view_text(rq->ctx.arena, rq->view, "done", message(rq->ctx.lang, words[i][1]));
}

static Status list_page(Request *rq) {
    const ClaimDesk *d = rq->state;
    Arena *arena = rq->ctx.arena;
    view_int(arena, rq->view, "total", d->total);
    view_text(arena, rq->view, "typed_utr", request_text(rq, "utr"));
    view_bool(arena, rq->view, "searched", request_has(rq, "utr"));
    add_done(rq);
    View *list = view_list(arena, rq->view, "claims");
    for (int i = 0; i < d->count; i++) add_claim(rq, view_item(arena, list), &d->list[i]);
    const FeeOrder *last = d->count ? &d->list[d->count - 1] : NULL;
    if (d->count == CLAIMS_A_PAGE)
        view_text(arena, rq->view, "next",
                  arena_printf(arena, "/desk/claims?since=%lld&after=%lld",
                               (long long)last->claimed_at, (long long)last->id));
    if (request_int(rq, "after")) view_text(arena, rq->view, "first_page", T("/desk/claims"));
    return OK;
}

static Status list_again(Request *rq) {
    ClaimDesk *d = rq->state;
    if (!d) return INVALID;
    d->count = 0;
    TRY(payment_decision_claim_count(&rq->ctx, &d->total));
    return list_page(rq);
}

static Status claim_apply(Request *rq) {
    ClaimDesk *d = rq->state;
    PaymentTally tallies[PAYMENT_LIST_COUNT];
    TRY(payment_decision_tally(&rq->ctx, tallies)); /* checks who asks */
    return fee_order_by_reference(&rq->ctx, request_text(rq, "reference"), &d->order);
}

static void add_whys(Request *rq, Text chosen) {
    Arena *arena = rq->ctx.arena;
    View *list = view_list(arena, rq->view, "whys");
    for (int i = 0; i < REASON_WHYS; i++) {
        View *item = view_item(arena, list);
        view_text(arena, item, "value", text_of(reason_words_whys[i].name));
        view_text(arena, item, "text", message(rq->ctx.lang, reason_words_whys[i].key));
        view_bool(arena, item, "chosen", text_eq(chosen, text_of(reason_words_whys[i].name)));
    }
}

static Status claim_page(Request *rq) {
    const FeeOrder *o = &((const ClaimDesk *)rq->state)->order;
    Arena *arena = rq->ctx.arena;
    bool posted = text_eq(text_of(rq->route->method), T("POST"));
    Text act = posted ? request_text(rq, "act") : T("");
    add_claim(rq, rq->view, o);
    view_bool(arena, rq->view, "is_claimed", o->state == FEE_ORDER_CLAIMED);
    view_bool(arena, rq->view, "is_paid", o->state == FEE_ORDER_PAID);
    view_bool(arena, rq->view, "act_seen", text_eq(act, T("seen")));
    view_bool(arena, rq->view, "act_reject", text_eq(act, T("reject")));
    view_text(arena, rq->view, "utr", posted ? request_text(rq, "utr") : o->utr);
    Text due = arena_rupees(arena, o->amount_paise);
    view_text(arena, rq->view, "rupees", posted ? request_text(rq, "rupees") : due);
    view_text(arena, rq->view, "typed_reason", posted ? request_text(rq, "reason") : T(""));
    add_whys(rq, posted ? request_text(rq, "why") : T(""));
    return OK;
}

static Status claim_again(Request *rq) {
    if (!rq->state) TRY(desk_prepare(rq));
    TRY(claim_apply(rq));
    return claim_page(rq);
}

static Status see(Request *rq, ClaimDesk *d) {
    Ctx *ctx = &rq->ctx;
    Text utr, reason = request_text(rq, "reason");
    int64_t paise;
    TRY(fee_order_utr(ctx, "utr", request_text(rq, "utr"), true, &utr));
    if (!text_to_paise(request_text(rq, "rupees"), &paise) || paise <= 0)
        return fail(ctx, INVALID, "rupees", "payment_amount");
    return payment_decision_see(ctx, &d->order, utr, paise,
                                reason.len ? reason : message(LANG_EN, "claim_seen_reason"),
                                &d->payment);
}

static Status reject(Request *rq, ClaimDesk *d) {
    Ctx *ctx = &rq->ctx;
    Text why = request_text(rq, "why"), own = request_text(rq, "reason"), text = own;
    if (!why.len) return fail(ctx, INVALID, "why", "claim_why_choose");
    bool other = text_eq(why, T("other"));
    if (other) TRY(reason_check(ctx, &text));
    for (int i = 0; i < REASON_WHYS && !other; i++)
        if (text_eq(why, text_of(reason_words_whys[i].name)))
            text = reason_words_make(ctx->arena, reason_words_whys[i].key, own);
    return fee_order_reject(ctx, &d->order, text);
}

static Status decide_apply(Request *rq) {
    ClaimDesk *d = rq->state;
    TRY(claim_apply(rq));
    return text_eq(request_text(rq, "act"), T("seen")) ? see(rq, d) : reject(rq, d);
}

/* Back to the others that wait, with what became of this one. */
static Status decided(Request *rq) {
    const ClaimDesk *d = rq->state;
    bool seen = text_eq(request_text(rq, "act"), T("seen"));
    const char *done = !seen                       ? d->order.told ? "told" : "rejected"
                       : d->payment.left_paise > 0 ? "part"
                                                   : "seen";
    request_redirect(rq, arena_printf(rq->ctx.arena, "/desk/claims?done=%s", done));
    return OK;
}

#define REFERENCE                                                                                  \
    {                                                                                              \
        .name = "reference", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true,            \
        .max_bytes = 64, .message = "order_not_found", .help = "Of the order"                      \
    }
static const Param list_params[] = {
    {.name = "utr", .place = PARAM_QUERY, .type = PARAM_TEXT, .max_bytes = 64,
     .message = "utr_bank", .help = "Only those with this UTR"},
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_CHOICE,
     .choices = "seen|part|rejected|told", .help = "What became of one just decided"},
    {.name = "since", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "With after: last claim of the page before"},
    {.name = "after", .place = PARAM_QUERY, .type = PARAM_INT, .min = 0, .max = INT64_MAX,
     .help = "Last claim of the page before"},
    {0},
};
static const Param reference_params[] = {REFERENCE, {0}};
static const Param decide_params[] = {
    REFERENCE,
    {.name = "act", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "seen|reject", .message = "payment_choose", .help = "What is true"},
    {.name = "utr", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 64,
     .message = "utr_bank", .help = "As on the account"},
    {.name = "rupees", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 20,
     .message = "payment_amount", .help = "What came"},
    {.name = "why", .place = PARAM_FORM, .type = PARAM_CHOICE,
     .choices = "missing|amount|number|other", .message = "claim_why_choose",
     .help = "Why it is rejected"},
    {.name = "reason", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = 160,
     .message = "reason_form", .help = "In own words; its people read it"},
    {0},
};

extern const Route claim_routes[];
const Route claim_routes[] = {
    {.method = "GET", .path = "/desk/claims", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = list_params, .prepare = desk_prepare, .apply = list_apply,
     .render = list_page, .on_error = list_again, .page = "claims",
     .summary = "Claims that wait for their money"},
    {.method = "GET", .path = "/desk/claims/{reference}", .kind = ROUTE_READ, .face = FACE_PAGE,
     .needs = CAN_ADMINISTER, .params = reference_params, .prepare = desk_prepare,
     .apply = claim_apply, .render = claim_page, .page = "claim", .summary = "One claim"},
    {.method = "POST", .path = "/desk/claims/{reference}", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .needs = CAN_ADMINISTER, .params = decide_params,
     .prepare = desk_prepare, .apply = decide_apply, .render = decided,
     .on_error = claim_again, .page = "claim", .summary = "Confirms or rejects a claim"},
    {0},
};
