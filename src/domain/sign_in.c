/* Rows of browsers that come back, until they know whose card they want. */
#include "domain/sign_in.h"

#include "crypto/seal.h"
#include "crypto/secret_token.h"
#include "domain/act_session.h"
#include "domain/audit.h"
#include "domain/fee_order.h"
#include "domain/member_guardian.h"
#include "domain/leftover.h"
#include "domain/outbox.h"
#include "domain/phone.h"
#include "store/query.h"

static Text purpose(void) { return T("sign_in"); }

static Text hash_of(Ctx *ctx, Text secret) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, SECRET_HASH_BYTES);
    secret_token_hash(&ctx->org->keys, T("sign_in"), secret, hash);
    return text_bytes(hash, SECRET_HASH_BYTES);
}

static Text row_name(Ctx *ctx, Text hash) {
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * SECRET_HASH_BYTES + 1);
    text_hex((const uint8_t *)hash.ptr, hash.len, hex);
    return arena_printf(ctx->arena, "sign_in/%s", hex);
}

static Status open_phone(Ctx *ctx, Text hash, Text sealed_key, Text sealed_phone, SignIn *s) {
    bool good = seal_row_open(ctx->arena, &ctx->org->keys, row_name(ctx, hash), sealed_key,
                              sealed_phone, &s->phone_e164);
    return good ? OK : fail_io(ctx, "store_damaged", "a sign-in does not open");
}

Status sign_in_find(Ctx *ctx, Text secret, SignIn *ret, bool *ret_found) {
    *ret = (SignIn){0};
    *ret_found = false;
    if (secret.len != SECRET_TOKEN_CHARS) return OK;
    Text hash = hash_of(ctx, secret), sealed_key = TEXT_NONE, sealed_phone = TEXT_NONE;
    Query *q = query_begin(ctx, Q_SIGN_IN_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash);
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, ret_found));
    if (*ret_found) {
        sealed_key = query_column_blob(q, 0);
        sealed_phone = query_column_blob(q, 1);
        *ret = (SignIn){.code = {.hash = query_column_blob(q, 2),
                                 .expires_at = query_column_int(q, 3),
                                 .tries = query_column_int(q, 4)},
                        .open_until = query_column_int(q, 5)};
    }
    TRY(query_done(q));
    return *ret_found ? open_phone(ctx, hash, sealed_key, sealed_phone, ret) : OK;
}

static Status put(Ctx *ctx, Text secret, const SignIn *s) {
    Text hash = hash_of(ctx, secret), wrapped;
    Text phone = seal_row(ctx->arena, &ctx->org->keys, row_name(ctx, hash), s->phone_e164,
                          &wrapped);
    Query *q = query_begin(ctx, Q_SIGN_IN_PUT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash);
    query_blob(q, "sealed_key", wrapped);
    query_blob(q, "phone", phone);
    query_blob(q, "code_hash", s->code.hash);
    query_int_or_null(q, "code_expires_at", s->code.expires_at);
    query_int(q, "code_tries", s->code.tries);
    query_int_or_null(q, "open_until", s->open_until);
    query_int(q, "expires_at", s->open_until ? s->open_until : ctx->now_s + SIGN_IN_S);
    return query_run(q);
}

static Status send(Ctx *ctx, Text secret, Text words, Text fresh_code, SignIn *s) {
    bool issued;
    TRY(phone_code_issue(ctx, purpose(), phone_hash_of(ctx, s->phone_e164), fresh_code, &s->code,
                         &issued));
    if (!issued) return OK;
    TRY(outbox_add_code(ctx, s->phone_e164, ctx->lang, words, fresh_code));
    s->demo_code = fresh_code;
    return put(ctx, secret, s);
}

Status sign_in_begin(Ctx *ctx, Text secret, Text phone_e164, Text words, Text fresh_code,
                     SignIn *ret) {
    *ret = (SignIn){.phone_e164 = phone_e164};
    TRY(leftover_drop_few(ctx, Q_SIGN_IN_SWEEP));
    return send(ctx, secret, words, fresh_code, ret);
}

