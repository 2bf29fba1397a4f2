/* One table each. */
#include "web/problem.h"

#include "render/messages.h"
#include "web/route_match.h"

typedef struct Kind {
    int http_status;
    int64_t retry_after_s;
} Kind;

static const Kind kinds[] = {
    [OK] = {200, 0},       [INVALID] = {422, 0}, [DENIED] = {403, 0}, [NOT_FOUND] = {404, 0},
    [CONFLICT] = {409, 0}, [LIMIT] = {429, 60},  [BUSY] = {503, 2},   [IO] = {500, 0},
};

typedef struct Reason {
    int http_status;
    Text text;
    const char *title; /* key of a page's heading */
} Reason;

#define REASON(status, phrase, title)                                                              \
    { status, {phrase, sizeof(phrase) - 1}, title }
static const Reason reasons[] = {
    REASON(400, "Bad Request", "title_not_understood"),
    REASON(401, "Unauthorized", "title_not_allowed"),
    REASON(403, "Forbidden", "title_not_allowed"),
    REASON(404, "Not Found", "title_not_found"),
    REASON(405, "Method Not Allowed", "title_not_found"),
    REASON(409, "Conflict", "title_not_possible"),
    REASON(413, "Content Too Large", "title_too_large"),
    REASON(414, "URI Too Long", "title_not_understood"),
    REASON(415, "Unsupported Media Type", "title_not_understood"),
    REASON(421, "Misdirected Request", "title_not_found"),
    REASON(422, "Unprocessable Content", "title_not_possible"),
    REASON(429, "Too Many Requests", "title_later"),
    REASON(431, "Request Header Fields Too Large", "title_not_understood"),
    REASON(500, "Internal Server Error", "title_trouble"),
    REASON(503, "Service Unavailable", "title_later"),
};
#undef REASON

int problem_http_status(Status status) { return kinds[status].http_status; }

int64_t problem_retry_after_s(Status status) { return kinds[status].retry_after_s; }

static const Reason *reason_of(int http_status) {
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].http_status == http_status) return &reasons[i];
    return NULL;
}

Text problem_reason(int http_status) {
    const Reason *reason = reason_of(http_status);
    return reason ? reason->text : T("");
}

/* What to say when a layer failed without a word: a general sentence by the status. */
static const char *general_message(int http_status) {
    if (http_status == 404) return "page_not_found";
    if (http_status == 503) return "busy_try_again";
    if (http_status < 500) return "request_refused";
    return "trouble_on_our_side";
}

static Text sentence(Exchange *x, int i) {
    Ctx *ctx = &x->rq.ctx;
    if (i < ctx->error_count) return message_of_error(ctx->arena, ctx->lang, &ctx->errors[i]);
    return message(ctx->lang, general_message(x->answer.status));
}

void problem_document(Exchange *x, View *document) {
    Ctx *ctx = &x->rq.ctx;
    Arena *arena = ctx->arena;
    view_text(arena, document, "type", T("about:blank"));
    view_text(arena, document, "title", problem_reason(x->answer.status));
    view_int(arena, document, "status", x->answer.status);
    view_text(arena, document, "detail", sentence(x, 0));
    View *errors = view_list(arena, document, "errors");
    for (int i = 0; i < ctx->error_count; i++) {
        View *item = view_item(arena, errors);
        if (ctx->errors[i].field)
            view_text(arena, item, "field", text_of(ctx->errors[i].field));
        view_text(arena, item, "code", text_of(ctx->errors[i].message));
        view_text(arena, item, "detail", sentence(x, i));
    }
}

/* What could not even be read leads back to the form that it came from. */
static Text form_before(const Exchange *x) {
    RouteMatch form;
    if (x->answer.status != 413 || !x->rq.route || x->rq.route->face != FACE_PAGE) return T("");
    route_match(T("GET"), x->rq.path, &form);
    return form.route && form.route->face == FACE_PAGE ? x->rq.path : T("");
}

void problem_page(Exchange *x, View *page) {
    Ctx *ctx = &x->rq.ctx;
    const Reason *reason = reason_of(x->answer.status);
    view_int(ctx->arena, page, "status", x->answer.status);
    view_text(ctx->arena, page, "title",
              message(ctx->lang, reason ? reason->title : "title_trouble"));
    view_text(ctx->arena, page, "text", sentence(x, 0));
    view_text(ctx->arena, page, "back", form_before(x));
    const char *first = ctx->error_count ? ctx->errors[0].message : "";
    view_bool(ctx->arena, page, "sign_in", strncmp(first, "card_page_", 10) == 0);
}

void problem_form(Exchange *x, View *page) {
    Ctx *ctx = &x->rq.ctx;
    bool faults = false;
    View *list = view_list(ctx->arena, page, "errors");
    View *by_field = view_object(ctx->arena, page, "error_of");
    for (int i = 0; i < ctx->error_count; i++) {
        const char *field = ctx->errors[i].field;
        if (ctx->errors[i].asks) continue;
        faults = true;
        View *item = view_item(ctx->arena, list);
        view_text(ctx->arena, item, "field", text_of(field ? field : ""));
        view_text(ctx->arena, item, "text", sentence(x, i));
        if (field && !view_get(by_field, text_of(field)))
            view_text(ctx->arena, by_field, field, sentence(x, i));
    }
    view_bool(ctx->arena, page, "has_errors", faults);
}
