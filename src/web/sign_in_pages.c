/* Coming back to one's card with the phone alone: phone, code, and where several share the phone,
 * whose card. Every phone is answered alike until its code was right (domain/sign_in.h). */
#include "domain/sign_in.h"

#include "base/clock.h"
#include "base/limits.h"
#include "crypto/secret_token.h"
#include "domain/act_session.h"
#include "domain/gateway.h"
#include "domain/phone.h"
#include "render/messages.h"
#include "web/app.h"
#include "web/card_act.h"
#include "web/code_form.h"
#include "web/problem.h"
#include "web/route.h"

enum { CODE_TYPED_BYTES = 64 };

static const char cookie[] = "sign_in";
/* Carries the code to the next page in a demo register, where nothing is sent. */
static const char demo_cookie[] = "sign_in_demo_code";

typedef struct Coming {
    Text secret;       /* of the cookie, or empty */
    Text fresh_secret; /* new, for a session that begins or opens */
    Text act_secret;   /* new, for the acts of the card page */
    Text fresh_code, phone;
    bool can_send, found;
    SignIn session;
    PhoneMember members[LIMIT_PHONE_MEMBERS];
    int count;
    SignedIn in;
} Coming;

static Text fresh_token(Arena *arena) {
    char secret[SECRET_TOKEN_CHARS];
    secret_token_make(secret);
    return arena_copy(arena, (Text){secret, sizeof secret});
}

static Status begin(Request *rq) {
    Arena *arena = rq->ctx.arena;
    Coming *c = rq->state = ARENA_NEW(arena, Coming);
    char code[ONE_TIME_CODE_DIGITS];
    request_private(rq);
    one_time_code_make(code);
    c->secret = request_cookie(rq, cookie);
    c->fresh_secret = fresh_token(arena);
    c->act_secret = fresh_token(arena);
    c->fresh_code = arena_copy(arena, (Text){code, sizeof code});
    return OK;
}

static Status load(Request *rq) {
    Coming *c = rq->state;
    TRY(gateway_can_send(&rq->ctx, &c->can_send));
    return sign_in_find(&rq->ctx, c->secret, &c->session, &c->found);
}

/* Leads to where the visitor is, unless that is here. */
static bool lead_on(Request *rq, const char *here) {
    const Coming *c = rq->state;
    const char *there = !c->found ? "/sign-in" : c->session.open_until ? "/sign-in/whose"
                                                                       : "/sign-in/code";
    if (strcmp(here, there) == 0) return false;
    request_redirect(rq, text_of(there));
    return true;
}

static bool show_errors(Request *rq) {
    if (!rq->ctx.error_count) return false;
    rq->http_status = problem_http_status(rq->ctx.errors[0].status);
    return true;
}

static void fill_phone(Request *rq, Text typed) {
    view_text(rq->ctx.arena, rq->view, "phone", typed);
    view_bool(rq->ctx.arena, rq->view, "elsewhere", !((Coming *)rq->state)->can_send);
}

static Status phone_page(Request *rq) {
    fill_phone(rq, T(""));
    view_bool(rq->ctx.arena, rq->view, "moved", request_bool(rq, "moved"));
    return OK;
}

static Status phone_prepare(Request *rq) {
    TRY(begin(rq));
    TRY(request_tries_left(rq, "send"));
    return phone_parse(&rq->ctx, "phone", request_text(rq, "phone"),
                       &((Coming *)rq->state)->phone);
}

static Text sms_words(const Request *rq) { return message(rq->ctx.lang, "sms_act_sign_in"); }

static Status phone_send(Request *rq) {
    Coming *c = rq->state;
    TRY(load(rq));
    if (!c->can_send) return fail(&rq->ctx, DENIED, NULL, "sign_in_not_here");
    return sign_in_begin(&rq->ctx, c->fresh_secret, c->phone, sms_words(rq), c->fresh_code,
                         &c->session);
}

/* A code was made: the browser shows it where no SMS goes. */
static void code_sent(Request *rq) {
    const Coming *c = rq->state;
    if (!c->session.demo_code.len) return;
    request_count(rq, "send");
    if (rq->app->demo)
        request_set_cookie(rq, demo_cookie, c->session.demo_code, PHONE_CODE_LIFE_S);
}

static Status phone_sent(Request *rq) {
    const Coming *c = rq->state;
    if (show_errors(rq)) {
        fill_phone(rq, request_text(rq, "phone"));
        return OK;
    }
    code_sent(rq);
    request_set_cookie(rq, cookie, c->fresh_secret, SIGN_IN_S);
    request_redirect(rq, T("/sign-in/code"));
    return OK;
}

