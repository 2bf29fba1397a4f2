/* Who asks and in which language: the language, the cookie against forged forms, the bearer token
 * of programs, the desk's cookie of people (domain/desk_session.h). */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "web/exchange.h"

/* Sets rq.ctx.lang: ?lang= (remembered in the cookie "lang" by session_finish), else the cookie,
 * else English when Accept-Language (RFC 9110 §12.5.4) prefers it to Hindi; pages are Hindi, the
 * API English when nothing is said. */
void session_language(Exchange *x);

/* The hidden field "csrf" of forms: a keyed hash of the random cookie "sg_sid". The cookie is only
 * set by session_finish when the page really holds the field. */
Text session_csrf(Exchange *x);
/* Whether the form's field fits the cookie, and the browser does not say that another site sent
 * it. */
bool session_csrf_fits(Exchange *x);

extern const char session_desk_cookie[];

/* Takes the secret off "Authorization: Bearer …" (RFC 6750), or on a page off the desk's cookie.
 * DENIED with http status 401 when there is none; on a page desk_shut is set besides. */
MUST_USE Status session_bearer(Exchange *x);
/* In apply: makes the bearer the actor and checks the route's capability. DENIED otherwise. */
MUST_USE Status session_actor(Ctx *ctx, Exchange *x);

/* Cookies of the answer. */
void session_finish(Exchange *x);

#endif
