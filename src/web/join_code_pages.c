/* Joining, second half: the code that proves the phone, the fee, the card. */
#include "base/buffer.h"
#include "domain/phone.h"
#include "web/app.h"
#include "web/code_form.h"
#include "web/error_cookie.h"
#include "web/join_draft.h"
#include "web/route.h"
#include "web/webhook.h"

enum { CODE_TYPED_BYTES = 64 };

/* RFC 5724; there is nothing but letters, digits and spaces in the words. */
static Text sms_link(Arena *arena, Text number, Text words) {
    Buffer out = buffer_in(arena, number.len + 3 * words.len + 16);
    buffer_printf(&out, "sms:%.*s?body=", TEXT_ARG(number));
    for (size_t i = 0; i < words.len; i++) {
        if (words.ptr[i] == ' ')
            buffer_add(&out, T("%20"));
        else
            buffer_byte(&out, words.ptr[i]);
    }
    return buffer_text(&out);
}

/* What the phone itself may do: sms {words, number, link}, call {number, link}; over: too late for
 * both, other digits are to be had. */
static void add_ways(Request *rq, const Application *a) {
    Arena *arena = rq->ctx.arena;
    const PhoneWays *ways = &a->ways;
    bool waits = a->wait.digits.len > 0, over = a->wait.until <= rq->ctx.now_s;
    view_bool(arena, rq->view, "has_ways", waits);
    view_bool(arena, rq->view, "over", over);
    if (!waits || over) return;
    if (ways->sms_number.len) {
        View *sms = view_object(arena, rq->view, "sms");
        Text words = phone_wait_words(&rq->ctx, ways->keyword, T("join"), a->wait.digits);
        view_text(arena, sms, "words", words);
        view_text(arena, sms, "number", phone_grouped(arena, ways->sms_number));
        view_text(arena, sms, "link", sms_link(arena, ways->sms_number, words));
    }
    if (ways->call_number.len) {
        View *call = view_object(arena, rq->view, "call");
        view_text(arena, call, "number", phone_grouped(arena, ways->call_number));
        view_text(arena, call, "dial", ways->call_number);
    }
}

static void fill_code(Request *rq, bool stopped) {
    Arena *arena = rq->ctx.arena;
    const JoinDraft *join = rq->state;
    CodeForm form = {.action = T("/join/code"), .again = T("/join/resend"),
                     .hint = "join_code_hint", .button = "join_code_button",
                     .demo_code = join->application.demo_code};
    if (!form.demo_code.len) form.demo_code = request_cookie(rq, join_draft_demo_cookie);
    view_bool(arena, rq->view, "stopped", stopped);
    code_form_fill(rq, &form);
    const PhoneCode *code = &join->application.code;
    bool live = code->hash.len && code->expires_at > rq->ctx.now_s;
    view_bool(arena, rq->view, "asks_code",
              join->application.ways.code && (live || !join->application.wait.digits.len));
    view_bool(arena, rq->view, "sends_code", join->application.ways.code);
    join_draft_add_summary(rq);
    add_ways(rq, &join->application);
}

static Status code_page(Request *rq) {
    const JoinDraft *join = rq->state;
    if (join_draft_redirect_unless(rq, APPLICATION_CODE)) return OK;
    if (join->application.wait.proof.len)
        request_redirect(rq, T("/join/wait"));
    else
        fill_code(rq, false);
    if (error_cookie_take(rq)) (void)join_draft_show_errors(rq);
    return OK;
}

/* A GET that may make a member: only of who proved the phone a moment ago, and only once. */
static Status wait_apply(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found || join->application.step != APPLICATION_CODE) return OK;
    return application_proved(&rq->ctx, join->secret, &join->application);
}

static Status wait_page(Request *rq) {
    if (join_draft_show_errors(rq)) {
        fill_code(rq, true);
        return OK;
    }
    if (!join_draft_redirect_unless(rq, APPLICATION_CODE)) fill_code(rq, false);
    return OK;
}

static Status code_begin(Request *rq) {
    TRY(join_draft_begin(rq));
    return request_tries_left(rq, "code");
}

static Status code_verify(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found || join->application.step != APPLICATION_CODE) return OK;
    return application_verify(&rq->ctx, join->secret, request_text(rq, "code"),
                              &join->application);
}

static Status code_verified(Request *rq) {
    const JoinDraft *join = rq->state;
    const Error *first = rq->ctx.error_count ? &rq->ctx.errors[0] : NULL;
    if (first && strcmp(first->message, "code_wrong") == 0) TRY(request_wrong_try(rq, "code"));
    if (join_draft_show_errors(rq)) {
        if (join->application.step == APPLICATION_CODE)
            error_cookie_redirect(rq, T("/join/code"));
        else
            fill_code(rq, true);
        return OK;
    }
    if (join->found && join->application.step >= APPLICATION_PAY)
        request_set_cookie(rq, join_draft_demo_cookie, T(""), -1);
    if (!join_draft_redirect_unless(rq, APPLICATION_CODE)) request_redirect(rq, T("/join/code"));
    return OK;
}