static Status phone_refused(Request *rq) {
    TRY(begin(rq));
    ((Coming *)rq->state)->can_send = true;
    fill_phone(rq, request_text(rq, "phone"));
    return OK;
}

static void fill_code(Request *rq) {
    Arena *arena = rq->ctx.arena;
    const Coming *c = rq->state;
    CodeForm form = {.action = T("/sign-in/code"), .again = T("/sign-in/resend"),
                     .hint = "sign_in_code_hint", .button = "card_code_button",
                     .demo_code = c->session.demo_code};
    if (!form.demo_code.len) form.demo_code = request_cookie(rq, demo_cookie);
    code_form_fill(rq, &form);
    view_text(arena, rq->view, "phone_shown", phone_masked(arena, c->session.phone_e164));
}

static Status code_page(Request *rq) {
    if (!lead_on(rq, "/sign-in/code")) fill_code(rq);
    return OK;
}

static Status code_prepare(Request *rq) {
    TRY(begin(rq));
    return request_tries_left(rq, "code");
}

/* With nobody to choose among, the card comes at once. */
static Status code_try(Request *rq) {
    Coming *c = rq->state;
    TRY(load(rq));
    TRY(sign_in_try(&rq->ctx, c->secret, c->fresh_secret, request_text(rq, "code"), &c->session));
    if (rq->ctx.error_count || !c->found) return OK;
    return sign_in_choose(&rq->ctx, c->fresh_secret, -1, c->act_secret, &c->in);
}

static void arrive(Request *rq) {
    const Coming *c = rq->state;
    if (c->in.acts) request_set_cookie(rq, card_act_cookie, c->act_secret, ACT_SESSION_S);
    request_set_cookie(rq, cookie, T(""), -1);
    request_redirect(rq, c->in.path);
}

static Status code_tried(Request *rq) {
    const Coming *c = rq->state;
    const Error *first = rq->ctx.error_count ? &rq->ctx.errors[0] : NULL;
    if (first && strcmp(first->message, "code_wrong") == 0) TRY(request_wrong_try(rq, "code"));
    if (show_errors(rq)) {
        fill_code(rq);
        return OK;
    }
    request_set_cookie(rq, demo_cookie, T(""), -1);
    if (c->in.path.len)
        arrive(rq);
    else
        request_redirect(rq, T("/sign-in/whose"));
    if (!c->in.path.len && !text_eq(c->secret, c->fresh_secret))
        request_set_cookie(rq, cookie, c->fresh_secret, SIGN_IN_S);
    return OK;
}

static Status code_resend_prepare(Request *rq) {
    TRY(begin(rq));
    return request_tries_left(rq, "send");
}

static Status code_resend(Request *rq) {
    Coming *c = rq->state;
    TRY(load(rq));
    return sign_in_resend(&rq->ctx, c->secret, sms_words(rq), c->fresh_code, &c->session);
}

static Status code_resent(Request *rq) {
    if (show_errors(rq)) {
        fill_code(rq);
        return OK;
    }
    code_sent(rq);
    request_redirect(rq, T("/sign-in/code"));
    return OK;
}

/* The address of the button's answer, when it is opened again or in the other language. */
static Status resend_page(Request *rq) {
    request_redirect(rq, T("/sign-in/code"));
    return OK;
}

static Status whose_load(Request *rq) {
    Coming *c = rq->state;
    TRY(load(rq));
    if (!c->found || !c->session.open_until) return OK;
    return member_phone_list(&rq->ctx, c->session.phone_e164, c->members, &c->count);
}

static void fill_whose(Request *rq) {
    Ctx *ctx = &rq->ctx;
    const Coming *c = rq->state;
    bool unconfirmed = false;
    View *list = view_list(ctx->arena, rq->view, "members");
    for (int i = 0; i < c->count; i++) {
        const PhoneMember *m = &c->members[i];
        View *item = view_item(ctx->arena, list);
        char joined[11];
        clock_iso_day(clock_day(m->joined_at, ctx->org->zone_offset_s), joined);
        view_text(ctx->arena, item, "slot", arena_printf(ctx->arena, "%d", (int)m->slot));
        view_text(ctx->arena, item, "name", m->shown);
        view_text(ctx->arena, item, "number_end", m->number_end);
        view_text(ctx->arena, item, "year", arena_copy(ctx->arena, (Text){joined, 4}));
        view_bool(ctx->arena, item, "first", i == 0);
        view_bool(ctx->arena, item, "unpaid",
                  m->state == MEMBER_APPLIED || m->state == MEMBER_REJECTED);
        unconfirmed |= !m->confirmed;
    }
    view_bool(ctx->arena, rq->view, "nobody", c->count == 0);
    view_bool(ctx->arena, rq->view, "one", c->count == 1);
    view_bool(ctx->arena, rq->view, "unconfirmed", unconfirmed);
    view_text(ctx->arena, rq->view, "phone_shown",
              phone_masked(ctx->arena, c->session.phone_e164));
}

