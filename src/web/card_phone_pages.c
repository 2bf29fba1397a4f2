/* Moving to another phone: whose it is, then the code that came to it. Afterwards the card page has
 * another address and this browser knows it no more: it may be the phone that was left. */
#include "base/limits.h"
#include "domain/phone.h"
#include "domain/phone_move.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/code_form.h"

enum { CODE_TYPED_BYTES = 64 };

typedef struct Moving {
    PhoneMove move;
    Text now; /* the phone of before */
    bool found, done;
} Moving;

static Status move_prepare(Request *rq) {
    TRY(card_act_prepare_step(rq, "phone"));
    ((CardAct *)rq->state)->own = ARENA_NEW(rq->ctx.arena, Moving);
    return OK;
}

static Status move_load(Request *rq) {
    CardAct *act = rq->state;
    Moving *moving = act->own;
    TRY(card_act_load(rq));
    if (!act->open) return OK;
    TRY(member_phone(&rq->ctx, &act->card.member, &moving->now));
    return phone_move_find(&rq->ctx, &act->card.member, &moving->move, &moving->found);
}

static void fill_form(Request *rq, Text phone, Text phone_of) {
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    view_text(arena, rq->view, "phone", phone);
    view_bool(arena, rq->view, "household", text_eq(phone_of, T("household")));
    const CardAct *act = rq->state;
    Text now = act ? ((const Moving *)act->own)->now : TEXT_NONE;
    view_text(arena, rq->view, "now_shown", now.len ? phone_masked(arena, now) : T(""));
}

static Status form_page(Request *rq) {
    if (card_act_lead_to_code(rq)) return OK;
    fill_form(rq, T(""), T("self"));
    return OK;
}

static Status form_prepare(Request *rq) {
    TRY(move_prepare(rq));
    TRY(request_tries_left(rq, "send"));
    PhoneMove *move = &((Moving *)((CardAct *)rq->state)->own)->move;
    move->phone_of = request_text(rq, "phone_of");
    return OK;
}

static Text sms_words(const Request *rq) { return message(rq->ctx.lang, "sms_act_phone_new"); }

static Status form_send(Request *rq) {
    CardAct *act = rq->state;
    Moving *moving = act->own;
    TRY(card_act_demand(rq));
    TRY(member_phone(&rq->ctx, &act->card.member, &moving->now)); /* shown beside what is wrong */
    TRY(phone_parse(&rq->ctx, "phone", request_text(rq, "phone"), &moving->move.phone_e164));
    return phone_move_begin(&rq->ctx, &act->card.member, sms_words(rq), act->fresh_code,
                            &moving->move);
}

static void code_sent(Request *rq) {
    const Moving *moving = ((const CardAct *)rq->state)->own;
    if (!moving->move.demo_code.len) return;
    request_count(rq, "send");
    if (rq->app->demo)
        request_set_cookie(rq, card_act_demo_cookie, moving->move.demo_code, PHONE_CODE_LIFE_S);
}

static Status form_sent(Request *rq) {
    if (card_act_show_errors(rq)) {
        fill_form(rq, request_text(rq, "phone"), request_text(rq, "phone_of"));
        return OK;
    }
    code_sent(rq);
    request_redirect(rq, card_act_path(rq, "/phone/code"));
    return OK;
}

static Status form_refused(Request *rq) {
    fill_form(rq, request_text(rq, "phone"), request_text(rq, "phone_of"));
    return OK;
}

static void fill_code(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const PhoneMove *move = &((const Moving *)((const CardAct *)rq->state)->own)->move;
    Text code = move->demo_code.len ? move->demo_code : request_cookie(rq, card_act_demo_cookie);
    view_text(arena, rq->view, "card_path", card_act_path(rq, ""));
    code_form_fill(rq, &(CodeForm){.action = card_act_path(rq, "/phone/code"),
                                   .again = card_act_path(rq, "/phone/resend"),
                                   .hint = "card_phone_code_hint", .button = "card_phone_button",
                                   .demo_code = code});
    view_text(arena, rq->view, "phone_shown", phone_masked(arena, move->phone_e164));
}

static Status code_page(Request *rq) {
    const Moving *moving = ((const CardAct *)rq->state)->own;
    if (card_act_lead_to_code(rq)) return OK;
    if (moving->found)
        fill_code(rq);
    else
        request_redirect(rq, card_act_path(rq, "/phone"));
    return OK;
}

