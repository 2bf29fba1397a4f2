/* One HTTP request as handlers see it: declared parameters in, a view or bytes out. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/ctx.h"
#include "render/view.h"

struct Route;
struct App;
struct Exchange;

enum { REQUEST_PARAM_MAX = 32, REQUEST_COOKIE_MAX = 4 };

typedef struct Request {
    Ctx ctx; /* memory, errors, actor, language, time, transaction */
    struct App *app;
    const struct Route *route;
    View *view;       /* the answer of pages and API; never NULL; empty again before each apply */
    void *state;      /* the handler's own, from prepare to render */
    int http_status;  /* 0: 200, or by the Status of a failure */
    Text client;      /* whom rates are counted for: address, IPv6 cut to /64 */
    Text body;        /* raw, for hashing */
    Text path;        /* without query; not for logs when it carries a token */
    struct Exchange *exchange; /* the edge's own; handlers leave it alone */
} Request;

/* A declared parameter's value; TEXT_NONE, 0, false when it was not given. Asking for an undeclared
 * one is a bug (assertion). */
Text request_text(const Request *rq, const char *name);
int64_t request_int(const Request *rq, const char *name);
bool request_bool(const Request *rq, const char *name);
bool request_has(const Request *rq, const char *name);

/* The i-th value of the path as it came, still percent-encoded: for admit. */
Text request_path_value(const Request *rq, int i);
/* On a route that keeps_wrong: whether values broke the limits of their rows; recorded as errors
 * by _tell. */
bool request_wrong_values(const Request *rq);
void request_tell_wrong_values(Request *rq);

/* A cookie of the request, or TEXT_NONE. Over https its name begins with __Host- on the wire. */
Text request_cookie(const Request *rq, const char *name);
/* HttpOnly, SameSite=Lax, Path=/, Secure over https; max_age_s 0: until the browser closes, < 0:
 * deletes it. */
void request_set_cookie(Request *rq, const char *name, Text value, int64_t max_age_s);
/* 303 See Other to a path of this host. */
void request_redirect(Request *rq, Text path);
/* 303 to a page of somebody else, which was checked (domain/outgoing_address.h). */
void request_redirect_outside(Request *rq, Text url);
/* The page is asked for again after so many seconds, script or not: only where nothing is typed. */
void request_reload_after(Request *rq, int seconds);
/* The answer is these bytes (they live in the arena). file_name: offered for saving, or NULL. */
void request_answer_bytes(Request *rq, const char *content_type, Text bytes, const char *file_name);
/* no-store, no-referrer, noindex: for pages at private addresses. */
void request_private(Request *rq);
/* Counts something of this client that is no wrong try, but not free either. */
void request_count(Request *rq, const char *purpose);
void request_count_at(Request *rq, const char *purpose, Text thing);
/* Counts one wrong try of this client at purpose; LIMIT with retry time once there were too many.
 * request_tries_left only looks. */
MUST_USE Status request_wrong_try(Request *rq, const char *purpose);
MUST_USE Status request_tries_left(Request *rq, const char *purpose);
/* The same for tries at one thing, such as a number: others are not slowed down by them. */
MUST_USE Status request_wrong_try_at(Request *rq, const char *purpose, Text thing);
MUST_USE Status request_tries_left_at(Request *rq, const char *purpose, Text thing);
/* The same for somebody known ("token:7"), wherever they are. */
MUST_USE Status request_tries_left_of(Request *rq, const char *purpose, Text who);
/* Counts in apply: at once, so that those who come in the same moment have not all the last try,
 * and once a request, though apply may be run again. who: as above, or rq->client. */
void request_count_once(Request *rq, const char *purpose, Text who);

#endif
