/* See payment_narration.h. */
#include "domain/payment_narration.h"

#include "crypto/seal.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static Text row_name(Ctx *ctx, int64_t payment_id) {
    return arena_printf(ctx->arena, "narration/%lld", (long long)payment_id);
}

static Text cut(Text t) {
    size_t len = t.len < PAYMENT_NARRATION_BYTES ? t.len : PAYMENT_NARRATION_BYTES;
    while (len < t.len && len && ((unsigned char)t.ptr[len] & 0xC0) == 0x80) len--;
    return (Text){t.ptr, len};
}

Status payment_narration_keep(Ctx *ctx, int64_t payment_id, Text narration) {
    Text wrapped;
    narration = cut(text_trim(narration));
    if (!narration.len) return OK;
    Text body = seal_row(ctx->arena, &ctx->org->keys, row_name(ctx, payment_id), narration,
                         &wrapped);
    Query *q = query_begin(ctx, Q_PAYMENT_NARRATION_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", payment_id);
    query_blob(q, "sealed_key", wrapped);
    query_blob(q, "body", body);
    return query_run(q);
}

Status payment_narration_read(Ctx *ctx, int64_t payment_id, Text *ret) {
    bool found;
    Text wrapped = TEXT_NONE, body = TEXT_NONE;
    *ret = T("");
    TRY(treasury_scope_check(ctx));
    Query *q = query_begin(ctx, Q_PAYMENT_NARRATION_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", payment_id);
    TRY(query_row(q, &found));
    if (found) {
        wrapped = query_column_blob(q, 0);
        body = query_column_blob(q, 1);
    }
    TRY(query_done(q));
    if (!found) return OK;
    bool good = seal_row_open(ctx->arena, &ctx->org->keys, row_name(ctx, payment_id), wrapped,
                              body, ret);
    return good ? OK : fail_io(ctx, "store_damaged", "a narration does not open");
}

Status payment_narration_drop(Ctx *ctx, int64_t payment_id) {
    Query *q = query_begin(ctx, Q_PAYMENT_NARRATION_DELETE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", payment_id);
    return query_run(q);
}
