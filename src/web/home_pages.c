/* The first page and the notice about personal data. */
#include "base/clock.h"
#include "domain/membership_kind.h"
#include "domain/organisation_slogan.h"
#include "domain/tally.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/route.h"

typedef struct Home {
    Tally tally;
    TallyDay today;
    MembershipKind kind;
    OrganisationSlogan slogan;
} Home;

static Status home_read(Request *rq) {
    Ctx *ctx = &rq->ctx;
    Home *home = rq->state = ARENA_NEW(ctx->arena, Home);
    int64_t day = organisation_day(ctx);
    TRY(tally_read(ctx, ctx->org->root_unit_id, &home->tally));
    TRY(organisation_slogan_read(ctx, &home->slogan));
    TRY(tally_days(ctx, ctx->org->root_unit_id, day, day, &home->today));
    MembershipKind open[MEMBERSHIP_KINDS_MAX];
    int count;
    TRY(membership_kind_list(ctx, true, open, &count));
    if (count) home->kind = open[0];
    return OK;
}

static Status home_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Home *home = rq->state;
    view_text(ctx->arena, rq->view, "slogan", organisation_slogan_text(&home->slogan, ctx->lang));
    view_int(ctx->arena, rq->view, "members", home->tally.members);
    view_int(ctx->arena, rq->view, "today", home->today.joined);
    view_bool(ctx->arena, rq->view, "free", home->kind.fee_paise == 0);
    view_text(ctx->arena, rq->view, "fee", message_rupees(ctx->arena, home->kind.fee_paise));
    return OK;
}

static Status privacy_page(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "notice_version", rq->app->org->notice_version);
    return OK;
}

extern const Route home_routes[];
const Route home_routes[] = {
    {.method = "GET",
     .path = "/",
     .kind = ROUTE_READ,
     .face = FACE_PAGE,
     .apply = home_read,
     .render = home_page,
     .page = "home",
     .cache_s = 1,
     .summary = "What the organisation is, the live count, joining, checking a card"},
    {.method = "GET",
     .path = "/privacy",
     .kind = ROUTE_STATIC,
     .face = FACE_PAGE,
     .render = privacy_page,
     .page = "privacy",
     .summary = "The notice: what is asked, why, who sees it"},
    {0},
};
