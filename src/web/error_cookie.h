/* What was wrong with a form, carried to the form's own page: the answer to a form that was refused
 * leads there, so that going back or loading again never asks to send the form once more. What was
 * typed has to be kept elsewhere (join: the draft). */
#ifndef WEB_ERROR_COOKIE_H
#define WEB_ERROR_COOKIE_H

#include "web/request.h"

/* Keeps the ctx's errors for the next page and leads to path (303). */
void error_cookie_redirect(Request *rq, Text path);
/* In render: records what was kept, and forgets it; false when there was nothing. */
bool error_cookie_take(Request *rq);

#endif
