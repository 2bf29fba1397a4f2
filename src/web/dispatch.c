/* The order of the checks is the point: nothing of a handler runs before all have passed. */
#include "web/dispatch.h"

#include <assert.h>

#include "base/limits.h"
#include "web/answer_cache.h"
#include "web/desk_path.h"
#include "web/framing.h"
#include "web/params.h"
#include "web/problem.h"
#include "web/respond.h"
#include "web/route_match.h"
#include "web/session.h"

static void answer_failure(Exchange *x, Status status, bool form_shown) {
    respond_failure(x, status, form_shown);
    respond_finish(x);
}

static bool takes_file(const Exchange *x) { return x->rq.route && params_file(x->rq.route); }

static void refuse_long_body(Exchange *x) {
    ctx_forget_errors(&x->rq.ctx);
    exchange_refuse(x, 413, LIMIT, "body_too_large");
    fail_arg_int(&x->rq.ctx, "kilobytes", x->body_max / 1024);
    if (!takes_file(x)) return;
    ctx_forget_errors(&x->rq.ctx);
    (void)params_file_too_large(&x->rq.ctx, x->rq.route);
}

static bool refuse_now(Exchange *x) {
    x->answer.close = true;
    session_language(x);
    answer_failure(x, x->rq.ctx.errors[0].status, false);
    return true;
}

/* An address with a secret is private whatever becomes of the request. */
static bool holds_secret(const Route *route) {
    for (const Param *p = route ? route->params : NULL; p && p->name; p++)
        if (p->place == PARAM_PATH && p->type == PARAM_SECRET) return true;
    return false;
}

static void take_route(Exchange *x, const RouteMatch *match) {
    x->rq.route = match->route;
    x->is_private = holds_secret(match->route);
    x->path_count = match->value_count;
    memcpy(x->path_values, match->values, sizeof match->values);
    x->allow = match->allow;
    if (match->route)
        x->body_max = match->route->body_max ? match->route->body_max : LIMIT_BODY_BYTES;
    else if (match->allow)
        exchange_refuse(x, 405, INVALID, "method_not_known");
    else
        exchange_refuse(x, 404, NOT_FOUND, "page_not_found");
    /* browsers read no answer before all is sent: of a file much is waited for, and thrown away */
    if (takes_file(x)) x->lost_max = LIMIT_LOST_FILE_BYTES;
}

static Status find_actor(Ctx *ctx, void *exchange) { return session_actor(ctx, exchange); }

/* Room for large bodies is scarce: who may not send one here has none kept. */
static void admit_large(Exchange *x) {
    const Route *route = x->rq.route;
    Status status = OK;
    if (!route || x->body_max <= LIMIT_BODY_BYTES) return;
    if (route->needs != CAN_NOTHING) {
        status = session_bearer(x);
        if (status == OK) status = lane_read(x->rq.app->store, &x->rq.ctx, find_actor, x);
    } else if (route->admit) {
        status = route->admit(&x->rq);
    }
    x->refused = status != OK;
}

bool dispatch_begin(Exchange *x) {
    size_t question = text_find_byte(x->target, '?');
    x->rq.path = text_slice(x->target, 0, question);
    if (question < x->target.len) x->query = text_slice(x->target, question + 1, x->target.len);
    x->head_only = text_eq(x->method, T("HEAD"));
    RouteMatch match;
    route_match(x->method, x->rq.path, &match);
    x->is_api = match.is_api;
    if (!framing_check(x)) return refuse_now(x);
    take_route(x, &match);
    admit_large(x);
    if (framing_body_length(x) <= x->body_max) return false;
    refuse_long_body(x);
    return takes_file(x) && framing_body_length(x) <= x->lost_max ? false : refuse_now(x);
}

