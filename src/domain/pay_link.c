/* Rows of pages at the gateway; see pay_link.h. */
#include "domain/pay_link.h"

#include <assert.h>

#include "domain/outbox.h"
#include "store/query.h"

_Static_assert((int)PAY_LINK_WAKES != (int)OUTBOX_WAKES, "bits");

static PayLinkState state_of(Text text) {
    if (text_eq(text, T("made"))) return PAY_LINK_MADE;
    return text_eq(text, T("failed")) ? PAY_LINK_FAILED : PAY_LINK_WANTED;
}

Status pay_link_read(Ctx *ctx, int64_t order_id, PayLink *ret) {
    *ret = (PayLink){.link_id = T(""), .url = T(""), .last_error = T("")};
    Query *q = query_begin(ctx, Q_PAY_LINK_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", order_id);
    bool found;
    TRY(query_row(q, &found));
    if (found)
        *ret = (PayLink){.state = state_of(query_column_text(q, 0)),
                         .amount_paise = query_column_int(q, 1),
                         .attempt = query_column_int(q, 2),
                         .tries = query_column_int(q, 3),
                         .next_try_at = query_column_int(q, 4),
                         .wanted_at = query_column_int(q, 5),
                         .link_id = query_column_text(q, 6),
                         .url = query_column_text(q, 7),
                         .expires_at = query_column_int(q, 8),
                         .last_error = query_column_text(q, 9)};
    return query_done(q);
}

/* Whether what is there is to be kept, or at least waited for. */
static bool will_do(Ctx *ctx, const PayLink *link, int64_t due_paise) {
    switch (link->state) {
    case PAY_LINK_NONE: return false;
    case PAY_LINK_FAILED: return link->next_try_at > ctx->now_s;
    case PAY_LINK_WANTED: return link->amount_paise == due_paise;
    case PAY_LINK_MADE: break;
    }
    return link->amount_paise == due_paise &&
           link->expires_at - PAY_LINK_LEAST_S > ctx->now_s;
}

Status pay_link_want(Ctx *ctx, const FeeOrder *order, PayLink *ret) {
    PayWay ways[PAY_WAY_COUNT];
    FeeStanding standing;
    *ret = (PayLink){.state = PAY_LINK_NONE};
    TRY(pay_way_list(ctx, ways));
    if (!pay_way_has_links(&ways[PAY_WAY_RAZORPAY]))
        return fail(ctx, CONFLICT, NULL, "pay_way_off");
    TRY(fee_order_standing(ctx, order, &standing));
    int64_t due_paise = standing.due_paise;
    if (due_paise <= 0) return OK;
    TRY(pay_link_read(ctx, order->id, ret));
    if (will_do(ctx, ret, due_paise)) return OK;
    Query *q = query_begin(ctx, Q_PAY_LINK_WANT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", order->id);
    query_int(q, "amount_paise", due_paise);
    query_int(q, "now", ctx->now_s);
    TRY(query_run(q));
    ctx->wakes |= PAY_LINK_WAKES;
    return pay_link_read(ctx, order->id, ret);
}

Status pay_link_due(Ctx *ctx, bool *ret) {
    int64_t count;
    Query *q = query_begin(ctx, Q_PAY_LINK_DUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    TRY(query_run_int(q, &count));
    *ret = count > 0;
    return OK;
}

static void describe(Ctx *ctx, PayLinkTask *task) {
    Text token = fee_order_token(ctx, task->order_id);
    task->reference = fee_order_reference(ctx, task->order_id);
    task->name = arena_printf(ctx->arena, "%.*s-%lld", TEXT_ARG(task->reference),
                              (long long)task->attempt);
    task->return_url = arena_printf(ctx->arena, "%.*s/pay/%.*s/back", TEXT_ARG(ctx->org->base_url),
                                    TEXT_ARG(token));
    task->expires_at = ctx->now_s + PAY_LINK_LIFE_S;
}

Status pay_link_take(Ctx *ctx, PayLinkBatch *batch) {
    assert(batch->wanted > 0 && batch->wanted <= PAY_LINK_TAKE_MAX);
    PayWay ways[PAY_WAY_COUNT];
    batch->count = 0;
    TRY(pay_way_list(ctx, ways));
    batch->way = ways[PAY_WAY_RAZORPAY];
    if (!pay_way_has_links(&batch->way)) return OK;
    Query *q = query_begin(ctx, Q_PAY_LINK_TAKE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "lease_ends_at", ctx->now_s + PAY_LINK_LEASE_S);
    query_int(q, "max", batch->wanted);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        batch->tasks[batch->count++] = (PayLinkTask){.order_id = query_column_int(q, 0),
                                                     .amount_paise = query_column_int(q, 1),
                                                     .attempt = query_column_int(q, 2),
                                                     .tries = query_column_int(q, 3)};
    }
    TRY(query_done(q));
    for (int i = 0; i < batch->count; i++) describe(ctx, &batch->tasks[i]);
    return OK;
}

static Status settle_made(Ctx *ctx, const PayLinkResult *r) {
    Query *q = query_begin(ctx, Q_PAY_LINK_MADE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", r->task->order_id);
    query_int(q, "attempt", r->task->attempt);
    query_text(q, "link", r->link_id);
    query_text(q, "url", r->url);
    query_int(q, "expires_at", r->task->expires_at);
    return query_run(q);
}

Status pay_link_settle(Ctx *ctx, const PayLinkResult *r) {
    if (r->made) return settle_made(ctx, r);
    bool over = r->for_good || r->task->tries >= PAY_LINK_TRIES;
    int64_t wait = over ? PAY_LINK_AGAIN_S : outbox_backoff_s(r->task->tries, r->jitter);
    Query *q = query_begin(ctx, Q_PAY_LINK_NOT_MADE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", r->task->order_id);
    query_int(q, "attempt", r->task->attempt);
    query_text(q, "state", over ? T("failed") : T("wanted"));
    query_int(q, "next_try_at", ctx->now_s + wait);
    query_text(q, "last_error", r->reason);
    return query_run(q);
}

Text pay_link_reference(Text name) { return text_slice(name, 0, text_find_byte(name, '-')); }

Status pay_link_figures(Ctx *ctx, int64_t since, PayLinkFigure *ret, int *ret_count) {
    Query *q = query_begin(ctx, Q_PAY_LINK_FIGURES);
    query_int(q, "org", ctx->org->id);
    query_int(q, "since", since);
    query_int(q, "max", PAY_LINK_FIGURES_MAX);
    for (*ret_count = 0;; ++*ret_count) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[*ret_count] = (PayLinkFigure){.state = query_column_text(q, 0),
                                          .last_error = query_column_text(q, 1),
                                          .count = query_column_int(q, 2)};
    }
    return query_done(q);
}
