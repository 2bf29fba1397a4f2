/* Rows of browsers that may act as a token does. */
#include "domain/desk_session.h"

#include "crypto/secret_token.h"
#include "domain/audit.h"
#include "domain/leftover.h"
#include "store/query.h"

static Text hash_of(Ctx *ctx, Text secret) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    secret_token_hash(&ctx->org->keys, T("desk_session"), secret, hash);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

Status desk_session_open(Ctx *ctx, Text token_secret, Text fresh_secret) {
    Actor actor;
    Status status = token_find(ctx, token_secret, &actor);
    if (status != OK) return status;
    TRY(leftover_drop_few(ctx, Q_DESK_SESSION_SWEEP));
    Query *q = query_begin(ctx, Q_DESK_SESSION_INSERT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, fresh_secret));
    query_int(q, "token", actor.id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "expires_at", ctx->now_s + DESK_SESSION_S);
    TRY(query_run(q));
    ctx->actor = actor;
    Text subject = arena_printf(ctx->arena, "token:%lld", (long long)actor.id);
    return audit_add(ctx, "desk.sign_in", subject, T(""));
}

Status desk_session_find(Ctx *ctx, Text secret, Actor *ret) {
    if (secret.len != SECRET_TOKEN_CHARS) return NOT_FOUND;
    Query *q = query_begin(ctx, Q_DESK_SESSION_FIND);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    query_int(q, "now", ctx->now_s);
    return token_read_actor(q, ret);
}

Status desk_session_close(Ctx *ctx, Text secret) {
    if (secret.len != SECRET_TOKEN_CHARS) return OK;
    Query *q = query_begin(ctx, Q_DESK_SESSION_DELETE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    return query_run(q);
}
