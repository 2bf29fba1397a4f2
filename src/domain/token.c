/* API tokens. */
#include "domain/token.h"

#include "base/clock.h"
#include "base/limits.h"
#include "crypto/secret_token.h"
#include "domain/audit.h"
#include "domain/normal.h"
#include "domain/unit.h"
#include "store/query.h"

static Text hash_of(Ctx *ctx, Text secret) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    secret_token_hash(&ctx->org->keys, T("token"), secret, hash);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

static Status check(Ctx *ctx, Text role, int64_t days, Text label) {
    if (!text_eq(role, T("enroller")) && !text_eq(role, T("admin")))
        return fail(ctx, INVALID, "role", "token_role_form");
    if (days < 1 || days > LIMIT_TOKEN_DAYS_MAX) return fail(ctx, INVALID, "days", "token_days");
    if (label.len > LIMIT_LABEL_BYTES || !normal_is_line(label))
        return fail(ctx, INVALID, "label", "label_form");
    return OK;
}

Status token_create(Ctx *ctx, Text secret, Text role, Text unit_code, int64_t days, Text label,
                    Token *ret) {
    TRY(check(ctx, role, days, label));
    Unit unit;
    if (unit_code.len)
        TRY(unit_by_code(ctx, unit_code, &unit));
    else
        TRY(unit_by_id(ctx, ctx->org->root_unit_id, &unit));
    Query *q = query_begin(ctx, Q_API_TOKEN_NEXT);
    query_int(q, "org", ctx->org->id);
    int64_t id;
    TRY(query_run_int(q, &id));
    *ret = (Token){.id = id,
                   .role = role,
                   .unit_id = unit.id,
                   .unit_code = unit.code,
                   .label = label.ptr ? label : T(""),
                   .created_at = ctx->now_s,
                   .expires_at = ctx->now_s + days * CLOCK_DAY_S};
    q = query_begin(ctx, Q_API_TOKEN_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    query_text(q, "role", role);
    query_int(q, "unit", unit.id);
    query_text(q, "label", ret->label);
    query_int(q, "at", ret->created_at);
    query_int(q, "expires_at", ret->expires_at);
    TRY(query_run(q));
    Text subject = arena_printf(ctx->arena, "token:%lld", (long long)id);
    return audit_add(ctx, "token.create", subject, role);
}

static Actor actor_of(int64_t id, Text role, int64_t unit_id) {
    bool admin = text_eq(role, T("admin"));
    return (Actor){.kind = ACTOR_TOKEN,
                   .id = id,
                   .unit_id = unit_id,
                   .can = CAN_ENROL | CAN_READ_MEMBER | (admin ? CAN_ADMINISTER : 0u)};
}

Status token_read_actor(Query *q, Actor *ret) {
    bool found;
    TRY(query_row(q, &found));
    if (found)
        *ret = actor_of(query_column_int(q, 0), query_column_text(q, 1), query_column_int(q, 2));
    TRY(query_done(q));
    return found ? OK : NOT_FOUND;
}

Status token_find(Ctx *ctx, Text secret, Actor *ret) {
    if (secret.len != SECRET_TOKEN_CHARS) return NOT_FOUND;
    Query *q = query_begin(ctx, Q_API_TOKEN_FIND);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    query_int(q, "now", ctx->now_s);
    return token_read_actor(q, ret);
}

Status token_label(Ctx *ctx, int64_t id, Text *ret) {
    int64_t expires_at;
    return token_label_and_end(ctx, id, ret, &expires_at);
}

Status token_label_and_end(Ctx *ctx, int64_t id, Text *ret, int64_t *ret_expires_at) {
    *ret = T("");
    *ret_expires_at = 0;
    Query *q = query_begin(ctx, Q_API_TOKEN_LABEL);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", id);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        *ret = query_column_text(q, 0);
        *ret_expires_at = query_column_int(q, 1);
    }
    return query_done(q);
}

static Token read_token(Query *q) {
    return (Token){
        .id = query_column_int(q, 0),
        .role = query_column_text(q, 1),
        .unit_id = query_column_int(q, 2),
        .unit_code = query_column_text(q, 3),
        .label = query_column_text(q, 4),
        .created_at = query_column_int(q, 5),
        .expires_at = query_column_int(q, 6),
        .revoked_at = query_column_int(q, 7),
    };
}

Status token_collectors(Ctx *ctx, int max, Token **ret, int *ret_count) {
    *ret = ARENA_ARRAY(ctx->arena, Token, max);
    *ret_count = 0;
    Query *q = query_begin(ctx, Q_API_TOKEN_COLLECTORS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "now", ctx->now_s);
    query_int(q, "max", max);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        (*ret)[(*ret_count)++] = read_token(q);
    }
    return query_done(q);
}

Status token_list(Ctx *ctx, Token **ret, int *ret_count) {
    Query *q = query_begin(ctx, Q_API_TOKEN_LIST);
    query_int(q, "org", ctx->org->id);
    int count = 0, room = 32;
    Token *list = ARENA_ARRAY(ctx->arena, Token, room);
    bool found;
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        if (count == room) {
            Token *more = ARENA_ARRAY(ctx->arena, Token, room * 2);
            memcpy(more, list, sizeof *list * (size_t)room);
            list = more;
            room *= 2;
        }
        list[count++] = read_token(q);
    }
    TRY(query_done(q));
    *ret = list;
    *ret_count = count;
    return OK;
}

Status token_known(Ctx *ctx, int64_t id) {
    Query *q = query_begin(ctx, Q_API_TOKEN_EXISTS);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", id);
    int64_t one;
    Status status = query_run_int(q, &one);
    return status == NOT_FOUND ? fail(ctx, NOT_FOUND, NULL, "token_not_found") : status;
}

Status token_revoke(Ctx *ctx, int64_t id) {
    Query *q = query_begin(ctx, Q_API_TOKEN_REVOKE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "token", id);
    query_int(q, "now", ctx->now_s);
    bool changed;
    TRY(query_run_changed(q, &changed));
    if (!changed) {
        TRY(token_known(ctx, id));
        return fail(ctx, CONFLICT, NULL, "token_revoked");
    }
    Text subject = arena_printf(ctx->arena, "token:%lld", (long long)id);
    return audit_add(ctx, "token.revoke", subject, T(""));
}