static Status whose_page(Request *rq) {
    if (!lead_on(rq, "/sign-in/whose")) fill_whose(rq);
    return OK;
}

static Status whose_choose(Request *rq) {
    Coming *c = rq->state;
    TRY(whose_load(rq));
    int64_t slot = request_has(rq, "who") ? request_int(rq, "who") : LIMIT_PHONE_MEMBERS;
    return sign_in_choose(&rq->ctx, c->secret, slot, c->act_secret, &c->in);
}

static Status whose_chosen(Request *rq) {
    const Coming *c = rq->state;
    if (show_errors(rq))
        fill_whose(rq);
    else if (c->in.path.len)
        arrive(rq);
    else if (!lead_on(rq, "/sign-in/whose"))
        fill_whose(rq);
    return OK;
}

static const Param phone_query[] = {
    {.name = "moved", .place = PARAM_QUERY, .type = PARAM_BOOL,
     .help = "A membership was moved to another phone just now"},
    {0},
};
static const Param phone_fields[] = {
    {.name = "phone", .place = PARAM_FORM, .type = PARAM_TEXT, .max_bytes = LIMIT_PHONE_BYTES,
     .message = "join_phone_again", .help = "The phone that the membership has"},
    {0},
};
static const Param code_fields[] = {
    {.name = "code", .place = PARAM_FORM, .type = PARAM_SECRET, .max_bytes = CODE_TYPED_BYTES,
     .message = "join_code_label", .help = "The six digits"},
    {0},
};
static const Param whose_fields[] = {
    {.name = "who", .place = PARAM_FORM, .type = PARAM_INT, .min = 0,
     .max = LIMIT_PHONE_MEMBERS - 1, .message = "sign_in_choose",
     .help = "The place of the member on the phone"},
    {0},
};

extern const Route sign_in_routes[];
const Route sign_in_routes[] = {
    {.method = "GET", .path = "/sign-in", .kind = ROUTE_READ, .face = FACE_PAGE,
     .params = phone_query, .prepare = begin, .apply = load, .render = phone_page,
     .page = "sign_in", .summary = "Back to one's card: asks for the phone"},
    {.method = "POST", .path = "/sign-in", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = phone_fields, .prepare = phone_prepare, .apply = phone_send,
     .render = phone_sent, .on_error = phone_refused, .page = "sign_in",
     .summary = "Sends a code to the phone, whether it has members or not"},
    {.method = "GET", .path = "/sign-in/code", .kind = ROUTE_READ, .face = FACE_PAGE,
     .prepare = begin, .apply = load, .render = code_page, .page = "sign_in_code",
     .summary = "Asks for that code"},
    {.method = "POST", .path = "/sign-in/code", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = code_fields, .prepare = code_prepare, .apply = code_try, .render = code_tried,
     .page = "sign_in_code", .summary = "Proves the phone: the card, or the choice of one"},
    {.method = "POST", .path = "/sign-in/resend", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .prepare = code_resend_prepare, .apply = code_resend, .render = code_resent,
     .page = "sign_in_code", .summary = "Has another code sent"},
    {.method = "GET", .path = "/sign-in/resend", .kind = ROUTE_STATIC, .face = FACE_PAGE,
     .render = resend_page, .page = "sign_in_code", .summary = "Leads back to the code"},
    {.method = "GET", .path = "/sign-in/whose", .kind = ROUTE_READ, .face = FACE_PAGE,
     .prepare = begin, .apply = whose_load, .render = whose_page, .page = "sign_in_whose",
     .summary = "The members of the phone, to choose among"},
    {.method = "POST", .path = "/sign-in/whose", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = whose_fields, .prepare = begin, .apply = whose_choose,
     .render = whose_chosen, .page = "sign_in_whose",
     .summary = "Leads the chosen one to the card; confirms an unconfirmed phone"},
    {0},
};
