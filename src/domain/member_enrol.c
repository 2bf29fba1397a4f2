/* The one way into the register. */
#include "base/clock.h"
#include "base/limits.h"
#include "crypto/seal.h"
#include "domain/audit.h"
#include "domain/country.h"
#include "domain/enroller.h"
#include "domain/member.h"
#include "domain/membership_kind.h"
#include "domain/oddity_look.h"
#include "domain/pay_way.h"
#include "domain/phone.h"
#include "domain/phone_way.h"
#include "domain/place.h"
#include "domain/receipt.h"
#include "domain/tally.h"
#include "store/query.h"

/* What is not found here was written wrong in the request. */
static Status as_invalid(Ctx *ctx, Status status) {
    if (status != NOT_FOUND) return status;
    for (int i = 0; i < ctx->error_count; i++) ctx->errors[i].status = INVALID;
    return INVALID;
}

static Status unit_of_pin(Ctx *ctx, int64_t pin, Unit *ret) {
    PlaceChoices places;
    TRY(as_invalid(ctx, place_by_pin(ctx, pin, &places)));
    if (places.count != 1) return fail(ctx, INVALID, "pin", "pin_spans");
    *ret = places.units[0];
    return OK;
}

static Status resolve_unit(Ctx *ctx, const Enrolment *e, Unit *ret) {
    if (e->country.len)
        TRY(country_unit(ctx, e->country, ret));
    else if (e->unit_code.len)
        TRY(as_invalid(ctx, unit_by_code(ctx, e->unit_code, ret)));
    else
        TRY(unit_of_pin(ctx, e->pin, ret));
    if (ctx->actor.kind == ACTOR_TOKEN && !unit_is_within(ret, ctx->actor.unit_id))
        return fail(ctx, DENIED, e->country.len ? "country" : e->unit_code.len ? "unit" : "pin",
                    "unit_not_yours");
    return OK;
}

/* An enroller's word counts only where the organisation wants it to. */
static Status check_witness(Ctx *ctx, const Enrolment *e) {
    PhoneWays ways;
    if (!text_eq(e->phone_proof, T("witness"))) return OK;
    TRY(phone_way_read(ctx, &ways));
    return ways.witness ? OK : fail(ctx, DENIED, "phone_proof", "witness_off");
}

static Text phone_of(const Enrolment *e) {
    return text_bytes(e->phone_hash, sizeof e->phone_hash);
}

/* The first free slot of the phone, and how many it will have; refuses the same person and a full
 * phone. */
static Status find_slot(Ctx *ctx, const Enrolment *e, int64_t *ret_slot, int64_t *ret_members) {
    bool taken[LIMIT_PHONE_MEMBERS] = {false};
    Allowance allowed;
    TRY(allowance_read(ctx, &allowed));
    int64_t most = allowed.phone_members;
    *ret_members = 1;
    bool same = false, found;
    Query *q = query_begin(ctx, Q_PHONE_SLOT_LIST);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", phone_of(e));
    for (;;) {
        TRY(query_row(q, &found));
        if (!found) break;
        int64_t slot = query_column_int(q, 0);
        ++*ret_members;
        if (slot >= 0 && slot < LIMIT_PHONE_MEMBERS) taken[slot] = true;
        same |= text_eq(query_column_blob(q, 1), text_bytes(e->person_hash, sizeof e->person_hash));
    }
    TRY(query_done(q));
    if (same) return fail(ctx, CONFLICT, "phone", "member_duplicate");
    for (*ret_slot = 0; *ret_slot < most; ++*ret_slot)
        if (!taken[*ret_slot]) return OK;
    (void)fail(ctx, LIMIT, "phone", "phone_full");
    fail_arg_int(ctx, "max", most);
    return LIMIT;
}

/* Who may enrol nobody any more today learns nothing of who is a member already. */
static Status take_slot(Ctx *ctx, const Enrolment *e, const EnrollerJoin *join, int64_t *ret_slot,
                        int64_t *ret_members) {
    Status status = find_slot(ctx, e, ret_slot, ret_members);
    if (status != CONFLICT && status != LIMIT) return status;
    Error refused = ctx->errors[0];
    ctx_forget_errors(ctx);
    TRY(enroller_may(ctx, join));
    ctx->errors[0] = refused;
    ctx->error_count = 1;
    return status;
}