static Status code_refused(Request *rq) {
    const JoinDraft *join;
    TRY(join_draft_begin(rq));
    TRY(join_draft_load(rq));
    join = rq->state;
    fill_code(rq, join->application.step != APPLICATION_CODE);
    return OK;
}

static Status code_resend(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load_to_prove(rq));
    if (!join->found || join->application.step != APPLICATION_CODE) return OK;
    return application_resend(&rq->ctx, join->secret, join->fresh_code, &join->application);
}

static Status code_resent(Request *rq) {
    if (join_draft_show_errors(rq)) {
        error_cookie_redirect(rq, T("/join/code"));
        return OK;
    }
    join_draft_code_sent(rq);
    if (!join_draft_redirect_unless(rq, APPLICATION_CODE)) request_redirect(rq, T("/join/code"));
    return OK;
}

/* The address of the button's answer, when it is opened again or in the other language. */
static Status resend_page(Request *rq) {
    request_redirect(rq, T("/join/code"));
    return OK;
}

/* The fee's order, begun when the page is first looked at. */
static Status pay_load(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found || join->application.step != APPLICATION_PAY) return OK;
    FeeOrder order;
    TRY(fee_order_for_member(&rq->ctx, join->application.serial, &order));
    join->order_token = fee_order_token(&rq->ctx, order.id);
    return OK;
}

/* A demo has its button here; everything else is on the order's own page, which others may open. */
static Status pay_page(Request *rq) {
    const JoinDraft *join = rq->state;
    if (join_draft_redirect_unless(rq, APPLICATION_PAY)) return OK;
    Text path = arena_printf(rq->ctx.arena, "/pay/%.*s", TEXT_ARG(join->order_token));
    if (!rq->app->demo) {
        request_redirect(rq, path);
        return OK;
    }
    view_text(rq->ctx.arena, rq->view, "pay_path", path);
    view_bool(rq->ctx.arena, rq->view, "minor", join->application.minor);
    join_draft_add_fee(rq);
    return OK;
}

static Status pay_begin(Request *rq) {
    TRY(join_draft_begin(rq));
    return rq->app->demo ? OK : fail(&rq->ctx, DENIED, NULL, "demo_only");
}

static Status pay_demo(Request *rq) {
    JoinDraft *join = rq->state;
    TRY(join_draft_load(rq));
    if (!join->found || join->application.step != APPLICATION_PAY) return OK;
    FeeOrder order;
    Webhook hook;
    TRY(fee_order_for_member(&rq->ctx, join->application.serial, &order));
    TRY(webhook_demo_pay(&rq->ctx, &order, &hook));
    return join_draft_load(rq);
}

static Status paid(Request *rq) {
    if (!join_draft_redirect_unless(rq, APPLICATION_PAY)) request_redirect(rq, T("/join/pay"));
    return OK;
}

static const Param code_fields[] = {
    {.name = "code", .place = PARAM_FORM, .type = PARAM_SECRET, .max_bytes = CODE_TYPED_BYTES,
     .message = "join_code_label", .help = "The six digits"},
    {0},
};

extern const Route join_code_routes[];
const Route join_code_routes[] = {
    {.method = "GET", .path = "/join/code", .kind = ROUTE_READ, .face = FACE_PAGE,
     .prepare = join_draft_begin, .apply = join_draft_load, .render = code_page,
     .page = "join_code", .summary = "Asks for the code that was sent to the phone"},
    {.method = "POST", .path = "/join/code", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = code_fields, .prepare = code_begin, .apply = code_verify,
     .render = code_verified, .on_error = code_refused, .page = "join_code",
     .summary = "Proves the phone: a member, or the fee is open"},
    {.method = "POST", .path = "/join/resend", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .prepare = join_draft_begin_code, .apply = code_resend, .render = code_resent,
     .page = "join_code", .summary = "Has another code sent"},
    {.method = "GET", .path = "/join/wait", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .prepare = join_draft_begin, .apply = wait_apply, .render = wait_page,
     .page = "join_wait", .summary = "Waits for the phone's own SMS or missed call; then a member"},
    {.method = "GET", .path = "/join/resend", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .render = resend_page, .page = "join_code", .summary = "Leads back to the code"},
    {.method = "GET", .path = "/join/pay", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .prepare = join_draft_begin, .apply = pay_load, .render = pay_page,
     .page = "join_pay", .summary = "The fee, where there is one"},
    {.method = "POST", .path = "/join/pay", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .prepare = pay_begin, .apply = pay_demo, .render = paid, .page = "join_pay",
     .summary = "The pay button of a demo register"},
    {0},
};
