/* Reading members, and what becomes of a membership after the join. */
#include "domain/member.h"

#include "base/clock.h"
#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/membership_kind.h"
#include "domain/phone.h"
#include "domain/receipt.h"
#include "domain/tally.h"
#include "store/query.h"

/* Of a member asked for by number, that is known; making it costs as much as reading the row. */
static Member read_row_of(Query *q, const Number *number) {
    Member m = {
        .serial = query_column_int(q, 0),
        .kind = query_column_text(q, 2),
        .name = query_column_text(q, 3),
        .name_alt = query_column_text(q, 4),
        .gender = query_column_text(q, 5),
        .birth_year = query_column_int(q, 6),
        .unit_id = query_column_int(q, 7),
        .settlement = query_column_text(q, 8),
        .joined_at = query_column_int(q, 9),
        .confirmed_at = query_column_int(q, 10),
        .expires_at = query_column_int(q, 11),
        .ended_at = query_column_int(q, 12),
        .how = query_column_text(q, 13),
        .enrolled_by = query_column_int(q, 14),
        .enroller_serial = query_column_is_null(q, 15) ? -1 : query_column_int(q, 15),
        .phone_proof = query_column_text(q, 16),
        .fee_proof = query_column_text(q, 17),
        .card_issue = query_column_int(q, 18),
        .card_generation = query_column_int(q, 19),
        .sealed_key = query_column_blob(q, 20),
        .phone_sealed = query_column_blob(q, 21),
        .phone_of = query_column_text(q, 22),
        .town = query_column_text(q, 23),
        .lang = text_eq(query_column_text(q, 24), T("en")) ? LANG_EN : LANG_HI,
    };
    if (!member_state_parse(query_column_text(q, 1), &m.state)) m.state = MEMBER_SUSPENDED;
    m.number = *number;
    return m;
}

static Member read_row(Ctx *ctx, Query *q) {
    Number number =
        number_of_serial(&ctx->org->keys, ctx->org->code, query_column_int(q, 0));
    return read_row_of(q, &number);
}

static Status find(Ctx *ctx, int64_t serial, const Number *number, Member *ret) {
    Query *q = query_begin(ctx, Q_MEMBER_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    bool found;
    TRY(query_row(q, &found));
    if (found) *ret = number ? read_row_of(q, number) : read_row(ctx, q);
    TRY(query_done(q));
    return found ? OK : fail(ctx, NOT_FOUND, NULL, "member_not_found");
}

Status member_by_serial(Ctx *ctx, int64_t serial, Member *ret) {
    return find(ctx, serial, NULL, ret);
}

Status member_of_number(Ctx *ctx, const Number *number, Member *ret) {
    return find(ctx, number_serial(&ctx->org->keys, number), number, ret);
}

Status member_by_number(Ctx *ctx, Text typed, Member *ret) {
    Number number;
    NumberParse parsed = number_parse(typed, ctx->org->code, &number);
    if (parsed == NUMBER_WRONG_DIGIT) return fail(ctx, INVALID, "number", "member_number_digit");
    if (parsed != NUMBER_OK) return fail(ctx, INVALID, "number", "member_number_form");
    if (!text_eq(text_of(number.code), ctx->org->code))
        return fail(ctx, NOT_FOUND, "number", "member_not_found");
    return member_of_number(ctx, &number, ret);
}

Status member_in_reach(Ctx *ctx, const Member *m, bool *ret) {
    Unit unit;
    *ret = true;
    if (ctx->actor.kind != ACTOR_TOKEN) return OK;
    TRY(unit_by_id(ctx, m->unit_id, &unit));
    *ret = unit_is_within(&unit, ctx->actor.unit_id);
    return OK;
}

Status member_look(Ctx *ctx, Text number, Member *ret, Unit *ret_unit) {
    TRY(member_by_number(ctx, number, ret));
    TRY(unit_by_id(ctx, ret->unit_id, ret_unit));
    bool mine = ctx->actor.kind == ACTOR_OPERATOR ||
                (ctx->actor.kind == ACTOR_TOKEN && unit_is_within(ret_unit, ctx->actor.unit_id));
    if (!mine) return fail(ctx, NOT_FOUND, NULL, "member_not_found");
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)ret->serial);
    return audit_add(ctx, "member.look", subject, T(""));
}

