/* Requests that may come twice: what was answered to a key of the actor's own is answered again,
 * and the key stands for that one request, for IDEMPOTENCY_KEEP_DAYS. */
#ifndef DOMAIN_IDEMPOTENCY_H
#define DOMAIN_IDEMPOTENCY_H

#include "crypto/secret_token.h"
#include "domain/organisation.h"

/* As long as a phone without a signal may keep what it could not send. */
enum { IDEMPOTENCY_KEEP_DAYS = 90 };

typedef struct IdempotencyKey {
    Text key; /* with the actor; empty: none, nothing is found and nothing remembered */
    uint8_t body_hash[SECRET_HASH_BYTES];
} IdempotencyKey;

/* What the answer is made of again. */
typedef struct IdempotencyAnswer {
    int64_t serial, expires_at;
} IdempotencyAnswer;

/* body: all that the request asks for. No store. */
IdempotencyKey idempotency_key(Ctx *ctx, Text key, Text body);
/* INVALID idempotency_reused on "Idempotency-Key" when it came with another body. */
MUST_USE Status idempotency_find(Ctx *ctx, const IdempotencyKey *key, bool *ret_found,
                                 IdempotencyAnswer *ret);
/* A write. */
MUST_USE Status idempotency_remember(Ctx *ctx, const IdempotencyKey *key,
                                     const IdempotencyAnswer *answer);

#endif
