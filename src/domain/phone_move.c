/* Rows of moves under way: one a member. */
#include "domain/phone_move.h"

#include "domain/leftover.h"
#include "domain/member_phone.h"
#include "domain/member_seal.h"
#include "domain/outbox.h"
#include "domain/phone.h"
#include "store/query.h"

static Text purpose_of(Ctx *ctx, const Member *m) {
    return arena_printf(ctx->arena, "move/%lld", (long long)m->serial);
}

Status phone_move_find(Ctx *ctx, const Member *m, PhoneMove *ret, bool *ret_found) {
    Text sealed = TEXT_NONE;
    *ret = (PhoneMove){0};
    Query *q = query_begin(ctx, Q_PHONE_MOVE_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, ret_found));
    if (*ret_found) {
        sealed = query_column_blob(q, 0);
        *ret = (PhoneMove){.phone_of = query_column_text(q, 1),
                           .code = {.hash = query_column_blob(q, 2),
                                    .expires_at = query_column_int(q, 3),
                                    .tries = query_column_int(q, 4)}};
    }
    TRY(query_done(q));
    return *ret_found ? member_seal_open(ctx, m, "phone_move", sealed, &ret->phone_e164) : OK;
}

static Status put(Ctx *ctx, const Member *m, const PhoneMove *move) {
    Text sealed;
    TRY(member_seal(ctx, m, "phone_move", move->phone_e164, &sealed));
    Query *q = query_begin(ctx, Q_PHONE_MOVE_PUT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_blob(q, "phone", sealed);
    query_text(q, "phone_of", move->phone_of);
    query_blob(q, "code_hash", move->code.hash);
    query_int_or_null(q, "code_expires_at", move->code.expires_at);
    query_int(q, "code_tries", move->code.tries);
    query_int(q, "expires_at", ctx->now_s + PHONE_MOVE_S);
    return query_run(q);
}

static Status send(Ctx *ctx, const Member *m, Text words, Text fresh_code,
                        PhoneMove *move) {
    bool issued;
    TRY(phone_code_issue(ctx, purpose_of(ctx, m), phone_hash_of(ctx, move->phone_e164), fresh_code,
                         &move->code, &issued));
    if (!issued) return OK;
    TRY(outbox_add_code(ctx, move->phone_e164, ctx->lang, words, fresh_code));
    move->demo_code = fresh_code;
    return put(ctx, m, move);
}

Status phone_move_begin(Ctx *ctx, const Member *m, Text words, Text fresh_code,
                        PhoneMove *move) {
    Text now;
    TRY(member_phone(ctx, m, &now));
    if (text_eq(now, move->phone_e164)) {
        (void)fail(ctx, CONFLICT, "phone", "phone_same");
        return OK;
    }
    TRY(leftover_drop_few(ctx, Q_PHONE_MOVE_SWEEP));
    return send(ctx, m, words, fresh_code, move);
}

Status phone_move_resend(Ctx *ctx, const Member *m, Text words, Text fresh_code,
                        PhoneMove *ret) {
    bool found;
    TRY(phone_move_find(ctx, m, ret, &found));
    if (found) return send(ctx, m, words, fresh_code, ret);
    (void)fail(ctx, INVALID, "code", "code_over");
    return OK;
}

static Status drop(Ctx *ctx, const Member *m) {
    Query *q = query_begin(ctx, Q_PHONE_MOVE_DELETE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return query_run(q);
}

Status phone_move_finish(Ctx *ctx, Member *m, Text typed, PhoneMove *ret, bool *ret_done) {
    bool found, right;
    *ret_done = false;
    TRY(phone_move_find(ctx, m, ret, &found));
    if (!found) {
        (void)fail(ctx, INVALID, "code", "code_over");
        return OK;
    }
    TRY(phone_code_try(ctx, purpose_of(ctx, m), phone_hash_of(ctx, ret->phone_e164), typed,
                       &ret->code, &right));
    if (!right) return put(ctx, m, ret);
    TRY(drop(ctx, m));
    Status status = member_phone_move(ctx, m, ret->phone_e164, ret->phone_of);
    *ret_done = status == OK;
    /* refused before it wrote anything: the used code is to be kept */
    return status == CONFLICT || status == LIMIT ? OK : status;
}
