/* What of an enrolment can be checked before the store is asked: one error a field. */
#include "base/clock.h"
#include "base/limits.h"
#include "crypto/secret_token.h"
#include "domain/country.h"
#include "domain/member.h"
#include "domain/member_guardian.h"
#include "domain/name_check.h"
#include "domain/name_key.h"
#include "domain/normal.h"
#include "domain/phone.h"

/* What was refused is recorded in the ctx; the other fields are looked at all the same. */
static void recorded(Status status) { (void)status; }

static void check_choice(Ctx *ctx, const char *field, Text value, Text choices, bool may_be_empty,
                         const char *message) {
    if (!value.len && may_be_empty) return;
    Text rest = choices, part;
    while (text_split(&rest, '|', &part))
        if (text_eq(part, value)) return;
    (void)fail(ctx, INVALID, field, message);
}

bool member_guardian_needed(const Ctx *ctx, int64_t birth_year, Text of_age, bool *ret_ask) {
    int64_t age = organisation_year(ctx) - birth_year;
    *ret_ask = age == MEMBER_AGE_PARTY;
    return age < MEMBER_AGE_PARTY || (*ret_ask && text_eq(of_age, T("no")));
}

static void check_guardian(Ctx *ctx, Enrolment *e) {
    if (!e->guardian_name.len)
        (void)fail(ctx, INVALID, "guardian_name", "guardian_missing");
    else
        recorded(name_check(ctx, "guardian_name", e->guardian_name, &e->guardian_name));
    if (!e->guardian_phone.len)
        (void)fail(ctx, INVALID, "guardian_phone", "guardian_phone_missing");
    else
        recorded(phone_parse(ctx, "guardian_phone", e->guardian_phone, &e->guardian_e164));
}

static void check_age(Ctx *ctx, Enrolment *e) {
    int64_t year = organisation_year(ctx);
    if (e->birth_year < LIMIT_BIRTH_YEAR_MIN || e->birth_year > year) {
        (void)fail(ctx, INVALID, "birth_year", "birth_year_form");
        return;
    }
    check_choice(ctx, "of_age", e->of_age, T("yes|no"), true, "of_age_form");
    bool ask;
    e->minor = member_guardian_needed(ctx, e->birth_year, e->of_age, &ask);
    bool refused = e->minor && ctx->org->minimum_age >= MEMBER_AGE_PARTY;
    /* Only the year is known: who turns of age this year may join. */
    if (refused || year - e->birth_year < ctx->org->minimum_age) {
        (void)fail(ctx, INVALID, "birth_year", "too_young");
        fail_arg_int(ctx, "age", ctx->org->minimum_age);
    } else if (e->minor) {
        check_guardian(ctx, e);
    }
}

static void check_phone(Ctx *ctx, Enrolment *e) {
    if (!e->phone.len) {
        if (e->phone_of.len || (e->phone_proof.len && !e->guardian_phone.len))
            (void)fail(ctx, INVALID, "phone", "phone_form");
        e->phone_of = T("none");
        return;
    }
    if (!e->phone_of.len) e->phone_of = T("self");
    check_choice(ctx, "phone_of", e->phone_of, T("self|household"), false, "phone_of_form");
    if (!e->phone_e164.len) recorded(phone_parse(ctx, "phone", e->phone, &e->phone_e164));
}

/* "6th of October City" is one. */
static bool is_town(Text town) {
    int letters = 0;
    if (!normal_is_line(town)) return false;
    for (size_t at = 0; at < town.len;) {
        uint32_t cp = text_next_codepoint(town, &at);
        bool sign = cp < 0x80 && strchr(" .,'-()/", (int)cp);
        letters += normal_is_letter(cp);
        if (!sign && cp < 0x80 && !normal_is_letter(cp) && !normal_is_digit(cp)) return false;
    }
    return letters > 0;
}

static void check_abroad(Ctx *ctx, Enrolment *e) {
    if (!country_is_known(e->country))
        (void)fail(ctx, INVALID, "country", "country_form");
    else if (e->pin || e->unit_code.len)
        (void)fail(ctx, INVALID, "country", "place_twice");
    e->town = text_trim(e->town);
    if (!e->town.len)
        (void)fail(ctx, INVALID, "town", "town_missing");
    else if (e->town.len > LIMIT_TOWN_BYTES || !is_town(e->town))
        (void)fail(ctx, INVALID, "town", "town_form");
}

static void check_place(Ctx *ctx, Enrolment *e) {
    if (e->country.len) {
        check_abroad(ctx, e);
        return;
    }
    e->town = T("");
    bool pin = e->pin != 0, unit = e->unit_code.len > 0;
    if (pin == unit) {
        (void)fail(ctx, INVALID, pin ? "unit" : "pin", pin ? "place_twice" : "place_missing");
        return;
    }
    if (pin && (e->pin < 100000 || e->pin > 999999)) (void)fail(ctx, INVALID, "pin", "pin_digits");
}

static void check_consent(Ctx *ctx, const Enrolment *e) {
    if (!text_eq(e->notice, ctx->org->notice_version))
        (void)fail(ctx, INVALID, "consent.notice", "consent_notice_unknown");
    /* Numbered slips are typed in later, clocks of phones are wrong: a year back, an hour ahead. */
    if (e->consent_at > ctx->now_s + 3600 || e->consent_at < ctx->now_s - 366 * CLOCK_DAY_S)
        (void)fail(ctx, INVALID, "consent.at", "consent_time");
}

static void hash_person(Ctx *ctx, Enrolment *e) {
    phone_hash(&ctx->org->keys, e->phone_e164, e->phone_hash);
    person_hash(ctx, e->person_key, e->birth_year, e->person_hash);
}

Status member_prepare(Ctx *ctx, Enrolment *e) {
    if (name_check(ctx, "name", e->name, &e->name) == OK)
        e->person_key = name_key(ctx->arena, e->name);
    if (e->name_alt.len) recorded(name_check(ctx, "name_alt", e->name_alt, &e->name_alt));
    check_phone(ctx, e);
    check_place(ctx, e);
    check_choice(ctx, "settlement", e->settlement, T("rural|urban"), true, "settlement_form");
    check_choice(ctx, "gender", e->gender, T("f|m|x|n"), false, "gender_form");
    check_age(ctx, e);
    check_consent(ctx, e);
    if (e->fee_paise < 0 || e->fee_paise > LIMIT_FEE_PAISE_MAX)
        (void)fail(ctx, INVALID, "fee.amount_paise", "fee_form");
    if (e->idempotency_key.len > LIMIT_IDEMPOTENCY_KEY_BYTES)
        (void)fail(ctx, INVALID, "Idempotency-Key", "idempotency_key_form");
    if (!e->kind.len) e->kind = T("ordinary");
    if (!e->settlement.len) e->settlement = T("unknown");
    if (ctx->error_count) return ctx->errors[0].status;
    hash_person(ctx, e);
    e->idempotency = idempotency_key(ctx, e->idempotency_key, e->body);
    return OK;
}
