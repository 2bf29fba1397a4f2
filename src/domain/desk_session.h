/* A sign-in at the organisation's desk: a browser that showed an API token acts with its rights for
 * a working day, or until the token ends. The token itself is never kept in the browser. */
#ifndef DOMAIN_DESK_SESSION_H
#define DOMAIN_DESK_SESSION_H

#include "domain/token.h"

enum { DESK_SESSION_S = 12 * 3600 };

/* fresh_secret: the cookie to be, SECRET_TOKEN_CHARS made by secret_token_make before apply.
 * NOT_FOUND without failing the ctx when the token is unknown, ended or revoked. A write. */
MUST_USE Status desk_session_open(Ctx *ctx, Text token_secret, Text fresh_secret);
/* The actor of a cookie; NOT_FOUND without failing the ctx when it is no session any more. */
MUST_USE Status desk_session_find(Ctx *ctx, Text secret, Actor *ret);
/* Over, at once; no error when there is none. A write. */
MUST_USE Status desk_session_close(Ctx *ctx, Text secret);

#endif
