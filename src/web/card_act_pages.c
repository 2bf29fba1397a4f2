/* What a member can do on the card page, and the acts that are one button: leaving, denying,
 * another address, another card. Each is a page that says what will happen; all need a code first
 * (card_code_pages.c). */
#include "base/limits.h"
#include "domain/denial.h"
#include "domain/member_card.h"
#include "domain/member_photo.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"

typedef struct Managing {
    bool denied;
    Enroller enroller;
} Managing;

static Status manage_load(Request *rq) {
    Ctx *ctx = &rq->ctx;
    CardAct *act = rq->state;
    Managing *managing = act->own = ARENA_NEW(ctx->arena, Managing);
    TRY(card_act_load(rq));
    const Member *m = &act->card.member;
    if (!act->open) return OK;
    TRY(denial_exists(ctx, m, &managing->denied));
    return denial_enroller_of(ctx, m, &managing->enroller);
}

/* Whoever denies is told who enrolled. */
static void fill_denied(Request *rq, const Managing *managing) {
    Arena *arena = rq->ctx.arena;
    const CardAct *act = rq->state;
    const Enroller *e = &managing->enroller;
    View *denied = view_object(arena, rq->view, "denied");
    view_text(arena, denied, "member_name", e->name);
    view_text(arena, denied, "member_number", e->number);
    view_text(arena, denied, "token_label", e->label);
    bool nobody = !e->name.len && !e->label.len;
    bool web = text_eq(act->card.member.how, T("web"));
    view_bool(arena, denied, "by_web", nobody && web);
    view_bool(arena, denied, "by_office", nobody && !web);
}

static Status manage_page(Request *rq) {
    const CardAct *act = rq->state;
    card_act_fill(rq);
    view_bool(rq->ctx.arena, rq->view, "open", act->open);
    if (act->open && ((const Managing *)act->own)->denied) fill_denied(rq, act->own);
    return OK;
}

static Status close_session(Request *rq) {
    const CardAct *act = rq->state;
    TRY(card_act_load(rq));
    return act_session_close(&rq->ctx, act->secret);
}

static Status closed(Request *rq) {
    request_set_cookie(rq, card_act_cookie, T(""), -1);
    request_redirect(rq, card_act_path(rq, ""));
    return OK;
}

static Status close_page(Request *rq) {
    request_redirect(rq, card_act_path(rq, "/manage"));
    return OK;
}

/* Acts with one button. */
typedef struct Button {
    const char *step, *text, *button;
    Status (*apply)(Ctx *ctx, CardAct *act);
    const char *then; /* below the card page */
    bool ends;        /* the session */
} Button;

static Status do_leave(Ctx *ctx, CardAct *act) {
    const MemberOptional nothing = {.relative = TEXT_NONE};
    TRY(member_photo_remove(ctx, &act->card.member)); /* nothing needs these any more */
    TRY(member_optional_put(ctx, &act->card.member, &nothing));
    return member_change_state(ctx, &act->card.member, MEMBER_ENDED, T("left"));
}

static Status do_deny(Ctx *ctx, CardAct *act) { return denial_record(ctx, &act->card.member); }

static Status do_joined(Ctx *ctx, CardAct *act) {
    return denial_withdraw(ctx, &act->card.member);
}

static Status do_address(Ctx *ctx, CardAct *act) {
    return member_card_new_address(ctx, &act->card.member);
}

static Status do_lost(Ctx *ctx, CardAct *act) {
    return member_reissue(ctx, &act->card.member, T("lost"));
}

static const Button leave = {"leave", "card_leave_text", "card_leave_button", do_leave, "", true};
static const Button deny = {"deny", "card_deny_text", "card_deny_button", do_deny, "/manage",
                            false};
static const Button joined = {"joined", "card_joined_text", "card_joined_button", do_joined, "",
                              false};
static const Button address = {"address", "card_address_text", "card_address_button", do_address,
                               "?done=moved", true};
static const Button lost = {"lost", "card_lost_text", "card_lost_button", do_lost, "?done=issued",
                            true};

static Status prepare_act(Request *rq, const Button *what) {
    TRY(card_act_prepare_step(rq, what->step));
    Button *copy = ARENA_NEW(rq->ctx.arena, Button);
    *copy = *what;
    ((CardAct *)rq->state)->own = copy;
    return OK;
}

static Status prepare_leave(Request *rq) { return prepare_act(rq, &leave); }
static Status prepare_deny(Request *rq) { return prepare_act(rq, &deny); }
static Status prepare_joined(Request *rq) { return prepare_act(rq, &joined); }
static Status prepare_address(Request *rq) { return prepare_act(rq, &address); }
static Status prepare_lost(Request *rq) { return prepare_act(rq, &lost); }

static Status confirm_page(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const CardAct *act = rq->state;
    const Button *what = act->own;
    if (card_act_lead_to_code(rq)) return OK;
    card_act_fill(rq);
    view_text(ctx->arena, rq->view, "action", rq->path);
    view_text(ctx->arena, rq->view, "title", message(ctx->lang, act->step->title));
    view_text(ctx->arena, rq->view, "text", message(ctx->lang, what->text));
    view_text(ctx->arena, rq->view, "button", message(ctx->lang, what->button));
    return OK;
}

static Status confirm_apply(Request *rq) {
    CardAct *act = rq->state;
    const Button *what = act->own;
    TRY(card_act_demand(rq));
    TRY(what->apply(&rq->ctx, act));
    return what->ends ? act_session_close(&rq->ctx, act->secret) : OK;
}

static Status confirmed(Request *rq) {
    CardAct *act = rq->state;
    const Button *what = act->own;
    if (what->ends) request_set_cookie(rq, card_act_cookie, T(""), -1);
    TRY(card_sign(&rq->ctx, NULL, &act->card)); /* the address may be another one now */
    request_redirect(rq, arena_printf(rq->ctx.arena, "%.*s%s", TEXT_ARG(act->card.page_path),
                                      what->then));
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};

#define ACT_ROUTES(name, words, does)                                                              \
    {.method = "GET", .path = "/card/{token}/" words, .kind = ROUTE_READ, .face = FACE_PAGE,       \
     .params = token_only, .prepare = prepare_##name, .apply = card_act_load,                      \
     .render = confirm_page, .page = "card_confirm", .summary = "Asks before it: " does},          \
    {.method = "POST", .path = "/card/{token}/" words, .kind = ROUTE_WRITE, .face = FACE_PAGE,     \
     .params = token_only, .prepare = prepare_##name, .apply = confirm_apply,                      \
     .render = confirmed, .page = "card_confirm", .summary = does}

extern const Route card_act_routes[];
const Route card_act_routes[] = {
    {.method = "GET", .path = "/card/{token}/manage", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = card_act_prepare, .apply = manage_load,
     .render = manage_page, .page = "card_manage",
     .summary = "What a member can do"},
    {.method = "POST", .path = "/card/{token}/close", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = token_only, .prepare = card_act_prepare, .apply = close_session, .render = closed,
     .page = "card_manage", .summary = "Ends that at once"},
    {.method = "GET", .path = "/card/{token}/close", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .params = token_only, .render = close_page, .page = "card_manage",
     .summary = "Leads back to what a member can do"},
    ACT_ROUTES(leave, "leave", "Leaves the organisation"),
    ACT_ROUTES(deny, "deny", "Says that one did not join: suspends and records"),
    ACT_ROUTES(joined, "joined", "Takes back that one did not join"),
    ACT_ROUTES(address, "address", "Replaces the address of the card page"),
    ACT_ROUTES(lost, "lost", "Issues the card anew; the old one then says so"),
    {0},
};
