/* Renewing at the card page's address: until when the membership is, until when it would be, and
 * the way to pay for it. Paying needs no code, as it harms nobody; what costs nothing does. */
#include "base/clock.h"
#include "domain/fee_order.h"
#include "domain/member_term.h"
#include "render/messages.h"
#include "web/card_act.h"
#include "web/card_view.h"

typedef struct Renewing {
    bool may, claimed;
    FeeOrder order;
} Renewing;

static Status renew_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "renew"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, Renewing);
    return OK;
}

static Status renew_load(Request *rq) {
    CardAct *act = rq->state;
    Renewing *renewing = act->own;
    TRY(card_act_load(rq));
    renewing->may = member_term_may_renew(&rq->ctx, &act->card.member, &act->card.kind);
    return fee_order_renewal_claimed(&rq->ctx, act->card.member.serial, &renewing->claimed);
}

static Text day_of(Ctx *ctx, int64_t at) { return card_view_day(ctx, at, ctx->lang); }

static Status renew_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const CardAct *act = rq->state;
    const Renewing *renewing = act->own;
    const Member *m = &act->card.member;
    const MembershipKind *kind = &act->card.kind;
    bool has_term = m->expires_at && kind->term_days, over = m->expires_at <= ctx->now_s;
    int64_t next = member_term_next_end(ctx, m, kind);
    card_act_fill(rq);
    view_bool(ctx->arena, rq->view, "may", renewing->may && !renewing->claimed);
    view_bool(ctx->arena, rq->view, "claimed", renewing->claimed);
    view_bool(ctx->arena, rq->view, "for_life", !has_term);
    view_bool(ctx->arena, rq->view, "early", has_term && !renewing->may);
    view_bool(ctx->arena, rq->view, "over", has_term && over);
    view_bool(ctx->arena, rq->view, "has_card", member_state_has_card(m->state));
    view_bool(ctx->arena, rq->view, "free", kind->fee_paise == 0);
    view_text(ctx->arena, rq->view, "fee", message_rupees(ctx->arena, kind->fee_paise));
    view_text(ctx->arena, rq->view, "kind_name", card_view_kind(&act->card, ctx->lang));
    view_text(ctx->arena, rq->view, "until", day_of(ctx, m->expires_at));
    view_text(ctx->arena, rq->view, "next_until", day_of(ctx, next));
    view_text(ctx->arena, rq->view, "opens",
              day_of(ctx, m->expires_at - kind->renew_days * CLOCK_DAY_S));
    return OK;
}

/* What costs nothing is done at once, by the member; else there is an order to be paid. */
static Status renew_begin(Request *rq) {
    CardAct *act = rq->state;
    Renewing *renewing = act->own;
    TRY(renew_load(rq));
    if (!renewing->may) return fail(&rq->ctx, CONFLICT, NULL, "renew_not_now");
    if (act->card.kind.fee_paise)
        return fee_order_for_renewal(&rq->ctx, &act->card.member, &renewing->order);
    if (!act->open) return OK;
    TRY(card_act_demand(rq));
    return member_term_renew(&rq->ctx, &act->card.member);
}

static Status renew_begun(Request *rq) {
    const CardAct *act = rq->state;
    const Renewing *renewing = act->own;
    if (renewing->order.id)
        request_redirect(rq, arena_printf(rq->ctx.arena, "/pay/%.*s",
                                          TEXT_ARG(fee_order_token(&rq->ctx, renewing->order.id))));
    else if (!card_act_lead_to_code(rq))
        request_redirect(rq, card_act_path(rq, "?done=renewed"));
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};

extern const Route card_renew_routes[];
const Route card_renew_routes[] = {
    {.method = "GET", .path = "/card/{token}/renew", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = renew_prepare, .apply = renew_load, .render = renew_page,
     .page = "card_renew", .summary = "Until when the membership is, and its renewal"},
    {.method = "POST", .path = "/card/{token}/renew", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_only, .prepare = renew_prepare, .apply = renew_begin,
     .render = renew_begun, .page = "card_renew",
     .summary = "Begins the order of a renewal, or renews what costs nothing"},
    {0},
};