/* Answers from the cache, or takes the place of the one who fills it. Needs the parameters. */
static bool answer_kept(Exchange *x) {
    const Route *route = x->rq.route;
    Text parts[REQUEST_PARAM_MAX + 3];
    int count = 0;
    parts[count++] = T("answer");
    parts[count++] = text_bytes(&route, sizeof route);
    parts[count++] = x->rq.ctx.lang == LANG_HI ? T("hi") : T("en");
    for (int i = 0; route->params && route->params[i].name; i++) {
        const ParamValue *value = &x->values[i];
        bool number = route->params[i].type == PARAM_INT; /* 0, 00 and ० are one */
        parts[count++] = number && value->given
                             ? text_bytes(&value->number, sizeof value->number)
                             : value->text;
    }
    uint8_t key[CACHE_KEY_BYTES];
    keyring_hash(&x->rq.app->org->keys, KEY_SESSION, parts, count, key, sizeof key);
    Kept *kept = answer_cache_find(x->rq.app->cache, key, route->cache_s, x->rq.ctx.now_s,
                                   &x->slot);
    if (!kept) return false;
    respond_kept(x, kept);
    respond_finish(x);
    return true;
}

/* A copy of the errors that were recorded. */
static Error *errors_aside(Ctx *ctx) {
    Error *errors = ARENA_ARRAY(ctx->arena, Error, ERROR_MAX);
    memcpy(errors, ctx->errors, sizeof ctx->errors);
    return errors;
}

static Status put_wrong_aside(Exchange *x) {
    x->wrong_values = errors_aside(&x->rq.ctx);
    x->wrong_count = x->rq.ctx.error_count;
    ctx_forget_errors(&x->rq.ctx);
    return OK;
}

static Status check_before(Exchange *x) {
    const Route *route = x->rq.route;
    if (route->needs != CAN_NOTHING) TRY(session_bearer(x));
    Status status = params_gather(x);
    bool is_form = route->face != FACE_API && text_eq(x->method, T("POST"));
    if (is_form && x->rq.http_status == 0 && !session_csrf_fits(x)) {
        ctx_forget_errors(&x->rq.ctx);
        return fail(&x->rq.ctx, DENIED, NULL, "form_expired");
    }
    if (status == INVALID && route->keeps_wrong && x->params_read) return put_wrong_aside(x);
    return status;
}

static bool needs_store(const Exchange *x) {
    const Route *route = x->rq.route;
    return route->needs != CAN_NOTHING || (route->kind != ROUTE_STATIC && route->apply);
}

Status dispatch_apply(Ctx *ctx, void *argument) {
    Exchange *x = argument;
    const Route *route = x->rq.route;
    assert(ctx == &x->rq.ctx);
    x->rq.view = view_new(ctx->arena);
    x->answer.header_count = x->prepared_headers;
    if (route->needs != CAN_NOTHING) TRY(session_actor(ctx, x));
    return route->apply ? route->apply(&x->rq) : OK;
}

/* Who may not be here learns nothing of what is wrong with a form, and is shown none again: that
 * may list what only the signed in see. */
static Status refuse_strangers(Exchange *x, Status status) {
    Ctx *ctx = &x->rq.ctx;
    bool unknown = x->rq.route->needs != CAN_NOTHING && x->rq.http_status != 401;
    if (status == OK || !unknown) return status;
    Error *errors = errors_aside(ctx);
    int count = ctx->error_count, http_status = x->rq.http_status;
    ctx_forget_errors(ctx);
    x->rq.http_status = 0;
    TRY(lane_read(x->rq.app->store, ctx, find_actor, x));
    memcpy(ctx->errors, errors, sizeof ctx->errors);
    ctx->error_count = count;
    x->rq.http_status = http_status;
    return status;
}

/* What reads large files is done for nobody of whom only a cookie or a token's form is known. */
static Status prepare(Exchange *x) {
    const Route *route = x->rq.route;
    if (!route->prepare) return OK;
    if (route->slow && route->needs != CAN_NOTHING)
        TRY(lane_read(x->rq.app->store, &x->rq.ctx, find_actor, x));
    return route->prepare(&x->rq);
}

