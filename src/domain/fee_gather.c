/* Finding the orders, and making one of them; see fee_gather.h. */
#include "domain/fee_gather.h"

#include "domain/audit.h"

typedef struct Gathering {
    const char *field;
    FeeOrder whole; /* its people so far */
    int64_t orders[FEE_ORDER_PEOPLE_MAX];
    int order_count;
    int nth; /* of the list, from 1 */
} Gathering;

static Status refuse(Ctx *ctx, const Gathering *g, const char *message) {
    (void)fail(ctx, INVALID, g->field, message);
    fail_arg_int(ctx, "nth", g->nth);
    return INVALID;
}

Status fee_gather_reaches(Ctx *ctx, const FeeOrder *order, bool *ret) {
    *ret = true;
    for (int i = 0; i < order->people && *ret; i++) {
        Member member;
        TRY(member_by_serial(ctx, order->serials[i], &member));
        TRY(member_in_reach(ctx, &member, ret));
    }
    return OK;
}

/* The i-th of an order, whose fee is due. */
static Status add_person(Ctx *ctx, Gathering *g, const FeeOrder *order, int i) {
    FeeOrder *w = &g->whole;
    for (int k = 0; k < w->people; k++)
        if (w->serials[k] == order->serials[i]) return OK;
    if (w->people == FEE_ORDER_PEOPLE_MAX) return refuse(ctx, g, "gather_many");
    w->serials[w->people] = order->serials[i];
    w->fees[w->people] = order->fees[i];
    w->renews[w->people++] = order->renews[i];
    return OK;
}

static Status add_order(Ctx *ctx, Gathering *g, const FeeOrder *order) {
    bool any = false, reaches;
    TRY(fee_gather_reaches(ctx, order, &reaches));
    if (!reaches) return refuse(ctx, g, "gather_unknown");
    if (order->state != FEE_ORDER_OPEN || order->received_paise > 0)
        return refuse(ctx, g, "gather_not_open");
    for (int i = 0; i < g->order_count; i++)
        if (g->orders[i] == order->id) return OK;
    if (g->order_count == FEE_ORDER_PEOPLE_MAX) return refuse(ctx, g, "gather_many");
    g->orders[g->order_count++] = order->id;
    for (int i = 0; i < order->people; i++) {
        Member member;
        bool due;
        TRY(member_by_serial(ctx, order->serials[i], &member));
        TRY(fee_order_is_due(ctx, order, i, &member, &due));
        if (due) TRY(add_person(ctx, g, order, i));
        any = any || due;
    }
    return any ? OK : refuse(ctx, g, "gather_not_open");
}

/* Behind "/pay/", or TEXT_NONE; *rest goes on behind it. */
static Text next_token(Text *rest) {
    for (size_t at = 0; at + 5 <= rest->len; at++) {
        if (memcmp(rest->ptr + at, "/pay/", 5) != 0) continue;
        Text token = text_slice(*rest, at + 5, ORDER_TOKEN_CHARS);
        *rest = text_slice(*rest, at + 5 + token.len, SIZE_MAX);
        return token;
    }
    return TEXT_NONE;
}

static Status take_order(Ctx *ctx, Gathering *g, Text typed, bool is_token) {
    FeeOrder order;
    /* References stand in what banks write: they would let strangers claim for somebody. */
    bool stranger = ctx->actor.kind == ACTOR_NOBODY;
    g->nth++;
    Status status = is_token || stranger || typed.len == ORDER_TOKEN_CHARS
                        ? fee_order_by_token(ctx, typed, &order)
                        : fee_order_by_reference(ctx, typed, &order);
    if (status == NOT_FOUND) {
        ctx_forget_errors(ctx);
        return refuse(ctx, g, "gather_unknown");
    }
    TRY(status);
    return add_order(ctx, g, &order);
}

static Status take_orders(Ctx *ctx, Gathering *g, Text piece) {
    Text rest = piece, token = next_token(&rest);
    if (!token.ptr) return take_order(ctx, g, piece, false);
    for (; token.ptr; token = next_token(&rest)) TRY(take_order(ctx, g, token, true));
    return OK;
}

