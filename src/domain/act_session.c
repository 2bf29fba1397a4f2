/* Rows of browsers that may act for a member, for a quarter of an hour. */
#include "domain/act_session.h"

#include "crypto/secret_token.h"
#include "domain/audit.h"
#include "domain/member_guardian.h"
#include "domain/leftover.h"
#include "domain/outbox.h"
#include "domain/phone.h"
#include "store/query.h"

static Text hash_of(Ctx *ctx, Text secret) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    secret_token_hash(&ctx->org->keys, T("act_session"), secret, hash);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

static const char *const acts[] = {
    [ACT_CARD] = "card", [ACT_ADDRESS] = "address", [ACT_LOST] = "lost",
    [ACT_LEAVE] = "leave", [ACT_DENY] = "deny",
    [ACT_PHONE] = "phone", [ACT_JOINED] = "joined",
    [ACT_RENEW] = "renew",
};

/* A code for one member opens nothing of another on the same phone, and no other act. */
static Text purpose_of(Ctx *ctx, const Member *m, Act act) {
    return arena_printf(ctx->arena, "card/%lld/%s", (long long)m->serial, acts[act]);
}

static Act act_of(Text name) {
    for (int i = ACT_ADDRESS; i <= ACT_RENEW; i++)
        if (text_eq(name, text_of(acts[i]))) return (Act)i;
    return ACT_CARD;
}

Status act_session_find(Ctx *ctx, Text secret, const Member *m, ActSession *ret, bool *ret_found) {
    *ret = (ActSession){0};
    *ret_found = false;
    if (secret.len != SECRET_TOKEN_CHARS) return OK;
    Query *q = query_begin(ctx, Q_ACT_SESSION_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    query_int(q, "serial", m->serial);
    query_int(q, "generation", m->card_generation);
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, ret_found));
    if (*ret_found)
        *ret = (ActSession){.code = {.hash = query_column_blob(q, 0),
                                     .expires_at = query_column_int(q, 1),
                                     .tries = query_column_int(q, 2)},
                            .open_until = query_column_int(q, 3),
                            .act = act_of(query_column_text(q, 4))};
    return query_done(q);
}

static Status put(Ctx *ctx, Text secret, const Member *m, const ActSession *s) {
    Query *q = query_begin(ctx, Q_ACT_SESSION_PUT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    query_int(q, "serial", m->serial);
    query_int(q, "generation", m->card_generation);
    query_text(q, "act", text_of(acts[s->act]));
    query_blob(q, "code_hash", s->code.hash);
    query_int_or_null(q, "code_expires_at", s->code.expires_at);
    query_int(q, "code_tries", s->code.tries);
    query_int_or_null(q, "open_until", s->open_until);
    query_int(q, "expires_at", s->open_until ? s->open_until : ctx->now_s + ACT_SESSION_S);
    return query_run(q);
}

Status act_session_begin(Ctx *ctx, Text secret, const Member *m, Act act, Text words,
                         Text fresh_code, ActSession *ret) {
    Text e164;
    bool issued;
    *ret = (ActSession){.act = act};
    TRY(member_guardian_phone(ctx, m, &e164));
    if (!e164.len) return fail(ctx, DENIED, NULL, "act_no_phone");
    TRY(leftover_drop_few(ctx, Q_ACT_SESSION_SWEEP));
    TRY(phone_code_issue(ctx, purpose_of(ctx, m, act), phone_hash_of(ctx, e164), fresh_code,
                         &ret->code, &issued));
    if (!issued) return OK;
    TRY(outbox_add_code(ctx, e164, ctx->lang, words, fresh_code));
    ret->demo_code = fresh_code;
    return put(ctx, secret, m, ret);
}

Status act_session_open(Ctx *ctx, Text secret, Text fresh_secret, const Member *m, Text typed,
                        ActSession *ret) {
    bool found, right;
    Text e164;
    TRY(act_session_find(ctx, secret, m, ret, &found));
    if (found && ret->open_until) return OK;
    if (!found) {
        (void)fail(ctx, INVALID, "code", "code_over");
        return OK;
    }
    TRY(member_guardian_phone(ctx, m, &e164));
    TRY(phone_code_try(ctx, purpose_of(ctx, m, ret->act), phone_hash_of(ctx, e164), typed,
                       &ret->code, &right));
    if (!right) return put(ctx, secret, m, ret);
    TRY(act_session_close(ctx, secret));
    ret->open_until = ctx->now_s + ACT_SESSION_S;
    TRY(put(ctx, fresh_secret, m, ret));
    ctx->actor = (Actor){.kind = ACTOR_MEMBER, .id = m->serial};
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "card.open", subject, text_of(acts[ret->act]));
}

Status act_session_open_proved(Ctx *ctx, Text secret, const Member *m) {
    ActSession open = {.open_until = ctx->now_s + ACT_SESSION_S};
    TRY(leftover_drop_few(ctx, Q_ACT_SESSION_SWEEP));
    return put(ctx, secret, m, &open);
}

Status act_session_close(Ctx *ctx, Text secret) {
    if (secret.len != SECRET_TOKEN_CHARS) return OK;
    Query *q = query_begin(ctx, Q_ACT_SESSION_DELETE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    return query_run(q);
}

Status act_session_demand(Ctx *ctx, Text secret, const Member *m, Act act) {
    ActSession session;
    bool found;
    TRY(act_session_find(ctx, secret, m, &session, &found));
    if (!found || !session.open_until || session.act != act)
        return fail(ctx, DENIED, NULL, "act_code_needed");
    ctx->actor = (Actor){.kind = ACTOR_MEMBER, .id = m->serial};
    return OK;
}
