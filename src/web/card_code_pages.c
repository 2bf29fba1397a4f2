/* The code to the phone before an act on the card page: asked for, sent, written. It allows what
 * its SMS names (domain/act_session.h), and leads there. */
#include "base/limits.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/code_form.h"

enum { CODE_TYPED_BYTES = 64 };

static Status step_prepare(Request *rq) {
    TRY(card_act_prepare(rq));
    CardAct *act = rq->state;
    act->step = card_act_step(request_text(rq, "act"));
    return act->step ? OK : fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
}

static void go_on(Request *rq, const char *to) {
    request_redirect(rq, card_act_path(rq, arena_printf(rq->ctx.arena, "/%s", to).ptr));
}

/* With the field for a code that is awaited, else with the button that has one sent. */
static void fill(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const CardAct *act = rq->state;
    bool awaited = act->found && act->session.act == act->step->act && !act->session.open_until;
    card_act_fill(rq);
    view_text(arena, rq->view, "act", text_of(act->step->name));
    view_text(arena, rq->view, "act_title", message(rq->ctx.lang, act->step->title));
    view_bool(arena, rq->view, "awaited", awaited);
    CodeForm form = {.action = card_act_path(rq, "/code"), .again = card_act_path(rq, "/send"),
                     .hint = "card_code_hint", .button = "card_code_button",
                     .demo_code = request_cookie(rq, card_act_demo_cookie)};
    code_form_fill(rq, &form);
}

static Status code_page(Request *rq) {
    const CardAct *act = rq->state;
    if (act->open)
        go_on(rq, act->step->name);
    else
        fill(rq);
    return OK;
}

static Status send_prepare(Request *rq) {
    TRY(step_prepare(rq));
    return request_tries_left(rq, "send");
}

static Status send_apply(Request *rq) {
    Ctx *ctx = &rq->ctx;
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    if (act->open) return OK;
    return act_session_begin(ctx, act->fresh_secret, &act->card.member, act->step->act,
                             message(ctx->lang, act->step->words), act->fresh_code, &act->session);
}

static Status sent(Request *rq) {
    CardAct *act = rq->state;
    if (card_act_show_errors(rq)) {
        act->found = false;
        fill(rq);
        return OK;
    }
    if (!act->open) {
        request_count(rq, "send");
        request_set_cookie(rq, card_act_cookie, act->fresh_secret, ACT_SESSION_S);
        if (rq->app->demo)
            request_set_cookie(rq, card_act_demo_cookie, act->session.demo_code,
                               PHONE_CODE_LIFE_S);
    }
    go_on(rq, arena_printf(rq->ctx.arena, "code?act=%s", act->step->name).ptr);
    return OK;
}

static Status try_prepare(Request *rq) {
    TRY(step_prepare(rq));
    return request_tries_left(rq, "code");
}

static Status try_apply(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    if (act->open) return OK;
    return act_session_open(&rq->ctx, act->secret, act->fresh_secret, &act->card.member,
                            request_text(rq, "code"), &act->session);
}

static Status tried(Request *rq) {
    const CardAct *act = rq->state;
    const Error *first = rq->ctx.error_count ? &rq->ctx.errors[0] : NULL;
    if (first && strcmp(first->message, "code_wrong") == 0) TRY(request_wrong_try(rq, "code"));
    if (card_act_show_errors(rq)) {
        fill(rq);
        return OK;
    }
    if (!act->open) request_set_cookie(rq, card_act_cookie, act->fresh_secret, ACT_SESSION_S);
    request_set_cookie(rq, card_act_demo_cookie, T(""), -1);
    go_on(rq, act->step->name);
    return OK;
}

static Status send_page(Request *rq) {
    go_on(rq, "manage");
    return OK;
}

#define ACT_PARAM(where)                                                                           \
    {                                                                                              \
        .name = "act", .place = where, .type = PARAM_CHOICE, .required = true,                     \
        .choices = "photo|name|more|messages|address|lost|leave|deny|joined|phone|renew",          \
        .help = "What the code is for"                                                             \
    }

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param act_in_query[] = {CARD_TOKEN_PARAM, ACT_PARAM(PARAM_QUERY), {0}};
static const Param act_in_form[] = {CARD_TOKEN_PARAM, ACT_PARAM(PARAM_FORM), {0}};
static const Param act_and_code[] = {
    CARD_TOKEN_PARAM,
    ACT_PARAM(PARAM_FORM),
    {.name = "code", .place = PARAM_FORM, .type = PARAM_SECRET, .max_bytes = CODE_TYPED_BYTES,
     .message = "join_code_label", .help = "The six digits"},
    {0},
};

extern const Route card_code_routes[];
const Route card_code_routes[] = {
    {.method = "GET", .path = "/card/{token}/code", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = act_in_query, .prepare = step_prepare, .apply = card_act_load,
     .render = code_page, .page = "card_code", .summary = "Asks for the code before an act"},
    {.method = "POST", .path = "/card/{token}/code", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = act_and_code, .prepare = try_prepare, .apply = try_apply, .render = tried,
     .page = "card_code", .summary = "Allows that act for a quarter of an hour"},
    {.method = "POST", .path = "/card/{token}/send", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = act_in_form, .prepare = send_prepare, .apply = send_apply, .render = sent,
     .page = "card_code", .summary = "Has a code for an act sent to the member's phone"},
    {.method = "GET", .path = "/card/{token}/send", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .params = token_only, .render = send_page, .page = "card_code",
     .summary = "Leads back to what a member can do"},
    {0},
};