Status member_phone(Ctx *ctx, const Member *member, Text *ret_e164) {
    *ret_e164 = T("");
    if (!member->phone_sealed.len) return OK;
    Text row = arena_printf(ctx->arena, "member/%lld", (long long)member->serial);
    Text place = arena_printf(ctx->arena, "%.*s/phone", TEXT_ARG(row));
    MemberKey key;
    bool good = seal_unwrap(&ctx->org->keys, row, member->sealed_key, &key) &&
                seal_open(ctx->arena, &key, place, member->phone_sealed, ret_e164);
    secret_wipe(&key, sizeof key);
    if (!good)
        return fail_io(ctx, "store_damaged", "phone of member %lld", (long long)member->serial);
    return OK;
}

TallyFacts member_facts(const Member *m) {
    return (TallyFacts){.state = member_state_text(m->state),
                        .settlement = m->settlement,
                        .gender = m->gender,
                        .phone_proof = m->phone_proof,
                        .fee_proof = m->fee_proof};
}

Status member_record_event(Ctx *ctx, const Member *m, Text type, Text reason) {
    Query *q = query_begin(ctx, Q_MEMBER_EVENT_NEXT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    int64_t sequence;
    TRY(query_run_int(q, &sequence));
    q = query_begin(ctx, Q_MEMBER_EVENT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "sequence", sequence);
    query_int(q, "at", ctx->now_s);
    query_int(q, "day", organisation_day(ctx));
    query_text(q, "type", type);
    query_int(q, "unit", m->unit_id);
    query_text(q, "state", member_state_text(m->state));
    query_text(q, "actor", audit_actor(ctx));
    query_text(q, "reason", reason.ptr ? reason : T(""));
    return query_run(q);
}

static Status write_state(Ctx *ctx, const Member *m, MemberState was) {
    Query *q = query_begin(ctx, Q_MEMBER_SET_STATE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_text(q, "state", member_state_text(m->state));
    query_text(q, "was", member_state_text(was));
    query_int_or_null(q, "confirmed_at", m->confirmed_at);
    query_int_or_null(q, "ended_at", m->ended_at);
    query_text(q, "fee_proof", m->fee_proof);
    bool changed;
    TRY(query_run_changed(q, &changed));
    return changed ? OK : fail(ctx, CONFLICT, NULL, "member_changed_meanwhile");
}

Status member_set_lang(Ctx *ctx, Member *member, Lang lang) {
    if (member->lang == lang) return OK;
    member->lang = lang;
    Query *q = query_begin(ctx, Q_MEMBER_SET_LANG);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    query_text(q, "lang", lang == LANG_EN ? T("en") : T("hi"));
    return query_run(q);
}

/* The phone's place is free again: an ended member may join anew. */
Status member_free_phone(Ctx *ctx, const Member *m) {
    Text e164;
    uint8_t hash[PHONE_HASH_BYTES];
    TRY(member_phone(ctx, m, &e164));
    if (!e164.len) return OK;
    phone_hash(&ctx->org->keys, e164, hash);
    Query *q = query_begin(ctx, Q_PHONE_SLOT_FREE);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(hash, sizeof hash));
    query_int(q, "serial", m->serial);
    return query_run(q);
}

/* From the confirmation on, not from the application, which may be weeks ago. */
static Status start_term(Ctx *ctx, Member *m) {
    MembershipKind kind;
    m->confirmed_at = ctx->now_s;
    if (!m->expires_at) return OK;
    TRY(membership_kind_read(ctx, m->kind, &kind));
    if (!kind.term_days) return OK;
    m->expires_at = ctx->now_s + kind.term_days * CLOCK_DAY_S;
    Query *q = query_begin(ctx, Q_MEMBER_START_TERM);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_int(q, "expires_at", m->expires_at);
    return query_run(q);
}

/* The member as it is now (state and proof set anew) against as it was. */
static Status apply_change(Ctx *ctx, Member *m, MemberState was, const TallyFacts *before,
                           Text reason) {
    if (m->state == MEMBER_CONFIRMED && !m->confirmed_at) TRY(start_term(ctx, m));
    bool over = m->state == MEMBER_ENDED || m->state == MEMBER_LAPSED ||
                m->state == MEMBER_REFUNDED;
    if (over) m->ended_at = ctx->now_s;
    Unit unit;
    TRY(unit_by_id(ctx, m->unit_id, &unit));
    TRY(write_state(ctx, m, was));
    TRY(member_record_event(ctx, m, text_of(member_state_event(was, m->state)), reason));
    if (over) TRY(member_free_phone(ctx, m));
    TallyFacts after = member_facts(m);
    bool never_joined = was == MEMBER_APPLIED && m->state == MEMBER_ENDED;
    bool had_joined = was == MEMBER_REJECTED && m->state == MEMBER_LAPSED;
    if (never_joined || had_joined) after.state = before->state; /* counts as before */
    int64_t day = organisation_day(ctx);
    TRY(tally_change(ctx, &unit, before, &after, day));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "member.state", subject, member_state_text(m->state));
}

