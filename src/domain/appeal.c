/* Appeals, sealed until they are decided; see appeal.h. */
#include "domain/appeal.h"

#include "base/limits.h"
#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static Text row_name(Ctx *ctx, int64_t id) {
    return arena_printf(ctx->arena, "appeal/%lld", (long long)id);
}

static Status insert(Ctx *ctx, const FeeOrder *order, Text text, bool *ret_new) {
    Text wrapped;
    int64_t id;
    Query *q = query_begin(ctx, Q_APPEAL_NEXT);
    query_int(q, "org", ctx->org->id);
    TRY(query_run_int(q, &id));
    Text body = seal_row(ctx->arena, &ctx->org->keys, row_name(ctx, id), text, &wrapped);
    q = query_begin(ctx, Q_APPEAL_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "appeal", id);
    query_int(q, "order", order->id);
    query_int(q, "at", ctx->now_s);
    query_blob(q, "sealed_key", wrapped);
    query_blob(q, "body", body);
    return query_run_changed(q, ret_new);
}

Status appeal_make(Ctx *ctx, const FeeOrder *order, Text text) {
    FeeStanding standing;
    bool is_new;
    text = text_trim(text);
    if (!text.len || text.len > APPEAL_TEXT_BYTES)
        return fail(ctx, INVALID, "appeal", "appeal_text");
    TRY(fee_order_standing(ctx, order, &standing));
    if (!standing.rejected) return fail(ctx, CONFLICT, NULL, "appeal_nothing");
    TRY(insert(ctx, order, text, &is_new));
    if (!is_new) return fail(ctx, CONFLICT, NULL, "appeal_open");
    Text subject = arena_printf(ctx->arena, "order:%lld", (long long)order->id);
    return audit_add(ctx, "order.appeal", subject, T(""));
}

typedef struct Sealed {
    Text key, body;
} Sealed;

static Appeal read_columns(Query *q, Sealed *ret_sealed) {
    *ret_sealed = (Sealed){query_column_blob(q, 4), query_column_blob(q, 5)};
    return (Appeal){.id = query_column_int(q, 0),
                    .order_id = query_column_int(q, 1),
                    .at = query_column_int(q, 2),
                    .state = query_column_text(q, 3),
                    .text = T(""),
                    .answer = query_column_text(q, 6),
                    .decided_at = query_column_int(q, 7)};
}

static Status read_one(Query *q, Appeal *ret, bool *ret_found) {
    Sealed sealed;
    TRY(query_row(q, ret_found));
    if (*ret_found) *ret = read_columns(q, &sealed);
    return query_done(q);
}

Status appeal_of_order(Ctx *ctx, int64_t order_id, Appeal *ret, bool *ret_found) {
    Query *q = query_begin(ctx, Q_APPEAL_OF_ORDER);
    query_int(q, "org", ctx->org->id);
    query_int(q, "order", order_id);
    return read_one(q, ret, ret_found);
}

static Status open_text(Ctx *ctx, const Sealed *sealed, Appeal *a) {
    if (!sealed->key.len) return OK;
    bool good = seal_row_open(ctx->arena, &ctx->org->keys, row_name(ctx, a->id), sealed->key,
                              sealed->body, &a->text);
    return good ? OK : fail_io(ctx, "store_damaged", "an appeal does not open");
}

Status appeal_list(Ctx *ctx, int64_t after, Appeal *ret, int max, int *ret_count) {
    Sealed *sealed = ARENA_ARRAY(ctx->arena, Sealed, max);
    *ret_count = 0;
    TRY(treasury_scope_check(ctx));
    Query *q = query_begin(ctx, Q_APPEAL_LIST);
    query_int(q, "org", ctx->org->id);
    query_text(q, "state", T("open"));
    query_int(q, "after", after);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[*ret_count] = read_columns(q, &sealed[*ret_count]);
        ++*ret_count;
    }
    TRY(query_done(q));
    for (int i = 0; i < *ret_count; i++) TRY(open_text(ctx, &sealed[i], &ret[i]));
    return OK;
}

Status appeal_read(Ctx *ctx, int64_t id, Appeal *ret, FeeOrder *ret_order) {
    Sealed sealed;
    bool found;
    TRY(treasury_scope_check(ctx));
    Query *q = query_begin(ctx, Q_APPEAL_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "appeal", id);
    TRY(query_row(q, &found));
    if (found) *ret = read_columns(q, &sealed);
    TRY(query_done(q));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "appeal_not_found");
    TRY(open_text(ctx, &sealed, ret));
    return fee_order_read(ctx, ret->order_id, ret_order);
}

Status appeal_look(Ctx *ctx, int64_t id, Appeal *ret, FeeOrder *ret_order) {
    TRY(appeal_read(ctx, id, ret, ret_order));
    Text subject = arena_printf(ctx->arena, "order:%lld", (long long)ret->order_id);
    return audit_add(ctx, "appeal.look", subject, T(""));
}

Status appeal_count_open(Ctx *ctx, int64_t *ret) {
    Query *q = query_begin(ctx, Q_APPEAL_COUNT_OPEN);
    query_int(q, "org", ctx->org->id);
    return query_run_int(q, ret);
}

static Status settle(Ctx *ctx, int64_t id, bool restore, Text answer, bool *ret_changed) {
    Query *q = query_begin(ctx, Q_APPEAL_DECIDE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "appeal", id);
    query_text(q, "state", restore ? T("restored") : T("kept"));
    query_text(q, "answer", answer);
    query_int(q, "at", ctx->now_s);
    query_text(q, "by", audit_actor(ctx));
    return query_run_changed(q, ret_changed);
}

Status appeal_decide(Ctx *ctx, int64_t id, bool restore, Text answer, FeeOrder *ret) {
    Appeal a;
    bool found, changed;
    answer = text_trim(answer);
    TRY(treasury_scope_check(ctx));
    if (!answer.len || answer.len > LIMIT_REASON_BYTES)
        return fail(ctx, INVALID, "answer", "appeal_answer_form");
    Query *q = query_begin(ctx, Q_APPEAL_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "appeal", id);
    TRY(read_one(q, &a, &found));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "appeal_not_found");
    TRY(settle(ctx, id, restore, answer, &changed));
    if (!changed) return fail(ctx, CONFLICT, NULL, "appeal_decided");
    TRY(fee_order_read(ctx, a.order_id, ret));
    if (restore) return fee_order_restore(ctx, ret, answer);
    Text subject = arena_printf(ctx->arena, "order:%lld", (long long)a.order_id);
    return audit_add(ctx, "order.appeal-kept", subject, answer);
}
