/* Failures as people and programs read them: one table from Status to HTTP, problem documents
 * (RFC 9457) for the API, the template "error" for pages. */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H

#include "web/exchange.h"

/* INVALID 422, DENIED 403, NOT_FOUND 404, CONFLICT 409, LIMIT 429, BUSY 503, IO 500, OK 200. */
int problem_http_status(Status status);
/* Seconds for Retry-After when the exchange names none: LIMIT 60, BUSY 2, else 0. */
int64_t problem_retry_after_s(Status status);
/* "Not Found"; "" for what this program never answers. */
Text problem_reason(int http_status);

/* {"type","title","status","detail","errors":[{"field","code","detail"}]}: title is the reason
 * phrase (type is about:blank), detail the main error's sentence in the reader's language, code its
 * key, the same in every language. */
void problem_document(Exchange *x, View *document);
/* For the template "error": status, title, text, back; sign_in where an address of a card page is
 * no more: the phone leads to the card. */
void problem_page(Exchange *x, View *page);
/* For forms: has_errors, errors [{field, text}], error_of {field: text}; what only asks is none of
 * them. */
void problem_form(Exchange *x, View *page);

#endif