static Status insert_slot(Ctx *ctx, const Enrolment *e, int64_t slot, int64_t serial) {
    Query *q = query_begin(ctx, Q_PHONE_SLOT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", phone_of(e));
    query_int(q, "slot", slot);
    query_blob(q, "person", text_bytes(e->person_hash, sizeof e->person_hash));
    query_int(q, "serial", serial);
    return query_run(q);
}

static Status credited_enroller(Ctx *ctx, const Enrolment *e, int64_t *ret_serial) {
    *ret_serial = 0;
    if (!e->enrolled_by.len) return OK;
    Number number;
    bool found = false;
    if (number_parse(e->enrolled_by, ctx->org->code, &number) == NUMBER_OK &&
        text_eq(text_of(number.code), ctx->org->code)) {
        Member enroller;
        Status status = member_by_serial(ctx, number_serial(&ctx->org->keys, &number), &enroller);
        if (status != OK && status != NOT_FOUND) return status;
        found = status == OK && enroller.state == MEMBER_CONFIRMED;
        if (found) *ret_serial = enroller.serial;
    }
    if (found) return OK;
    ctx_forget_errors(ctx);
    return fail(ctx, INVALID, "enrolled_by", "enroller_unknown");
}

/* What the fee makes of the membership. */
typedef struct Standing {
    MemberState state;
    Text fee_proof;
    bool receipt;
    int64_t paise;
} Standing;

static Status decide_standing(Ctx *ctx, const Enrolment *e, const MembershipKind *kind,
                              Standing *ret) {
    if (kind->fee_paise == 0) {
        *ret = (Standing){MEMBER_CONFIRMED, T("free"), false, 0};
        return OK;
    }
    if (e->fee_method == FEE_PENDING) {
        *ret = (Standing){MEMBER_APPLIED, T("none"), false, 0};
        return OK;
    }
    if (e->fee_method == FEE_NONE) { /* a claim without proof: a card at once, marked */
        *ret = (Standing){MEMBER_PROVISIONAL, T("none"), false, 0};
        return OK;
    }
    if (e->fee_paise != kind->fee_paise) {
        (void)fail(ctx, INVALID, "fee.amount_paise", "fee_differs");
        fail_arg_paise(ctx, "fee", kind->fee_paise);
        return INVALID;
    }
    if (e->fee_method == FEE_CASH) TRY(pay_way_check(ctx, PAY_WAY_CASH));
    Text proof = receipt_method(e->fee_method);
    *ret = (Standing){MEMBER_CONFIRMED, proof, true, kind->fee_paise};
    return OK;
}

static Text row_name(Ctx *ctx, int64_t serial) {
    return arena_printf(ctx->arena, "member/%lld", (long long)serial);
}

static Text proof_or_unconfirmed(Text proof) { return proof.len ? proof : T("unconfirmed"); }

typedef struct Draft { /* what insert_member needs beside the enrolment */
    int64_t serial, joined_at, expires_at, enroller_serial;
    int64_t on_phone; /* members, with this one */
    const Unit *unit;
    Standing standing;
    Text phone_proof;
    MemberKey key; /* the member's own; wiped when all is written */
    Text wrapped;
} Draft;

static void make_key(Ctx *ctx, Draft *d) {
    uint8_t *wrapped = ARENA_ARRAY(ctx->arena, uint8_t, SEAL_WRAPPED_BYTES);
    seal_new_key(&ctx->org->keys, row_name(ctx, d->serial), &d->key, wrapped);
    d->wrapped = text_bytes(wrapped, SEAL_WRAPPED_BYTES);
}

static Text sealed(Ctx *ctx, const Draft *d, const char *what, Text value) {
    Text place = arena_printf(ctx->arena, "%.*s/%s", TEXT_ARG(row_name(ctx, d->serial)), what);
    return seal_value(ctx->arena, &d->key, place, value);
}

static Status insert_member(Ctx *ctx, const Enrolment *e, const Draft *d) {
    bool confirmed = d->standing.state == MEMBER_CONFIRMED;
    Query *q = query_begin(ctx, Q_MEMBER_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", d->serial);
    query_text(q, "state", member_state_text(d->standing.state));
    query_text(q, "kind", e->kind);
    query_text(q, "name", e->name);
    query_text(q, "name_alt", e->name_alt.ptr ? e->name_alt : T(""));
    query_text(q, "gender", e->gender);
    query_int(q, "birth_year", e->birth_year);
    query_int(q, "unit", d->unit->id);
    query_text(q, "settlement", e->settlement);
    query_int(q, "joined_at", d->joined_at);
    query_int_or_null(q, "confirmed_at", confirmed ? d->joined_at : 0);
    query_int_or_null(q, "expires_at", d->expires_at);
    query_text(q, "how", e->how);
    query_int_or_null(q, "enrolled_by", ctx->actor.kind == ACTOR_TOKEN ? ctx->actor.id : 0);
    if (e->enrolled_by.len)
        query_int(q, "enroller_serial", d->enroller_serial);
    else
        query_null(q, "enroller_serial");
    query_text(q, "phone_proof", d->phone_proof);
    query_text(q, "fee_proof", d->standing.fee_proof);
    query_blob(q, "sealed_key", d->wrapped);
    if (e->phone_e164.len)
        query_blob(q, "phone", sealed(ctx, d, "phone", e->phone_e164));
    else
        query_null(q, "phone");
    query_text(q, "phone_of", e->phone_of);
    query_text(q, "town", e->town.ptr ? e->town : T(""));
    /* whoever enrols others does so in a language of their own */
    query_text(q, "lang",
               text_eq(e->how, T("web")) && ctx->lang == LANG_EN ? T("en") : T("hi"));
    return query_run(q);
}

static Status insert_join_event(Ctx *ctx, const Draft *d) {
    Query *q = query_begin(ctx, Q_MEMBER_EVENT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", d->serial);
    query_int(q, "sequence", 0);
    query_int(q, "at", d->joined_at);
    query_int(q, "day", clock_day(d->joined_at, ctx->org->zone_offset_s));
    /* An applied one joins when it becomes provisional or confirmed. */
    query_text(q, "type", d->standing.state == MEMBER_APPLIED ? T("apply") : T("join"));
    query_int(q, "unit", d->unit->id);
    query_text(q, "state", member_state_text(d->standing.state));
    query_text(q, "actor", audit_actor(ctx));
    query_text(q, "reason", T(""));
    return query_run(q);
}

static Status insert_guardian(Ctx *ctx, const Enrolment *e, const Draft *d) {
    if (!e->minor) return OK;
    uint8_t hash[PHONE_HASH_BYTES];
    phone_hash(&ctx->org->keys, e->guardian_e164, hash);
    Query *q = query_begin(ctx, Q_GUARDIAN_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", d->serial);
    query_blob(q, "name", sealed(ctx, d, "guardian/name", e->guardian_name));
    query_blob(q, "phone", sealed(ctx, d, "guardian/phone", e->guardian_e164));
    query_text(q, "proof", proof_or_unconfirmed(e->guardian_proof));
    query_blob(q, "phone_hash", text_bytes(hash, sizeof hash));
    TRY(query_run(q));
    return oddity_look_guardian(ctx, text_bytes(hash, sizeof hash));
}

static Status insert_consent(Ctx *ctx, const Enrolment *e, int64_t serial, int64_t sequence,
                             Text purpose) {
    Query *q = query_begin(ctx, Q_CONSENT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    query_int(q, "sequence", sequence);
    query_text(q, "notice", e->notice);
    query_int(q, "at", e->consent_at);
    query_text(q, "channel", e->how);
    query_text(q, "purpose", purpose);
    query_text(q, "given_by", e->minor ? T("guardian") : T("self"));
    query_int(q, "given", 1);
    return query_run(q);
}

/* The receipt that the first payment of a member got. */
static Status first_receipt(Ctx *ctx, int64_t serial, Text *ret) {
    Query *q = query_begin(ctx, Q_PAYMENT_FIRST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    bool found;
    TRY(query_row(q, &found));
    Receipt receipt = {0};
    if (found) {
        receipt.book = query_column_int(q, 0);
        receipt.number = query_column_int(q, 1);
        int64_t at = query_column_int(q, 2);
        receipt.financial_year = receipt_financial_year(at, ctx->org->zone_offset_s);
    }
    TRY(query_done(q));
    *ret = found ? receipt_text(ctx, &receipt) : T("");
    return OK;
}

/* The answer to the same request again: what it was made of is in the request itself, and the rest
 * never changes. */
static Status answer_again(Ctx *ctx, int64_t serial, int64_t expires_at, Enrolled *ret) {
    Member member;
    TRY(member_by_serial(ctx, serial, &member));
    *ret = (Enrolled){
        .serial = serial, .number = member.number, .joined_at = member.joined_at,
        .expires_at = expires_at ? expires_at : member.expires_at, .replayed = true};
    Query *q = query_begin(ctx, Q_MEMBER_EVENT_FIRST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", serial);
    bool found;
    TRY(query_row(q, &found));
    int64_t unit_id = member.unit_id;
    if (found) {
        (void)member_state_parse(query_column_text(q, 0), &ret->state);
        unit_id = query_column_int(q, 1);
    }
    TRY(query_done(q));
    TRY(unit_by_id(ctx, unit_id, &ret->unit));
    ret->receipt = T(""); /* a payment that came later was no part of the answer */
    return ret->state == MEMBER_CONFIRMED ? first_receipt(ctx, serial, &ret->receipt) : OK;
}

static Status insert_person(Ctx *ctx, const Enrolment *e, Draft *d) {
    make_key(ctx, d);
    Status status = insert_member(ctx, e, d);
    if (status == OK) status = insert_guardian(ctx, e, d);
    secret_wipe(&d->key, sizeof d->key);
    return status;
}

static Status write_all(Ctx *ctx, const Enrolment *e, Draft *d, int64_t slot, Enrolled *ret) {
    TRY(insert_person(ctx, e, d));
    TRY(insert_join_event(ctx, d));
    TRY(insert_consent(ctx, e, d->serial, 0, T("membership")));
    if (e->messages) TRY(insert_consent(ctx, e, d->serial, 1, T("messages")));
    if (slot >= 0) TRY(insert_slot(ctx, e, slot, d->serial));
    if (slot >= 0) TRY(oddity_look_phone(ctx, phone_of(e), d->on_phone));
    ret->receipt = T("");
    if (d->standing.receipt)
        TRY(receipt_record(ctx, d->serial, d->unit->id, e->fee_method, d->standing.paise,
                           d->joined_at, &ret->receipt));
    const IdempotencyAnswer answer = {d->serial, d->expires_at};
    TRY(idempotency_remember(ctx, &e->idempotency, &answer));
    TallyFacts facts = {.state = member_state_text(d->standing.state),
                        .settlement = e->settlement,
                        .gender = e->gender,
                        .phone_proof = d->phone_proof,
                        .fee_proof = d->standing.fee_proof};
    int64_t day = clock_day(d->joined_at, ctx->org->zone_offset_s);
    if (d->standing.state != MEMBER_APPLIED) TRY(tally_change(ctx, d->unit, NULL, &facts, day));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)d->serial);
    return audit_add(ctx, "member.enrol", subject, e->how);
}

static Status take_serial(Ctx *ctx, int64_t *ret) {
    Query *q = query_begin(ctx, Q_ORGANISATION_TAKE_SERIAL);
    query_int(q, "org", ctx->org->id);
    TRY(query_run(q));
    q = query_begin(ctx, Q_ORGANISATION_TAKEN_SERIAL);
    query_int(q, "org", ctx->org->id);
    return query_run_int(q, ret);
}

Status member_enrol(Ctx *ctx, const Enrolment *e, Enrolled *ret) {
    bool before;
    int64_t slot = -1;
    IdempotencyAnswer answer;
    TRY(idempotency_find(ctx, &e->idempotency, &before, &answer));
    if (before) return answer_again(ctx, answer.serial, answer.expires_at, ret);
    TRY(check_witness(ctx, e));
    MembershipKind kind;
    TRY(as_invalid(ctx, membership_kind_for(ctx, e->kind, e->birth_year, &kind)));
    TRY(resolve_unit(ctx, e, &ret->unit));
    Draft d = {.unit = &ret->unit, .joined_at = e->joined_at ? e->joined_at : ctx->now_s};
    TRY(decide_standing(ctx, e, &kind, &d.standing));
    TRY(credited_enroller(ctx, e, &d.enroller_serial));
    d.phone_proof = e->phone_e164.len ? proof_or_unconfirmed(e->phone_proof) : T("none");
    EnrollerJoin join = {.credited = e->enrolled_by.len ? d.enroller_serial : -1,
                         .cash_paise = d.standing.receipt && e->fee_method == FEE_CASH
                                           ? d.standing.paise
                                           : 0,
                         .confirmed = phone_way_confirms(d.phone_proof)};
    if (e->phone_e164.len) TRY(take_slot(ctx, e, &join, &slot, &d.on_phone));
    TRY(enroller_admit(ctx, &join));
    d.expires_at = kind.term_days ? d.joined_at + kind.term_days * CLOCK_DAY_S : 0;
    TRY(take_serial(ctx, &d.serial));
    ret->serial = d.serial;
    ret->number = number_of_serial(&ctx->org->keys, ctx->org->code, d.serial);
    ret->state = d.standing.state;
    ret->joined_at = d.joined_at;
    ret->expires_at = d.expires_at;
    ret->replayed = false;
    return write_all(ctx, e, &d, slot, ret);
}
