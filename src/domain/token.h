/* API tokens: shown once, stored hashed, with a role, a unit and an end. */
#ifndef DOMAIN_TOKEN_H
#define DOMAIN_TOKEN_H

#include "domain/organisation.h"
#include "store/query.h"

typedef struct Token {
    int64_t id;
    Text role; /* "enroller" | "admin" */
    int64_t unit_id;
    Text unit_code;
    Text label;
    int64_t created_at, expires_at, revoked_at;
} Token;

/* secret: SECRET_TOKEN_CHARS characters made by secret_token_make before apply. unit_code empty:
 * the whole organisation. A write. */
MUST_USE Status token_create(Ctx *ctx, Text secret, Text role, Text unit_code, int64_t days,
                             Text label, Token *ret);
/* The actor of a secret; NOT_FOUND without failing the ctx when unknown, ended or revoked. */
MUST_USE Status token_find(Ctx *ctx, Text secret, Actor *ret);
/* The same of a query whose row is token, role, unit; ends it. */
MUST_USE Status token_read_actor(Query *query, Actor *ret);
/* What the token was made for; empty when there is no such. */
MUST_USE Status token_label(Ctx *ctx, int64_t id, Text *ret);
/* The same, and when it ends: 0 when there is no such. */
MUST_USE Status token_label_and_end(Ctx *ctx, int64_t id, Text *ret, int64_t *ret_expires_at);
MUST_USE Status token_list(Ctx *ctx, Token **ret, int *ret_count);
/* Those who may take cash now: enrollers whose token is good. At most max. */
MUST_USE Status token_collectors(Ctx *ctx, int max, Token **ret, int *ret_count);
/* NOT_FOUND token_not_found unless there is such a token, good or over. */
MUST_USE Status token_known(Ctx *ctx, int64_t id);
/* CONFLICT token_revoked when it is already; NOT_FOUND token_not_found. A write. */
MUST_USE Status token_revoke(Ctx *ctx, int64_t id);

#endif
