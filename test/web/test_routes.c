/* A route of every kind: what the tests ask for. Stands in for src/web/routes.c. */
#include "web/route.h"

#include <pthread.h>
#include <stdatomic.h>

#include "test_routes.h"
#include "web/session.h"

extern const Route asset_routes[], openapi_routes[], status_routes[];

atomic_int test_cached_made, test_prepared, test_applied, test_held;
_Atomic Status test_apply_fails;

static const Param echo_params[] = {
    {.name = "word", .place = PARAM_PATH, .type = PARAM_TEXT, .required = true, .max_bytes = 10},
    {.name = "n", .place = PARAM_QUERY, .type = PARAM_INT, .min = 1, .max = 100},
    {.name = "kind", .place = PARAM_QUERY, .type = PARAM_CHOICE, .choices = "red|blue"},
    {.name = "flag", .place = PARAM_QUERY, .type = PARAM_BOOL},
    {.name = "X-Word", .place = PARAM_HEADER, .type = PARAM_TEXT, .max_bytes = 10},
    {0},
};

static Status echo_apply(Request *rq) {
    Arena *arena = rq->ctx.arena;
    view_text(arena, rq->view, "word", request_text(rq, "word"));
    view_int(arena, rq->view, "n", request_int(rq, "n"));
    view_text(arena, rq->view, "kind", request_text(rq, "kind"));
    view_bool(arena, rq->view, "flag", request_bool(rq, "flag"));
    view_text(arena, rq->view, "header", request_text(rq, "X-Word"));
    return OK;
}

static const Param write_params[] = {
    {.name = "name", .place = PARAM_JSON, .type = PARAM_TEXT, .required = true, .max_bytes = 20,
     .message = "test_name"},
    {.name = "age", .place = PARAM_JSON, .type = PARAM_INT, .min = 0, .max = 120},
    {.name = "agree", .place = PARAM_JSON, .type = PARAM_BOOL},
    {.name = "fee.method", .place = PARAM_JSON, .type = PARAM_CHOICE, .choices = "cash|upi"},
    {.name = "fee.amount", .place = PARAM_JSON, .type = PARAM_INT},
    {0},
};

static Status write_prepare(Request *rq) {
    (void)rq;
    atomic_fetch_add(&test_prepared, 1);
    return OK;
}

static Status write_apply(Request *rq) {
    atomic_fetch_add(&test_applied, 1);
    request_set_cookie(rq, "written", T("1"), 0);
    view_text(rq->ctx.arena, rq->view, "name", request_text(rq, "name"));
    view_int(rq->ctx.arena, rq->view, "actor", rq->ctx.actor.id);
    Status status = atomic_load(&test_apply_fails);
    return status == OK ? OK : fail(&rq->ctx, status, "name", "test_name");
}

static Status write_render(Request *rq) {
    rq->http_status = 201;
    view_int(rq->ctx.arena, rq->view, "amount", request_int(rq, "fee.amount"));
    return OK;
}

static const Param cached_params[] = {
    {.name = "n", .place = PARAM_QUERY, .type = PARAM_INT},
    {0},
};

static Status cached_render(Request *rq) {
    int made = atomic_fetch_add(&test_cached_made, 1) + 1;
    view_int(rq->ctx.arena, rq->view, "made", made);
    return OK;
}

static pthread_mutex_t latch = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t latch_opened = PTHREAD_COND_INITIALIZER;
static bool latched;

static void set_latch(bool on) {
    (void)pthread_mutex_lock(&latch);
    latched = on;
    (void)pthread_cond_broadcast(&latch_opened);
    (void)pthread_mutex_unlock(&latch);
}

void test_hold(void) { set_latch(true); }
void test_let_go(void) { set_latch(false); }

static Status slow_prepare(Request *rq) {
    (void)rq;
    atomic_fetch_add(&test_held, 1);
    (void)pthread_mutex_lock(&latch);
    while (latched) (void)pthread_cond_wait(&latch_opened, &latch);
    (void)pthread_mutex_unlock(&latch);
    atomic_fetch_sub(&test_held, 1);
    return OK;
}

static const Param form_params[] = {
    {.name = "name", .place = PARAM_FORM, .type = PARAM_TEXT, .required = true, .max_bytes = 20},
    {0},
};

static Status form_render(Request *rq) {
    request_answer_bytes(rq, "text/plain", request_text(rq, "name"), NULL);
    return OK;
}

