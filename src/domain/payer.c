/* See payer.h. */
#include "domain/payer.h"

#include "store/query.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_name(char c) { return is_letter(c) || c == '.' || c == '-' || c == '_'; }

static Text small(Arena *arena, Text text) {
    char *copy = arena_alloc(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        copy[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return (Text){copy, text.len};
}

Text payer_address(Arena *arena, Text text) {
    for (size_t at = 1; at + 1 < text.len; at++) {
        if (text.ptr[at] != '@') continue;
        size_t first = at, end = at + 1;
        while (first > 0 && is_name(text.ptr[first - 1])) first--;
        while (end < text.len && is_letter(text.ptr[end])) end++;
        bool mail = end < text.len && text.ptr[end] == '.';
        if (at - first >= 2 && end - at > 2 && !mail)
            return small(arena, text_slice(text, first, end - first));
    }
    return TEXT_NONE;
}

static Status is_own(Ctx *ctx, Text payer, bool *ret) {
    Query *q = query_begin(ctx, Q_PAYER_OWN_VPA);
    query_int(q, "org", ctx->org->id);
    bool found;
    TRY(query_row(q, &found));
    *ret = found && text_eq_ignoring_case(query_column_text(q, 0), payer);
    return query_done(q);
}

Status payer_keep(Ctx *ctx, int64_t payment_id, Text payer) {
    bool own;
    if (!payer.len) return OK;
    TRY(is_own(ctx, payer, &own));
    if (own) return OK;
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, PAYER_HASH_BYTES);
    Text parts[] = {T("payer"), payer};
    keyring_hash(&ctx->org->keys, KEY_LOOKUP, parts, 2, hash, PAYER_HASH_BYTES);
    Query *q = query_begin(ctx, Q_PAYER_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", payment_id);
    query_blob(q, "payer_hash", text_bytes(hash, PAYER_HASH_BYTES));
    return query_run(q);
}

Status payer_hash_of(Ctx *ctx, int64_t payment_id, Text *ret) {
    Query *q = query_begin(ctx, Q_PAYER_OF_PAYMENT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "payment", payment_id);
    bool found;
    TRY(query_row(q, &found));
    *ret = found ? query_column_blob(q, 0) : TEXT_NONE;
    return query_done(q);
}
