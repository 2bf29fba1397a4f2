/* See oddity_members.h. */
#include "domain/oddity_members.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/denial.h"
#include "domain/payer.h"
#include "domain/phone.h"
#include "domain/reason.h"
#include "store/query.h"

/* "token:7": which of three kinds, and the number; false for any other subject. */
static bool read_subject(Text subject, int *ret_which, int64_t *ret_id) {
    static const char *const words[] = {"token:", "member:", "unit:"};
    for (int i = 0; i < 3; i++) {
        Text word = text_of(words[i]);
        if (!text_starts_with(subject, word)) continue;
        *ret_which = i;
        return text_to_int(text_slice(subject, word.len, subject.len), ret_id);
    }
    return false;
}

static Query *begin_of_enroller(Ctx *ctx, const Oddity *o) {
    static const QueryId joined[] = {Q_ODDITY_MEMBERS_OF_TOKEN, Q_ODDITY_MEMBERS_OF_MEMBER,
                                     Q_ODDITY_MEMBERS_OF_UNIT};
    static const QueryId denied[] = {Q_ODDITY_DENIED_OF_TOKEN, Q_ODDITY_DENIED_OF_MEMBER,
                                     Q_ODDITY_DENIED_OF_UNIT};
    int which;
    int64_t id;
    if (!read_subject(o->subject, &which, &id)) return NULL;
    bool denials = o->kind == ODDITY_DENIAL || o->kind == ODDITY_DENIAL_UNIT;
    Query *q = query_begin(ctx, denials ? denied[which] : joined[which]);
    query_int(q, "id", id);
    if (denials) return q;
    query_int(q, "first", o->first_at);
    query_int(q, "last", o->last_at);
    if (which < 2) query_int(q, "unconfirmed", o->kind == ODDITY_UNCONFIRMED);
    return q;
}

static Query *begin_of_hash(Ctx *ctx, const Oddity *o, Text hex) {
    bool payer = o->kind == ODDITY_PAYER;
    _Static_assert((int)PAYER_HASH_BYTES == (int)PHONE_HASH_BYTES, "one length of hashes");
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, PHONE_HASH_BYTES);
    if (!text_unhex(hex, hash, PHONE_HASH_BYTES)) return NULL;
    Query *q = query_begin(ctx, payer                       ? Q_ODDITY_MEMBERS_OF_PAYER
                                : o->kind == ODDITY_GUARDIAN ? Q_ODDITY_MEMBERS_OF_GUARDIAN
                                                             : Q_ODDITY_MEMBERS_OF_PHONE);
    query_blob(q, payer ? "payer_hash" : "phone_hash", text_bytes(hash, PHONE_HASH_BYTES));
    return q;
}

static Query *begin(Ctx *ctx, const Oddity *o) {
    Text rest = text_slice(o->subject, text_find_byte(o->subject, ':') + 1, o->subject.len);
    if (o->kind == ODDITY_UTR) {
        Query *q = query_begin(ctx, Q_ODDITY_MEMBERS_OF_UTR);
        query_text(q, "utr", rest);
        return q;
    }
    if (o->kind == ODDITY_SEEN) {
        int64_t payment_id;
        if (!text_to_int(rest, &payment_id)) return NULL;
        Query *q = query_begin(ctx, Q_ODDITY_MEMBERS_OF_PAYMENT);
        query_int(q, "payment", payment_id);
        return q;
    }
    bool hashed = text_starts_with(o->subject, T("phone:")) || o->kind == ODDITY_PAYER;
    return hashed ? begin_of_hash(ctx, o, rest) : begin_of_enroller(ctx, o);
}

Status oddity_members_serials(Ctx *ctx, const Oddity *oddity, int64_t after, int max, int64_t *ret,
                              int *ret_count) {
    *ret_count = 0;
    Query *q = begin(ctx, oddity);
    if (!q) return fail_io(ctx, "trouble_on_our_side", "subject of oddity %lld",
                           (long long)oddity->id);
    query_int(q, "org", ctx->org->id);
    query_int(q, "after", after);
    query_int(q, "max", max);
    return query_run_ints(q, ret, max, ret_count);
}

static Status record_look(Ctx *ctx, const Oddity *oddity, int64_t serial) {
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)serial);
    Text detail = arena_printf(ctx->arena, "oddity %lld", (long long)oddity->id);
    return audit_add(ctx, "member.look", subject, detail);
}

Status oddity_members(Ctx *ctx, const Oddity *oddity, int64_t after, int max,
                      OddityMembers *ret) {
    int64_t serials[ODDITY_MEMBERS_MAX];
    int count;
    TRY(oddity_members_serials(ctx, oddity, after, max, serials, &count));
    *ret = (OddityMembers){.list = ARENA_ARRAY(ctx->arena, OddityMember, max),
                           .after = count == max ? serials[count - 1] : -1};
    for (int i = 0; i < count; i++) {
        OddityMember *m = &ret->list[ret->count];
        Unit unit;
        TRY(member_by_serial(ctx, serials[i], &m->member));
        TRY(unit_by_id(ctx, m->member.unit_id, &unit));
        m->unit_code = unit.code;
        bool yours = unit_is_within(&unit, ctx->actor.unit_id);
        ret->count += yours;
        ret->hidden += !yours;
        if (yours) TRY(record_look(ctx, oddity, serials[i]));
    }
    return OK;
}

/* *ret: did anything change? */
static Status suspend(Ctx *ctx, int64_t serial, Text reason, bool *ret) {
    Member member;
    Unit unit;
    *ret = false;
    TRY(member_by_serial(ctx, serial, &member));
    TRY(unit_by_id(ctx, member.unit_id, &unit));
    if (!unit_is_within(&unit, ctx->actor.unit_id)) return OK;
    if (member.state == MEMBER_SUSPENDED) return denial_keep_on_hold(ctx, &member, ret);
    if (!member_may_become(member.state, MEMBER_SUSPENDED)) return OK;
    TRY(member_change_state(ctx, &member, MEMBER_SUSPENDED, reason));
    *ret = true;
    return OK;
}

Status oddity_members_suspend(Ctx *ctx, int64_t id, Text reason, int *ret_count, bool *ret_more) {
    Oddity o;
    int64_t serials[ODDITY_MEMBERS_MAX], after = -1;
    int count = ODDITY_MEMBERS_MAX;
    *ret_count = 0;
    *ret_more = false;
    TRY(reason_check(ctx, &reason));
    TRY(oddity_read(ctx, id, &o));
    if (o.state != ODDITY_OPEN && o.state != ODDITY_EXAMINED)
        return fail(ctx, CONFLICT, NULL, "oddity_decided");
    Text why = arena_printf(ctx->arena, "oddity %lld: %.*s", (long long)id, TEXT_ARG(reason));
    while (count == ODDITY_MEMBERS_MAX && !*ret_more) {
        TRY(oddity_members_serials(ctx, &o, after, ODDITY_MEMBERS_MAX, serials, &count));
        for (int i = 0; i < count && !*ret_more; i++) {
            bool changed;
            TRY(suspend(ctx, serials[i], why, &changed));
            *ret_count += changed;
            after = serials[i];
            *ret_more = *ret_count == ODDITY_MEMBERS_MAX;
        }
    }
    return oddity_decide(ctx, id, *ret_more ? ODDITY_EXAMINED : ODDITY_ACTED, reason, &o);
}