/* Nobody is signed in at the desk: there first, and back to this page then. */
static void lead_to_desk(Exchange *x) {
    bool back = text_eq(x->method, T("GET")) && desk_path_is(x->rq.path);
    x->answer = (Answer){.close = x->answer.close};
    ctx_forget_errors(&x->rq.ctx);
    request_redirect(&x->rq, arena_printf(x->rq.ctx.arena, "/desk/sign-in?next=%.*s",
                                          TEXT_ARG(back ? x->rq.path : T("/desk"))));
    Status status = respond_done(x);
    assert(status == OK); /* a redirect has no body that could fail */
    (void)status;
    respond_finish(x);
}

static Status look(Ctx *ctx, void *argument) {
    Exchange *x = argument;
    const Route *route = x->rq.route;
    if (route->needs != CAN_NOTHING) TRY(session_actor(ctx, x));
    return route->look(&x->rq);
}

DispatchNext dispatch_run(Exchange *x) {
    const Route *route = x->rq.route;
    session_language(x);
    if (x->body_lost) refuse_long_body(x);
    if (x->refused) {
        if (x->desk_shut) lead_to_desk(x);
        else answer_failure(x, x->rq.ctx.errors[0].status, false);
        return DISPATCH_ANSWERED;
    }
    x->rq.body = buffer_text(&x->body);
    Status status = check_before(x);
    if (status == OK && route->cache_s > 0 && answer_kept(x)) return DISPATCH_ANSWERED;
    if (status == OK) status = prepare(x);
    status = refuse_strangers(x, status);
    if (status == OK && route->look)
        status = lane_read(x->rq.app->store, &x->rq.ctx, look, x);
    x->prepared_headers = x->answer.header_count;
    if (status == OK && route->kind == ROUTE_WRITE) return DISPATCH_WRITE;
    if (status == OK && needs_store(x))
        status = lane_read(x->rq.app->store, &x->rq.ctx, dispatch_apply, x);
    dispatch_finish(x, status);
    return DISPATCH_ANSWERED;
}

typedef struct FormAgain {
    Exchange *x;
    const Error *errors;
    int count;
} FormAgain;

/* An Apply: the form's own values may need the store (lists to choose from). */
static Status show_form_again(Ctx *ctx, void *argument) {
    FormAgain *again = argument;
    memcpy(ctx->errors, again->errors, (size_t)again->count * sizeof *again->errors);
    ctx->error_count = again->count;
    again->x->rq.view = view_new(ctx->arena);
    return again->x->rq.route->on_error(&again->x->rq);
}

static bool form_again(Exchange *x, Status status) {
    const Route *route = x->rq.route;
    if (!route->on_error || status == IO || status == BUSY || x->rq.http_status >= 400 || x->lacks)
        return false;
    Ctx *ctx = &x->rq.ctx;
    Error *errors = errors_aside(ctx);
    FormAgain again = {x, errors, ctx->error_count};
    Status shown = route->kind == ROUTE_STATIC
                       ? show_form_again(ctx, &again)
                       : lane_read(x->rq.app->store, ctx, show_form_again, &again);
    memcpy(ctx->errors, errors, sizeof ctx->errors);
    ctx->error_count = again.count;
    return shown == OK;
}

void dispatch_finish(Exchange *x, Status status) {
    const Route *route = x->rq.route;
    if (x->desk_shut) {
        lead_to_desk(x);
        return;
    }
    if (x->bearer_wrong) {
        Status too_often = request_wrong_try(&x->rq, "token");
        (void)too_often; /* the next try is the one refused */
    }
    if (status == OK && route->render) status = route->render(&x->rq);
    if (status == OK && (status = respond_done(x)) == OK) {
        respond_finish(x);
        return;
    }
    bool shown = form_again(x, status);
    if (x->desk_shut) lead_to_desk(x);
    else answer_failure(x, status, shown);
}
