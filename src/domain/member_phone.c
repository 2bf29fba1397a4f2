/* Slots of phones after the join. */
#include "domain/member_phone.h"

#include "base/clock.h"
#include "base/syllable.h"
#include "crypto/seal.h"
#include "domain/allowance.h"
#include "domain/audit.h"
#include "domain/member_card.h"
#include "domain/name_key.h"
#include "domain/oddity_look.h"
#include "domain/outbox.h"
#include "domain/person.h"
#include "domain/phone.h"
#include "domain/phone_way.h"
#include "domain/reason.h"
#include "domain/tally.h"
#include "store/query.h"

enum { NUMBER_END_DIGITS = 4, MOVED_LIFE_S = 2 * 86400 };

Text member_phone_shown(Ctx *ctx, Text name) {
    size_t first = text_find_byte(name, ' '), last = name.len;
    if (first >= name.len) return name;
    while (name.ptr[last - 1] != ' ') last--;
    last = syllable_start(name, last);
    if (last == name.len) return text_slice(name, 0, first);
    Text initial = text_slice(name, last, syllable_end(name, last) - last);
    return arena_printf(ctx->arena, "%.*s %.*s.", (int)first, name.ptr, TEXT_ARG(initial));
}

typedef struct Slots {
    uint8_t hash[PHONE_HASH_BYTES];
    int64_t serials[LIMIT_PHONE_MEMBERS];
    Text persons[LIMIT_PHONE_MEMBERS];
    int64_t slots[LIMIT_PHONE_MEMBERS];
    int count;
} Slots;

static Status read_slots(Ctx *ctx, Text e164, Slots *ret) {
    *ret = (Slots){0};
    phone_hash(&ctx->org->keys, e164, ret->hash);
    Query *q = query_begin(ctx, Q_PHONE_SLOT_LIST);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(ret->hash, sizeof ret->hash));
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found || ret->count == LIMIT_PHONE_MEMBERS) break;
        ret->slots[ret->count] = query_column_int(q, 0);
        ret->persons[ret->count] = query_column_blob(q, 1);
        ret->serials[ret->count++] = query_column_int(q, 2);
    }
    return query_done(q);
}

static Text number_end(Ctx *ctx, const Number *number) {
    char text[NUMBER_TEXT_MAX];
    size_t len = number_text(number, text);
    return arena_copy(ctx->arena, (Text){text + len - NUMBER_END_DIGITS, NUMBER_END_DIGITS});
}

Status member_phone_list(Ctx *ctx, Text phone_e164, PhoneMember ret[LIMIT_PHONE_MEMBERS],
                     int *ret_count) {
    Slots slots;
    TRY(read_slots(ctx, phone_e164, &slots));
    for (int i = 0; i < slots.count; i++) {
        Member member;
        TRY(member_by_serial(ctx, slots.serials[i], &member));
        ret[i] = (PhoneMember){.serial = member.serial,
                               .shown = member_phone_shown(ctx, member.name),
                               .number_end = number_end(ctx, &member.number),
                               .slot = slots.slots[i],
                               .joined_at = member.joined_at,
                               .state = member.state,
                               .confirmed = phone_way_confirms(member.phone_proof)};
    }
    *ret_count = slots.count;
    return OK;
}

static Text person_of(Ctx *ctx, const Member *m) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, PERSON_HASH_BYTES);
    person_hash(ctx, name_key(ctx->arena, m->name), m->birth_year, hash);
    return text_bytes(hash, PERSON_HASH_BYTES);
}

static Status take_slot(Ctx *ctx, const Member *m, Text e164) {
    Slots slots;
    TRY(read_slots(ctx, e164, &slots));
    Text person = person_of(ctx, m);
    int64_t free_slot = 0;
    Allowance allowed;
    TRY(allowance_read(ctx, &allowed));
    for (int i = 0; i < slots.count; i++) {
        if (slots.serials[i] == m->serial) return fail(ctx, CONFLICT, "phone", "phone_same");
        if (text_eq(slots.persons[i], person))
            return fail(ctx, CONFLICT, "phone", "member_duplicate");
        if (slots.slots[i] == free_slot) free_slot++; /* they come in order */
    }
    if (free_slot >= allowed.phone_members) {
        (void)fail(ctx, LIMIT, "phone", "phone_full");
        fail_arg_int(ctx, "max", allowed.phone_members);
        return LIMIT;
    }
    Query *q = query_begin(ctx, Q_PHONE_SLOT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(slots.hash, sizeof slots.hash));
    query_int(q, "slot", free_slot);
    query_blob(q, "person", person);
    query_int(q, "serial", m->serial);
    TRY(query_run(q));
    return oddity_look_phone(ctx, text_bytes(slots.hash, sizeof slots.hash), slots.count + 1);
}

