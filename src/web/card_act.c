/* The card of an address, and the session of a cookie. */
#include "web/card_act.h"

#include "crypto/secret_token.h"
#include "web/problem.h"

const char card_act_cookie[] = "card_act";
const char card_act_demo_cookie[] = "card_demo_code";

static const CardStep steps[] = {
    {"photo", "card_photo_title", "sms_act_card", ACT_CARD},
    {"name", "card_name_title", "sms_act_card", ACT_CARD},
    {"more", "card_more_title", "sms_act_card", ACT_CARD},
    {"messages", "card_wish_title", "sms_act_card", ACT_CARD},
    {"address", "card_address_title", "sms_act_address", ACT_ADDRESS},
    {"lost", "card_lost_title", "sms_act_lost", ACT_LOST},
    {"leave", "card_leave_title", "sms_act_leave", ACT_LEAVE},
    {"deny", "card_deny_title", "sms_act_deny", ACT_DENY},
    {"joined", "card_joined_title", "sms_act_joined", ACT_JOINED},
    {"phone", "card_phone_title", "sms_act_phone", ACT_PHONE},
    {"renew", "card_renew_title", "sms_act_renew", ACT_RENEW},
};

const CardStep *card_act_step(Text name) {
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (text_eq(name, text_of(steps[i].name))) return &steps[i];
    return NULL;
}

Status card_act_prepare(Request *rq) {
    Arena *arena = rq->ctx.arena;
    CardAct *act = rq->state = ARENA_NEW(arena, CardAct);
    char secret[SECRET_TOKEN_CHARS], code[ONE_TIME_CODE_DIGITS];
    secret_token_make(secret);
    one_time_code_make(code);
    act->secret = request_cookie(rq, card_act_cookie);
    act->fresh_secret = arena_copy(arena, (Text){secret, sizeof secret});
    act->fresh_code = arena_copy(arena, (Text){code, sizeof code});
    return OK;
}

Status card_act_prepare_step(Request *rq, const char *name) {
    TRY(card_act_prepare(rq));
    ((CardAct *)rq->state)->step = card_act_step(text_of(name));
    return OK;
}

Status card_act_load(Request *rq) {
    Ctx *ctx = &rq->ctx;
    CardAct *act = rq->state;
    TRY(card_by_token(ctx, request_text(rq, "token"), &act->card));
    const Member *m = &act->card.member;
    if (m->state == MEMBER_APPLIED) return fail(ctx, CONFLICT, NULL, "card_not_yet");
    bool renews = act->step && act->step->act == ACT_RENEW && m->state == MEMBER_EXPIRED;
    if (!member_state_has_card(m->state) && !renews)
        return fail(ctx, NOT_FOUND, NULL, "card_ended");
    TRY(member_guardian_read(ctx, m, &act->guardian));
    TRY(act_session_find(ctx, act->secret, m, &act->session, &act->found));
    bool fits = !act->step || act->step->act == act->session.act;
    act->open = act->found && act->session.open_until && fits;
    return OK;
}

Status card_act_demand(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_load(rq));
    return act_session_demand(&rq->ctx, act->secret, &act->card.member, act->step->act);
}

Text card_act_path(const Request *rq, const char *tail) {
    return arena_printf(rq->ctx.arena, "/card/%.*s%s", TEXT_ARG(request_text(rq, "token")), tail);
}

bool card_act_lead_to_code(Request *rq) {
    const CardAct *act = rq->state;
    if (act->open) return false;
    Text tail = arena_printf(rq->ctx.arena, "/code?act=%s", act->step->name);
    request_redirect(rq, card_act_path(rq, tail.ptr));
    return true;
}

void card_act_fill(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const CardAct *act = rq->state;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_text(arena, rq->view, "name", act->card.member.name);
    view_text(arena, rq->view, "name_alt", act->card.member.name_alt);
    bool proved = act->found && act->session.open_until;
    view_bool(arena, rq->view, "minor", act->guardian.name.len > 0);
    view_text(arena, rq->view, "guardian", proved ? act->guardian.name : T(""));
    view_bool(arena, rq->view, "no_phone",
              !act->card.member.phone_sealed.len && !act->guardian.e164.len);
}

bool card_act_show_errors(Request *rq) {
    if (!rq->ctx.error_count) return false;
    rq->http_status = problem_http_status(rq->ctx.errors[0].status);
    return true;
}
