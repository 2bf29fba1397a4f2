/* From what a handler left behind to the bytes and headers of an answer. Every answer leaves with
 * the security headers. */
#ifndef WEB_RESPOND_H
#define WEB_RESPOND_H

#include "web/exchange.h"

/* Adds a header; name is a constant, value lives as long as the exchange. */
void respond_header(Exchange *x, const char *name, Text value);
bool respond_is_https(const Exchange *x);

/* After the handlers were done: bytes, redirect, template or JSON. IO with detail when the
 * template is missing or does not fit its view. */
MUST_USE Status respond_done(Exchange *x);
/* After one failed: the problem document, the page "error", or (form_shown) the page again. */
void respond_failure(Exchange *x, Status status, bool form_shown);
/* A kept answer of the cache. */
void respond_kept(Exchange *x, struct Kept *kept);
/* An asset by its name; NOT_FOUND when there is none. */
MUST_USE Status respond_asset(Exchange *x, Text name);
/* Security headers, caching, compression, cookies, ETags: once, at the end. */
void respond_finish(Exchange *x);

#endif