static Status code_prepare(Request *rq) {
    TRY(move_prepare(rq));
    return request_tries_left(rq, "code");
}

static Status code_try(Request *rq) {
    CardAct *act = rq->state;
    Moving *moving = act->own;
    TRY(card_act_demand(rq));
    TRY(phone_move_finish(&rq->ctx, &act->card.member, request_text(rq, "code"), &moving->move,
                          &moving->done));
    return moving->done ? act_session_close(&rq->ctx, act->secret) : OK;
}

static Status code_tried(Request *rq) {
    const Error *first = rq->ctx.error_count ? &rq->ctx.errors[0] : NULL;
    if (first && strcmp(first->message, "code_wrong") == 0) TRY(request_wrong_try(rq, "code"));
    if (card_act_show_errors(rq)) {
        /* the phone is not to be had: another one is to be written */
        bool stopped = !first->field || strcmp(first->field, "phone") == 0;
        view_bool(rq->ctx.arena, rq->view, "stopped", stopped);
        fill_code(rq);
        return OK;
    }
    request_set_cookie(rq, card_act_cookie, T(""), -1);
    request_set_cookie(rq, card_act_demo_cookie, T(""), -1);
    request_redirect(rq, T("/sign-in?moved=1"));
    return OK;
}

static Status resend_prepare(Request *rq) {
    TRY(move_prepare(rq));
    return request_tries_left(rq, "send");
}

static Status resend_send(Request *rq) {
    CardAct *act = rq->state;
    TRY(card_act_demand(rq));
    return phone_move_resend(&rq->ctx, &act->card.member, sms_words(rq), act->fresh_code,
                             &((Moving *)act->own)->move);
}

static Status resent(Request *rq) {
    if (card_act_show_errors(rq)) {
        fill_code(rq);
        return OK;
    }
    code_sent(rq);
    request_redirect(rq, card_act_path(rq, "/phone/code"));
    return OK;
}

static Status resend_page(Request *rq) {
    request_redirect(rq, card_act_path(rq, "/phone/code"));
    return OK;
}

static const Param token_only[] = {CARD_TOKEN_PARAM, {0}};
static const Param phone_fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "phone", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_PHONE_BYTES,
     .message = "join_phone_again", .help = "The new phone"},
    {.name = "phone_of", .place = PARAM_FORM, .type = PARAM_CHOICE, .required = true,
     .choices = "self|household", .message = "phone_of_form", .help = "Whose it is"},
    {0},
};
static const Param code_fields[] = {
    CARD_TOKEN_PARAM,
    {.name = "code", .place = PARAM_FORM, .type = PARAM_SECRET, .max_bytes = CODE_TYPED_BYTES,
     .message = "join_code_label", .help = "The six digits"},
    {0},
};

extern const Route card_phone_routes[];
const Route card_phone_routes[] = {
    {.method = "GET", .path = "/card/{token}/phone", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = move_prepare, .apply = move_load, .render = form_page,
     .page = "card_phone", .summary = "Asks for the phone that a member moves to"},
    {.method = "POST", .path = "/card/{token}/phone", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = phone_fields, .prepare = form_prepare, .apply = form_send, .render = form_sent,
     .on_error = form_refused, .page = "card_phone", .summary = "Sends a code to that phone"},
    {.method = "GET", .path = "/card/{token}/phone/code", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = token_only, .prepare = move_prepare, .apply = move_load, .render = code_page,
     .page = "card_phone_code", .summary = "Asks for that code"},
    {.method = "POST", .path = "/card/{token}/phone/code", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .params = code_fields, .prepare = code_prepare, .apply = code_try,
     .render = code_tried, .page = "card_phone_code", .summary = "Moves the member to that phone"},
    {.method = "POST", .path = "/card/{token}/phone/resend", .kind = ROUTE_WRITE,
     .face = FACE_PAGE, .params = token_only, .prepare = resend_prepare, .apply = resend_send,
     .render = resent, .page = "card_phone_code", .summary = "Has another code sent"},
    {.method = "GET", .path = "/card/{token}/phone/resend", .kind = ROUTE_STATIC,
     .face = FACE_PAGE, .params = token_only, .render = resend_page, .page = "card_phone_code",
     .summary = "Leads back to the code"},
    {0},
};
