/* Double-submitted token: who can read neither our cookies nor our pages cannot make the pair. */
#include "web/session.h"

#include "crypto/secret_token.h"
#include "domain/desk_session.h"

enum { LANG_COOKIE_S = 365 * 86400, QUALITY_MAX = 1000 };

/* "0.8" → 800; 1000 when there is none. */
static int quality(Text parameters) {
    size_t at = text_find_byte(parameters, '=');
    if (at == parameters.len) return QUALITY_MAX;
    Text value = text_trim(text_slice(parameters, at + 1, parameters.len));
    int q = value.len && value.ptr[0] == '1' ? QUALITY_MAX : 0;
    for (size_t i = 2, unit = 100; i < value.len && i < 5; i++, unit /= 10)
        if (value.ptr[i] >= '0' && value.ptr[i] <= '9') q += (value.ptr[i] - '0') * (int)unit;
    return q > QUALITY_MAX ? QUALITY_MAX : q;
}

static bool is_language(Text tag, Text language) {
    return text_eq_ignoring_case(text_slice(tag, 0, language.len), language) &&
           (tag.len == language.len || tag.ptr[language.len] == '-');
}

static Lang preferred(Text accepted, Lang usual) {
    int hindi = -1, english = -1;
    Text range;
    while (accepted.ptr && text_split(&accepted, ',', &range)) {
        range = text_trim(range);
        size_t end = text_find_byte(range, ';');
        Text tag = text_trim(text_slice(range, 0, end));
        int q = quality(text_slice(range, end, range.len));
        if (is_language(tag, T("hi")) && q > hindi) hindi = q;
        if (is_language(tag, T("en")) && q > english) english = q;
    }
    if (hindi == english) return usual;
    return english > hindi ? LANG_EN : LANG_HI;
}

/* ?lang= of any page, found or not. */
static Text chosen_language(Text query) {
    Text pair;
    while (query.ptr && text_split(&query, '&', &pair)) {
        if (text_eq(pair, T("lang=hi"))) return T("hi");
        if (text_eq(pair, T("lang=en"))) return T("en");
    }
    return TEXT_NONE;
}

void session_language(Exchange *x) {
    x->lang_chosen = chosen_language(x->query);
    Text said = x->lang_chosen.len ? x->lang_chosen : request_cookie(&x->rq, "lang");
    if (text_eq(said, T("en")) || text_eq(said, T("hi")))
        x->rq.ctx.lang = text_eq(said, T("en")) ? LANG_EN : LANG_HI;
    else
        x->rq.ctx.lang = preferred(exchange_header(x, T("Accept-Language"), NULL),
                                   x->is_api ? LANG_EN : LANG_HI);
}

static void read_session_id(Exchange *x) {
    if (x->session_id.len) return;
    Text id = request_cookie(&x->rq, "sg_sid");
    bool good = id.len == SESSION_ID_CHARS;
    for (size_t i = 0; good && i < id.len; i++)
        good = (id.ptr[i] >= '0' && id.ptr[i] <= '9') || (id.ptr[i] >= 'a' && id.ptr[i] <= 'z');
    x->session_id = good ? id : TEXT_NONE;
}

static void make_csrf(Exchange *x) {
    uint8_t hash[CSRF_CHARS / 2];
    Text parts[] = {T("csrf"), x->session_id};
    keyring_hash(&x->rq.app->org->keys, KEY_SESSION, parts, 2, hash, sizeof hash);
    text_hex(hash, sizeof hash, x->csrf);
    x->csrf_made = true;
}

Text session_csrf(Exchange *x) {
    _Static_assert((int)SESSION_ID_CHARS == (int)SECRET_TOKEN_CHARS, "the id is such a token");
    if (!x->csrf_made) {
        read_session_id(x);
        if (!x->session_id.len) {
            char *id = arena_alloc(x->rq.ctx.arena, SESSION_ID_CHARS);
            secret_token_make(id);
            x->session_id = (Text){id, SESSION_ID_CHARS};
            x->session_is_new = true;
        }
        make_csrf(x);
    }
    return (Text){x->csrf, CSRF_CHARS};
}

bool session_csrf_fits(Exchange *x) {
    read_session_id(x);
    if (!x->session_id.len || x->form_csrf.len != CSRF_CHARS) return false;
    if (text_eq(exchange_header(x, T("Sec-Fetch-Site"), NULL), T("cross-site"))) return false;
    make_csrf(x);
    return secret_eq(x->form_csrf.ptr, x->csrf, CSRF_CHARS);
}

static Status unauthorized(Exchange *x, const char *message) {
    x->rq.http_status = 401;
    return fail(&x->rq.ctx, DENIED, NULL, message);
}

const char session_desk_cookie[] = "desk";

/* Pages know no bearer tokens: a browser cannot send one. */
static bool is_desk(const Exchange *x) {
    return !x->is_api && !text_starts_with(x->rq.path, T("/api/"));
}

static Status shut_desk(Exchange *x) {
    x->desk_shut = true;
    return unauthorized(x, "desk_sign_in_first");
}

static Status desk_bearer(Exchange *x) {
    x->is_private = true;
    x->bearer = request_cookie(&x->rq, session_desk_cookie);
    return x->bearer.len == SECRET_TOKEN_CHARS ? OK : shut_desk(x);
}

Status session_bearer(Exchange *x) {
    if (is_desk(x)) return desk_bearer(x);
    int count;
    Text header = exchange_header(x, T("Authorization"), &count);
    if (!count) return unauthorized(x, "token_missing");
    size_t space = text_find_byte(header, ' ');
    x->bearer = text_trim(text_slice(header, space, header.len));
    bool good = count == 1 && x->bearer.len == SECRET_TOKEN_CHARS &&
                text_eq_ignoring_case(text_slice(header, 0, space), T("Bearer"));
    return good ? OK : unauthorized(x, "token_wrong");
}

Status session_actor(Ctx *ctx, Exchange *x) {
    if (x->bearer_wrong || x->desk_shut) x->rq.http_status = 0; /* of a run before */
    x->bearer_wrong = x->desk_shut = x->lacks = false;
    ctx->actor = (Actor){.kind = ACTOR_NOBODY};
    Actor actor;
    Status status = is_desk(x) ? desk_session_find(ctx, x->bearer, &actor)
                               : token_find(ctx, x->bearer, &actor);
    if (status == NOT_FOUND && is_desk(x)) return shut_desk(x);
    if (status == NOT_FOUND) {
        x->bearer_wrong = true;
        /* Right tokens are never refused for what others behind the same address tried. */
        TRY(request_tries_left(&x->rq, "token"));
        return unauthorized(x, "token_wrong");
    }
    TRY(status);
    unsigned needs = (unsigned)x->rq.route->needs;
    x->lacks = (actor.can & needs) != needs;
    if (x->lacks) return fail(ctx, DENIED, NULL, "token_lacks");
    ctx->actor = actor;
    return OK;
}

void session_finish(Exchange *x) {
    if (x->lang_chosen.len) request_set_cookie(&x->rq, "lang", x->lang_chosen, LANG_COOKIE_S);
    if (!x->session_is_new || !x->answer.body.len) return;
    if (memmem(x->answer.body.ptr, x->answer.body.len, x->csrf, CSRF_CHARS))
        request_set_cookie(&x->rq, "sg_sid", x->session_id, 0);
}