/* A page whose form is shown again with what was typed, in front of the errors. */
static Status page_refused(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "title", request_text(rq, "name"));
    view_text(rq->ctx.arena, rq->view, "text",
              rq->ctx.tx && rq->ctx.error_count ? T("again") : T("without errors or store"));
    return OK;
}

static Status page_apply(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "title", T("of a run before"));
    Status status = atomic_load(&test_apply_fails);
    return status == OK ? OK : fail(&rq->ctx, status, NULL, "page_not_found");
}

static Status page_render(Request *rq) {
    view_text(rq->ctx.arena, rq->view, "text", session_csrf(rq->exchange));
    return OK;
}

static Status away_render(Request *rq) {
    request_set_cookie(rq, "been", T("1"), -1);
    request_redirect(rq, T("/test/echo/there"));
    return OK;
}

static Status secret_render(Request *rq) {
    request_private(rq);
    request_answer_bytes(rq, "text/plain", T("for one reader"), "letter.txt");
    return OK;
}

static Status guess_render(Request *rq) {
    TRY(request_tries_left(rq, "guess"));
    TRY(request_wrong_try(rq, "guess"));
    return fail(&rq->ctx, NOT_FOUND, NULL, "page_not_found");
}

static const Route test_routes[] = {
    {.method = "GET", .path = "/test/echo/{word}", .kind = ROUTE_READ, .face = FACE_API,
     .params = echo_params, .apply = echo_apply, .summary = "Says what it was told"},
    {.method = "GET", .path = "/test/echo/here", .face = FACE_API, .summary = "A plain word"},
    {.method = "POST", .path = "/test/write", .kind = ROUTE_WRITE, .face = FACE_API,
     .needs = CAN_ENROL, .params = write_params, .prepare = write_prepare, .apply = write_apply,
     .render = write_render, .body_max = 4096, .summary = "Writes"},
    {.method = "POST", .path = "/test/open", .kind = ROUTE_WRITE, .face = FACE_API,
     .params = write_params, .apply = write_apply, .render = write_render, .body_max = 4096,
     .summary = "Writes for anybody"},
    {.method = "GET", .path = "/test/slow", .kind = ROUTE_READ, .face = FACE_API,
     .params = cached_params, .prepare = slow_prepare, .render = cached_render, .slow = true,
     .summary = "Draws as long as the test likes"},
    {.method = "POST", .path = "/test/slow", .kind = ROUTE_WRITE, .face = FACE_API,
     .params = write_params, .prepare = slow_prepare, .apply = write_apply,
     .render = write_render, .body_max = 1 << 20, .slow = true, .summary = "Takes a picture"},
    {.method = "GET", .path = "/test/slow-admin", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ADMINISTER, .prepare = write_prepare, .slow = true,
     .summary = "Reads what administrators bring"},
    {.method = "GET", .path = "/test/admin", .kind = ROUTE_READ, .face = FACE_API,
     .needs = CAN_ADMINISTER, .summary = "For administrators"},
    {.method = "GET", .path = "/test/cached", .face = FACE_API,
     .params = cached_params, .render = cached_render,
     .cache_s = 3600, .summary = "Made once an hour"},
    {.method = "POST", .path = "/test/form", .face = FACE_FILE, .params = form_params,
     .render = form_render, .summary = "A form"},
    {.method = "GET", .path = "/test/page", .kind = ROUTE_READ, .face = FACE_PAGE,
     .apply = page_apply, .render = page_render, .page = "error", .summary = "Shows a form"},
    {.method = "POST", .path = "/test/page", .kind = ROUTE_WRITE, .face = FACE_PAGE,
     .params = form_params, .apply = page_apply, .render = page_render, .on_error = page_refused,
     .page = "error", .summary = "Takes a form"},
    {.method = "GET", .path = "/test/away", .face = FACE_PAGE, .render = away_render,
     .page = "error", .summary = "Elsewhere"},
    {.method = "GET", .path = "/test/secret", .face = FACE_FILE, .render = secret_render,
     .summary = "For one reader"},
    {.method = "GET", .path = "/test/guess", .face = FACE_API, .render = guess_render,
     .summary = "Always wrong"},
    {0},
};

const Route *const route_tables[] = {test_routes, asset_routes, openapi_routes, status_routes,
                                     NULL};
