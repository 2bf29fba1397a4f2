/* Drawing, then dressing: what the answer says, then the headers that everything wears. */
#include "web/respond.h"

#include <assert.h>

#include "base/limits.h"
#include "base/log.h"
#include "render/messages.h"
#include "render/template.h"
#include "web/answer_cache.h"
#include "web/asset.h"
#include "web/layout.h"
#include "web/problem.h"
#include "web/session.h"

enum { PACK_LEAST_BYTES = 1024, PACK_LEVEL = 1 };

#define HEADER(name, value)                                                                        \
    { {name, sizeof(name) - 1}, {value, sizeof(value) - 1} }
static const Header on_everything[] = {
    HEADER("Content-Security-Policy",
           "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
           "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
           "manifest-src 'self'"),
    HEADER("X-Content-Type-Options", "nosniff"),
    HEADER("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    HEADER("Cross-Origin-Opener-Policy", "same-origin"),
};
static const Header over_https =
    HEADER("Strict-Transport-Security", "max-age=31536000");
#undef HEADER

void respond_header(Exchange *x, const char *name, Text value) {
    Answer *answer = &x->answer;
    assert(answer->header_count < ANSWER_HEADER_MAX);
    answer->headers[answer->header_count++] = (Header){text_of(name), value};
}

static bool has_header(const Exchange *x, const char *name) {
    for (int i = 0; i < x->answer.header_count; i++)
        if (text_eq(x->answer.headers[i].name, text_of(name))) return true;
    return false;
}

bool respond_is_https(const Exchange *x) {
    return x->over_tls || text_starts_with(x->rq.app->org->base_url, T("https://"));
}

/* What every template may name besides its handler's values. */
static void common_view(Exchange *x, View *page) {
    Ctx *ctx = &x->rq.ctx;
    const App *app = x->rq.app;
    bool kept = x->rq.route && x->rq.route->cache_s > 0;
    /* the address of a page that is none may be read as another host's: "//elsewhere" */
    bool shown = x->rq.route && !x->is_private;
    layout_fill(ctx, page, app->org, app->demo, shown ? x->rq.path : TEXT_NONE);
    view_text(ctx->arena, page, "csrf", kept ? T("") : session_csrf(x));
    asset_view(app->assets, ctx->arena, page);
}

static Status draw_page(Exchange *x, const char *name, View *page) {
    common_view(x, page);
    buffer_reset(&x->out);
    Status status = template_render(&x->out, x->rq.ctx.arena, x->rq.ctx.lang, name, page);
    if (status == OK && x->out.overflowed) status = IO;
    if (status != OK)
        return fail_io(&x->rq.ctx, "trouble_on_our_side", "template %s does not fit", name);
    x->answer.content_type = T("text/html; charset=utf-8");
    x->answer.body = buffer_text(&x->out);
    return OK;
}

static Status draw_json(Exchange *x, const char *content_type, const View *view) {
    buffer_reset(&x->out);
    json_write(&x->out, view);
    if (x->out.overflowed)
        return fail_io(&x->rq.ctx, "trouble_on_our_side", "answer too long");
    x->answer.content_type = text_of(content_type);
    x->answer.body = buffer_text(&x->out);
    return OK;
}

/* "/api/v1/orders/{reference}" with the answer's own values. */
static Text made_at(Exchange *x, const char *location) {
    Buffer out = buffer_in(x->rq.ctx.arena, LIMIT_URL_BYTES);
    Text rest = text_of(location), part;
    while (text_split(&rest, '{', &part)) {
        size_t end = text_find_byte(part, '}');
        if (end < part.len) {
            const View *value = view_get(x->rq.view, text_slice(part, 0, end));
            assert(value && value->kind == VIEW_TEXT);
            buffer_add(&out, value->text); /* numbers: nothing in them to encode */
            part = text_slice(part, end + 1, part.len);
        }
        buffer_add(&out, part);
    }
    return buffer_text(&out);
}

Status respond_done(Exchange *x) {
    Request *rq = &x->rq;
    if (rq->route && rq->route->location) {
        rq->http_status = 201;
        respond_header(x, "Location", made_at(x, rq->route->location));
    }
    x->answer.status = rq->http_status ? rq->http_status : 200;
    bool no_body = x->answer.status == 303 || x->answer.status == 204 || x->answer.status == 304;
    if (no_body || x->answer.content_type.len) return OK;
    if (rq->route->face == FACE_API) return draw_json(x, "application/json", rq->view);
    assert(rq->route->face == FACE_PAGE); /* a file's handler sets its bytes */
    if (!view_get(rq->view, T("errors"))) problem_form(x, rq->view);
    return draw_page(x, rq->route->page, rq->view);
}

static void failure_headers(Exchange *x, Status status) {
    if (x->answer.status == 405) respond_header(x, "Allow", text_of(x->allow));
    if (x->answer.status == 401)
        respond_header(x, "WWW-Authenticate", T("Bearer realm=\"api\", charset=\"UTF-8\""));
    int64_t wait_s = x->retry_after_s ? x->retry_after_s : problem_retry_after_s(status);
    if (wait_s && (x->answer.status == 429 || x->answer.status == 503))
        respond_header(x, "Retry-After",
                       arena_printf(x->rq.ctx.arena, "%lld", (long long)wait_s));
}

void respond_failure(Exchange *x, Status status, bool form_shown) {
    Arena *arena = x->rq.ctx.arena;
    bool own = x->rq.http_status >= 400;
    x->answer = (Answer){.status = own ? x->rq.http_status : problem_http_status(status),
                         .close = x->answer.close};
    failure_headers(x, status);
    Status drawn;
    if (x->is_api) {
        View *document = view_new(arena);
        problem_document(x, document);
        view_join(document, x->rq.view); /* what the handler offers besides: extension members */
        drawn = draw_json(x, "application/problem+json", document);
    } else if (form_shown) {
        problem_form(x, x->rq.view);
        drawn = draw_page(x, x->rq.route->page, x->rq.view);
    } else {
        View *page = view_new(arena);
        problem_page(x, page);
        drawn = template_exists("error") ? draw_page(x, "error", page) : IO;
    }
    if (drawn == OK) return;
    x->answer.content_type = T("text/plain; charset=utf-8");
    x->answer.body = message(x->rq.ctx.lang, "trouble_on_our_side");
}

static bool accepts_gzip(const Exchange *x) {
    Text rest = exchange_header(x, T("Accept-Encoding"), NULL), part;
    while (rest.ptr && text_split(&rest, ',', &part)) {
        part = text_trim(part);
        size_t end = text_find_byte(part, ';');
        if (!text_eq_ignoring_case(text_trim(text_slice(part, 0, end)), T("gzip"))) continue;
        Text weight = text_trim(text_slice(part, end + 1, part.len));
        return !(text_eq(weight, T("q=0")) || text_starts_with(weight, T("q=0.0")));
    }
    return false;
}

static void send_packed(Exchange *x, Text packed) {
    x->answer.body = packed;
    respond_header(x, "Content-Encoding", T("gzip"));
}

/* Sends 304 without the body when the client has this version already. */
static void offer_etag(Exchange *x, Text etag) {
    respond_header(x, "ETag", etag);
    Text known = exchange_header(x, T("If-None-Match"), NULL);
    if (!known.len || !memmem(known.ptr, known.len, etag.ptr, etag.len)) return;
    x->answer.status = 304;
    x->answer.body = TEXT_NONE;
    x->answer.content_type = TEXT_NONE;
}

void respond_kept(Exchange *x, Kept *kept) {
    x->answer.status = 200;
    x->answer.kept = kept;
    x->answer.content_type = kept->content_type;
    x->answer.body = buffer_text(&kept->body);
    respond_header(x, "Vary", T("Accept-Encoding, Accept-Language, Cookie"));
    if (kept->packed.len && accepts_gzip(x)) {
        send_packed(x, buffer_text(&kept->packed));
        return; /* an ETag names one form only */
    }
    offer_etag(x, text_of(kept->etag));
}

Status respond_asset(Exchange *x, Text name) {
    const Asset *asset = asset_find(x->rq.app->assets, name);
    if (!asset) return fail(&x->rq.ctx, NOT_FOUND, NULL, "page_not_found");
    request_answer_bytes(&x->rq, "", asset->bytes, NULL);
    x->answer.content_type = asset->content_type;
    bool named_version = text_starts_with(x->query, T("v="));
    respond_header(x, "Cache-Control",
                   named_version ? T("public, max-age=31536000, immutable")
                                 : T("public, max-age=300"));
    respond_header(x, "Vary", T("Accept-Encoding"));
    x->answer.status = 200;
    if (asset->packed.len && accepts_gzip(x))
        send_packed(x, asset->packed);
    else
        offer_etag(x, asset->etag);
    x->rq.http_status = x->answer.status;
    return OK;
}

static bool holds_csrf(const Exchange *x) {
    return x->csrf_made && x->answer.body.len &&
           memmem(x->answer.body.ptr, x->answer.body.len, x->csrf, CSRF_CHARS) != NULL;
}

/* Only what is public: compressing a secret beside what the reader sent gives it away (BREACH). */
static bool may_pack(const Exchange *x) {
    const Route *route = x->rq.route;
    return x->answer.status == 200 && route && route->needs == CAN_NOTHING && !x->is_private &&
           !x->answer.kept && route->kind != ROUTE_WRITE &&
           x->answer.body.len >= PACK_LEAST_BYTES && x->answer.body.ptr == x->out.ptr &&
           !has_header(x, "Content-Encoding");
}

static void cache_headers(Exchange *x) {
    if (has_header(x, "Cache-Control")) return;
    const Route *route = x->rq.route;
    bool kept = x->answer.kept || (x->slot && x->answer.status == 200);
    if (!kept || !route || x->lang_chosen.len) {
        respond_header(x, "Cache-Control", T("no-store"));
        return;
    }
    if (x->slot) respond_header(x, "Vary", T("Accept-Encoding, Accept-Language, Cookie"));
    respond_header(x, "Cache-Control",
                   arena_printf(x->rq.ctx.arena, "public, max-age=%d", route->cache_s));
}

static void keep_answer(Exchange *x) {
    if (!x->slot) return;
    Text packed = TEXT_NONE;
    if (x->answer.status == 200 && x->answer.body.len >= PACK_LEAST_BYTES &&
        asset_pack(x->answer.body, 6, &x->packed))
        packed = buffer_text(&x->packed);
    if (x->answer.status == 200)
        answer_cache_fill(x->rq.app->cache, x->slot, x->answer.body, packed,
                          x->answer.content_type, x->rq.ctx.now_s);
    else
        answer_cache_abandon(x->rq.app->cache, x->slot);
    if (packed.len && accepts_gzip(x)) send_packed(x, packed);
}

void respond_finish(Exchange *x) {
    cache_headers(x);
    if (x->slot)
        keep_answer(x);
    else if (may_pack(x) && accepts_gzip(x) && !holds_csrf(x) &&
             asset_pack(x->answer.body, PACK_LEVEL, &x->packed))
        send_packed(x, buffer_text(&x->packed));
    session_finish(x);
    for (size_t i = 0; i < sizeof on_everything / sizeof *on_everything; i++)
        x->answer.headers[x->answer.header_count++] = on_everything[i];
    respond_header(x, "Referrer-Policy", x->is_private ? T("no-referrer") : T("same-origin"));
    if (x->is_private) respond_header(x, "X-Robots-Tag", T("noindex, nofollow"));
    if (respond_is_https(x)) x->answer.headers[x->answer.header_count++] = over_https;
    if (x->answer.content_type.len)
        x->answer.headers[x->answer.header_count++] =
            (Header){T("Content-Type"), x->answer.content_type};
}
