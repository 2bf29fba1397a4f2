/* See idempotency.h. */
#include "domain/idempotency.h"

#include "store/query.h"

/* The key belongs to the actor, who may be known only inside the transaction. */
static Text hash_key(Ctx *ctx, Text key) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    Text actor =
        arena_printf(ctx->arena, "%d:%lld", (int)ctx->actor.kind, (long long)ctx->actor.id);
    Text parts[] = {T("idempotency"), actor, key};
    keyring_hash(&ctx->org->keys, KEY_SECRET_HASH, parts, 3, hash, SECRET_HASH_BYTES);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

IdempotencyKey idempotency_key(Ctx *ctx, Text key, Text body) {
    IdempotencyKey ret = {.key = key};
    Text parts[] = {T("body"), body};
    if (key.len)
        keyring_hash(&ctx->org->keys, KEY_SECRET_HASH, parts, 2, ret.body_hash,
                     sizeof ret.body_hash);
    return ret;
}

Status idempotency_find(Ctx *ctx, const IdempotencyKey *key, bool *ret_found,
                        IdempotencyAnswer *ret) {
    *ret_found = false;
    if (!key->key.len) return OK;
    Query *q = query_begin(ctx, Q_IDEMPOTENCY_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "key_hash", hash_key(ctx, key->key));
    bool found, same = false;
    TRY(query_row(q, &found));
    if (found) {
        same = text_eq(query_column_blob(q, 0), text_bytes(key->body_hash, sizeof key->body_hash));
        *ret = (IdempotencyAnswer){query_column_int(q, 1), query_column_int(q, 2)};
    }
    TRY(query_done(q));
    if (found && !same) return fail(ctx, INVALID, "Idempotency-Key", "idempotency_reused");
    *ret_found = found;
    return OK;
}

Status idempotency_remember(Ctx *ctx, const IdempotencyKey *key, const IdempotencyAnswer *answer) {
    if (!key->key.len) return OK;
    Query *q = query_begin(ctx, Q_IDEMPOTENCY_INSERT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "key_hash", hash_key(ctx, key->key));
    query_blob(q, "body_hash", text_bytes(key->body_hash, sizeof key->body_hash));
    query_int(q, "serial", answer->serial);
    query_int(q, "at", ctx->now_s);
    query_int(q, "expires_at", answer->expires_at);
    return query_run(q);
}