Status sign_in_resend(Ctx *ctx, Text secret, Text words, Text fresh_code, SignIn *ret) {
    bool found;
    TRY(sign_in_find(ctx, secret, ret, &found));
    if (found && ret->open_until) return OK;
    if (found) return send(ctx, secret, words, fresh_code, ret);
    (void)fail(ctx, INVALID, "code", "code_over");
    return OK;
}

static Status drop(Ctx *ctx, Text secret) {
    Query *q = query_begin(ctx, Q_SIGN_IN_DELETE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", hash_of(ctx, secret));
    return query_run(q);
}

Status sign_in_try(Ctx *ctx, Text secret, Text fresh_secret, Text typed, SignIn *ret) {
    bool found, right;
    TRY(sign_in_find(ctx, secret, ret, &found));
    if (found && ret->open_until) return OK;
    if (!found) {
        (void)fail(ctx, INVALID, "code", "code_over");
        return OK;
    }
    TRY(phone_code_try(ctx, purpose(), phone_hash_of(ctx, ret->phone_e164), typed, &ret->code,
                       &right));
    if (!right) return put(ctx, secret, ret);
    TRY(drop(ctx, secret));
    ret->open_until = ctx->now_s + SIGN_IN_S;
    return put(ctx, fresh_secret, ret);
}

/* Without a card there is the fee to be paid; afterwards the card is there. */
static Status lead(Ctx *ctx, Text phone_e164, Text act_secret, SignedIn *in) {
    const Member *m = &in->member;
    if (m->state == MEMBER_APPLIED || m->state == MEMBER_REJECTED) {
        FeeOrder order;
        TRY(fee_order_for_member(ctx, m->serial, &order));
        in->path = arena_printf(ctx->arena, "/pay/%.*s", TEXT_ARG(fee_order_token(ctx, order.id)));
        return OK;
    }
    char token[CARD_TOKEN_CHARS];
    card_token_make(&ctx->org->keys, m->serial, m->card_generation, token);
    in->path = arena_printf(ctx->arena, "/card/%.*s", CARD_TOKEN_CHARS, token);
    Text allows; /* of a minor the guardian's */
    TRY(member_guardian_phone(ctx, m, &allows));
    in->acts = text_eq(allows, phone_e164);
    return in->acts ? act_session_open_proved(ctx, act_secret, m) : OK;
}

static Status come_back(Ctx *ctx, Text secret, const SignIn *session, int64_t serial,
                        Text act_secret, SignedIn *in) {
    TRY(member_by_serial(ctx, serial, &in->member));
    ctx->actor = (Actor){.kind = ACTOR_MEMBER, .id = serial};
    TRY(member_phone_confirm(ctx, &in->member));
    TRY(member_set_lang(ctx, &in->member, ctx->lang));
    TRY(lead(ctx, session->phone_e164, act_secret, in));
    TRY(drop(ctx, secret));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)serial);
    return audit_add(ctx, "member.sign_in", subject, T(""));
}

Status sign_in_choose(Ctx *ctx, Text secret, int64_t slot, Text act_secret, SignedIn *ret) {
    SignIn session;
    bool found;
    PhoneMember members[LIMIT_PHONE_MEMBERS];
    int count;
    *ret = (SignedIn){.path = T("")};
    TRY(sign_in_find(ctx, secret, &session, &found));
    if (!found || !session.open_until) return OK;
    TRY(member_phone_list(ctx, session.phone_e164, members, &count));
    if (slot < 0) {
        bool sure = count == 1 && members[0].confirmed;
        return sure ? come_back(ctx, secret, &session, members[0].serial, act_secret, ret) : OK;
    }
    for (int i = 0; i < count; i++)
        if (members[i].slot == slot)
            return come_back(ctx, secret, &session, members[i].serial, act_secret, ret);
    (void)fail(ctx, INVALID, "who", "sign_in_choose");
    return OK;
}