Status member_change_state(Ctx *ctx, Member *member, MemberState to, Text reason) {
    MemberState was = member->state;
    if (!member_may_become(was, to)) return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TallyFacts before = member_facts(member);
    member->state = to;
    if (to == MEMBER_REFUNDED) member->fee_proof = T("refunded");
    return apply_change(ctx, member, was, &before, reason);
}

Status member_confirm_fee(Ctx *ctx, Member *member, FeeMethod method, int64_t paise,
                          Text *ret_receipt) {
    *ret_receipt = T("");
    MemberState was = member->state;
    if (was == MEMBER_CONFIRMED) return OK;
    if (!member_awaits_fee(member)) return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TallyFacts before = member_facts(member);
    member->state = MEMBER_CONFIRMED;
    member->fee_proof = receipt_method(method);
    TRY(apply_change(ctx, member, was, &before, T("")));
    return receipt_record(ctx, member->serial, member->unit_id, method, paise, ctx->now_s,
                          ret_receipt);
}

bool member_awaits_fee(const Member *member) {
    bool waits = member->state == MEMBER_APPLIED || member->state == MEMBER_PROVISIONAL ||
                 member->state == MEMBER_REJECTED;
    return waits && !member->confirmed_at;
}

static Status next_issue(Ctx *ctx, Member *member, Text type, Text reason) {
    if (!member_state_has_card(member->state))
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    Query *q = query_begin(ctx, Q_MEMBER_NEXT_ISSUE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    TRY(query_run_int(q, &member->card_issue));
    TRY(member_record_event(ctx, member, type, reason));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)member->serial);
    return audit_add(ctx, "card.reissue", subject, T(""));
}

Status member_reissue(Ctx *ctx, Member *member, Text reason) {
    return next_issue(ctx, member, T("reissue"), reason);
}

Status member_reissue_corrected(Ctx *ctx, Member *member) {
    return next_issue(ctx, member, T("correct"), T(""));
}

Status member_of_unit(Ctx *ctx, int64_t unit_id, int64_t since, MemberCursor *cursor, Member *ret,
                      int max, int *ret_count) {
    Query *q = query_begin(ctx, Q_MEMBER_OF_UNIT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "unit", unit_id);
    query_int(q, "since", since);
    query_int(q, "joined_at", cursor->begun ? cursor->joined_at : INT64_MIN);
    query_int(q, "serial", cursor->begun ? cursor->serial : -1);
    query_int(q, "max", max);
    *ret_count = 0;
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        ret[(*ret_count)++] = read_row(ctx, q);
    }
    TRY(query_done(q));
    if (*ret_count) {
        const Member *last = &ret[*ret_count - 1];
        *cursor =
            (MemberCursor){.begun = true, .joined_at = last->joined_at, .serial = last->serial};
    }
    return OK;
}
