/* The wish for news on the card page: to be seen, withdrawn and given again. */
#include "domain/member_wish.h"
#include "web/card_act.h"
#include "web/card_view.h"

static Status wish_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "messages"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, MemberWish);
    return OK;
}

static Status wish_load(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    return act->open ? member_wish_read(&rq->ctx, act->card.member.serial, act->own) : OK;
}

static Status wish_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const MemberWish *wish = ((const CardAct *)rq->state)->own;
    if (card_act_lead_to_code(rq)) return OK;
    card_act_fill(rq);
    view_bool(ctx->arena, rq->view, "given", wish->given);
    view_bool(ctx->arena, rq->view, "done", request_bool(rq, "done"));
    view_text(ctx->arena, rq->view, "since",
              wish->at ? card_view_day(ctx, wish->at, ctx->lang) : T(""));
    return OK;
}

static Status wish_save(Request *rq) {
    const CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return member_wish_set(&rq->ctx, &act->card.member, request_bool(rq, "messages"), T("card"));
}

static Status wish_saved(Request *rq) {
    request_redirect(rq, card_act_path(rq, "/messages?done=1"));
    return OK;
}

static const Param token_and_done[] = {
    CARD_TOKEN_PARAM,
    {.name = "done", .place = PARAM_QUERY, .type = PARAM_BOOL, .help = "Said just now"},
    {0},
};
static const Param token_and_wish[] = {
    CARD_TOKEN_PARAM,
    {.name = "messages", .place = PARAM_FORM, .type = PARAM_BOOL, .help = "Wishes for news"},
    {0},
};

extern const Route card_wish_routes[];
const Route card_wish_routes[] = {
    {.method = "GET", .path = "/card/{token}/messages", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_and_done, .prepare = wish_prepare, .apply = wish_load, .render = wish_page,
     .page = "card_wish", .summary = "Whether the member wishes for news, and since when"},
    {.method = "POST", .path = "/card/{token}/messages", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_and_wish, .prepare = wish_prepare, .apply = wish_save,
     .render = wish_saved, .page = "card_wish", .summary = "Gives or withdraws that wish"},
    {0},
};