static Status write_phone(Ctx *ctx, Member *m, Text e164) {
    Text row = arena_printf(ctx->arena, "member/%lld", (long long)m->serial);
    Text place = arena_printf(ctx->arena, "%.*s/phone", TEXT_ARG(row));
    MemberKey key;
    if (!seal_unwrap(&ctx->org->keys, row, m->sealed_key, &key))
        return fail_io(ctx, "store_damaged", "key of member %lld", (long long)m->serial);
    m->phone_sealed = seal_value(ctx->arena, &key, place, e164);
    secret_wipe(&key, sizeof key);
    Query *q = query_begin(ctx, Q_MEMBER_SET_PHONE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_blob(q, "phone", m->phone_sealed);
    query_text(q, "phone_of", m->phone_of);
    query_text(q, "phone_proof", m->phone_proof);
    return query_run(q);
}

static Status count_again(Ctx *ctx, const Member *m, Text proof_before) {
    if (m->state == MEMBER_APPLIED) return OK;
    Unit unit;
    TRY(unit_by_id(ctx, m->unit_id, &unit));
    TallyFacts after = member_facts(m), before = after;
    before.phone_proof = proof_before;
    return tally_change(ctx, &unit, &before, &after,
                        organisation_day(ctx));
}

Status member_phone_confirm(Ctx *ctx, Member *member) {
    Text before = member->phone_proof;
    if (!text_eq(before, T("unconfirmed")) && !text_eq(before, T("witness"))) return OK;
    Query *q = query_begin(ctx, Q_MEMBER_PROVE_PHONE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    TRY(query_run(q));
    member->phone_proof = T("code");
    TRY(count_again(ctx, member, before));
    TRY(member_record_event(ctx, member, T("phone_proof"), T("")));
    return audit_add(ctx, "member.phone_proof",
                     arena_printf(ctx->arena, "member:%lld", (long long)member->serial), T(""));
}

/* Whoever still has the phone that the membership left should know, by no more than that. */
static Status tell_old_phone(Ctx *ctx, Text e164, Lang lang, bool *ret_told) {
    OutboxDraft draft = {.purpose = "moved", .phone = e164, .lang = lang,
                         .life_s = MOVED_LIFE_S};
    OutboxAdded added = OUTBOX_NOT_NOW;
    if (e164.len) TRY(outbox_add_if_possible(ctx, &draft, &added));
    *ret_told = added == OUTBOX_ADDED;
    return OK;
}

static Status move(Ctx *ctx, Member *m, const char *proof, Text e164, Text phone_of, Text reason) {
    Text old, before = m->phone_proof;
    bool told;
    if (m->state == MEMBER_ENDED || m->state == MEMBER_LAPSED || m->state == MEMBER_REFUNDED)
        return fail(ctx, CONFLICT, NULL, "member_state_refused");
    TRY(take_slot(ctx, m, e164));
    TRY(member_phone(ctx, m, &old));
    TRY(member_free_phone(ctx, m));
    m->phone_of = phone_of;
    m->phone_proof = text_of(proof);
    TRY(write_phone(ctx, m, e164));
    TRY(count_again(ctx, m, before));
    TRY(member_record_event(ctx, m, T("phone"), reason));
    TRY(member_card_new_address(ctx, m)); /* the old phone's browsers know the one before */
    TRY(tell_old_phone(ctx, old, m->lang, &told));
    return audit_add(ctx, "member.phone",
                     arena_printf(ctx->arena, "member:%lld", (long long)m->serial),
                     told ? T("old phone told") : T(""));
}

Status member_phone_doubt(Ctx *ctx, Member *member) {
    Text before = member->phone_proof;
    if (text_eq(before, T("unconfirmed"))) return OK;
    Query *q = query_begin(ctx, Q_MEMBER_DOUBT_PHONE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    TRY(query_run(q));
    member->phone_proof = T("unconfirmed");
    TRY(count_again(ctx, member, before));
    return member_record_event(ctx, member, T("phone_doubt"), T(""));
}

Status member_phone_move(Ctx *ctx, Member *member, Text phone_e164, Text phone_of) {
    return move(ctx, member, "code", phone_e164, phone_of, T(""));
}

Status member_phone_assign(Ctx *ctx, Member *member, Text phone_e164, Text phone_of,
                           Text reason) {
    TRY(reason_check(ctx, &reason));
    return move(ctx, member, "unconfirmed", phone_e164, phone_of, reason);
}
