/* "I have joined, join too": the picture and the link that a member may send to anybody. Neither
 * says the number, a code of the card, or the address of the card page. */
#include "base/limits.h"
#include "domain/referral.h"
#include "render/card_share.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/card_tools.h"
#include "web/card_view.h"

static Text link_of(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const CardAct *act = rq->state;
    return arena_printf(ctx->arena, "%.*s%.*s", TEXT_ARG(ctx->org->base_url),
                        TEXT_ARG(referral_path(ctx, &act->card.member)));
}

static Status share_page(Request *rq) {
    card_act_fill(rq);
    view_text(rq->ctx.arena, rq->view, "link", link_of(rq));
    return OK;
}

static Status share_png(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const CardAct *act = rq->state;
    Lang other = ctx->lang == LANG_HI ? LANG_EN : LANG_HI;
    Text name = organisation_name(ctx->org, ctx->lang);
    Text name_other = organisation_name(ctx->org, other);
    CardShare share = {
        .organisation = name,
        .organisation_alt = text_eq(name, name_other) ? TEXT_NONE : name_other,
        .accent = card_view_accent(ctx->org->accent),
        .name = act->card.member.name,
        .said = message(ctx->lang, "card_share_said"),
        .invitation = message(ctx->lang, "card_share_invitation"),
        .link = arena_printf(ctx->arena, "%.*s/join", TEXT_ARG(ctx->org->host)),
        .link_url = link_of(rq),
    };
    Buffer out = buffer_in(ctx->arena, LIMIT_RESPONSE_BYTES);
    CardPainter *painter = card_tools_painter(rq->app->card_tools);
    Status status = card_share_png(ctx, painter, &share, &out);
    card_tools_return(rq->app->card_tools, painter);
    TRY(status);
    request_answer_bytes(rq, "image/png", buffer_text(&out), NULL);
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};

extern const Route card_share_routes[];
const Route card_share_routes[] = {
    {.method = "GET", .path = "/card/{token}/share", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = card_act_prepare, .apply = card_act_load,
     .render = share_page, .page = "card_share", .summary = "What a member may send to anybody"},
    {.method = "GET", .path = "/card/{token}/share.png", .kind = ROUTE_READ, .face = FACE_FILE,
     .params = token_only, .prepare = card_act_prepare, .apply = card_act_load,
     .render = share_png, .slow = true,
     .summary = "The picture for it, without number and codes"},
    {0},
};