/* The member's own order, which is made when there is none. */
static Status take_member(Ctx *ctx, Gathering *g, Text number) {
    Member member;
    bool reaches;
    FeeOrder order;
    g->nth++;
    Status status = member_by_number(ctx, number, &member);
    if (status == NOT_FOUND || status == INVALID) {
        ctx_forget_errors(ctx);
        return refuse(ctx, g, "gather_unknown");
    }
    TRY(status);
    TRY(member_in_reach(ctx, &member, &reaches));
    if (!reaches) return refuse(ctx, g, "gather_unknown");
    status = fee_order_for_member(ctx, member.serial, &order);
    if (status == CONFLICT) {
        ctx_forget_errors(ctx);
        return refuse(ctx, g, "gather_not_open");
    }
    TRY(status);
    return add_order(ctx, g, &order);
}

typedef Status (*Take)(Ctx *ctx, Gathering *g, Text piece);

static Status take_list(Ctx *ctx, Gathering *g, Text typed, Take take) {
    Text line, piece;
    while (typed.ptr && text_split(&typed, '\n', &line)) {
        while (line.ptr && text_split(&line, ',', &piece)) {
            piece = text_trim(piece);
            if (piece.len) TRY(take(ctx, g, piece));
        }
    }
    return OK;
}

static bool has_same_people(const FeeOrder *a, const FeeOrder *b) {
    int found = 0;
    for (int i = 0; i < a->people; i++)
        for (int k = 0; k < b->people; k++)
            found += a->serials[i] == b->serials[k] && a->renews[i] == b->renews[k] &&
                     a->fees[i] == b->fees[k];
    return a->people == b->people && found == a->people;
}

/* An open order for just these people that was gathered before: then nothing is made. */
static Status find_made(Ctx *ctx, const Gathering *g, FeeOrder *ret, bool *ret_found) {
    FeeOrder first;
    *ret_found = false;
    TRY(fee_order_read(ctx, g->orders[0], &first));
    if (!first.joined_into) return OK;
    TRY(fee_order_read(ctx, first.joined_into, ret));
    *ret_found = ret->state == FEE_ORDER_OPEN && !ret->received_paise && !ret->joined_into &&
                 has_same_people(ret, &g->whole);
    return OK;
}

static Status make(Ctx *ctx, Gathering *g, FeeOrder *ret) {
    bool found;
    if (g->whole.people < 2) return fail(ctx, INVALID, g->field, "gather_few");
    TRY(find_made(ctx, g, ret, &found));
    if (found) return OK;
    TRY(fee_order_make(ctx, &g->whole));
    *ret = g->whole;
    for (int i = 0; i < g->order_count; i++) {
        FeeOrder order;
        TRY(fee_order_read(ctx, g->orders[i], &order));
        TRY(fee_order_join(ctx, &order, ret->id));
    }
    Text subject = arena_printf(ctx->arena, "order:%lld", (long long)ret->id);
    return audit_add(ctx, "order.gather", subject, T(""));
}

Status fee_gather_orders(Ctx *ctx, Text typed, FeeOrder *ret) {
    Gathering *g = ARENA_NEW(ctx->arena, Gathering);
    g->field = "orders";
    TRY(take_list(ctx, g, typed, take_orders));
    return make(ctx, g, ret);
}

Status fee_gather_members(Ctx *ctx, Text typed, FeeOrder *ret) {
    Gathering *g = ARENA_NEW(ctx->arena, Gathering);
    g->field = "members";
    TRY(take_list(ctx, g, typed, take_member));
    return make(ctx, g, ret);
}

Status fee_gather_look(Ctx *ctx, Text reference, FeeOrder *ret) {
    bool reaches;
    TRY(fee_order_by_reference(ctx, reference, ret));
    TRY(fee_gather_reaches(ctx, ret, &reaches));
    return reaches ? OK : fail(ctx, NOT_FOUND, "reference", "order_not_found");
}
