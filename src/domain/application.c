/* Joining on the web: the draft between the pages, and the steps. */
#include "domain/application.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "crypto/secret_token.h"
#include "crypto/seal.h"
#include "domain/card.h"
#include "domain/country.h"
#include "domain/leftover.h"
#include "domain/member_guardian.h"
#include "domain/outbox.h"
#include "domain/phone.h"
#include "domain/referral.h"
#include "store/query.h"

enum {
    FORM_FIELDS = sizeof(ApplicationForm) / sizeof(Text),
    FIELD_BYTES_MAX = 1000,
    DROP_ONE_IN = 64,
    DROP_MAX = 4 * DROP_ONE_IN,
};

static const char *const steps[] = {
    [APPLICATION_FORM] = "form", [APPLICATION_CHECK] = "check", [APPLICATION_CODE] = "code",
    [APPLICATION_PAY] = "pay",   [APPLICATION_DONE] = "done",
};

static Text row_name(Ctx *ctx, const Application *a) {
    char *hex = ARENA_ARRAY(ctx->arena, char, 2 * SECRET_HASH_BYTES + 1);
    text_hex(a->secret_hash, SECRET_HASH_BYTES, hex);
    return arena_printf(ctx->arena, "application/%s", hex);
}

/* Far above every limit: what is longer is told so, and begins so when it is shown again. */
static Text within(Text field) {
    size_t len = 0, next = 0;
    while (next < field.len) {
        (void)text_next_codepoint(field, &next);
        if (next > FIELD_BYTES_MAX) break;
        len = next;
    }
    return text_slice(field, 0, len);
}

/* The fields one after another, each with its length as two bytes before it. */
static Text pack_form(Ctx *ctx, const ApplicationForm *form) {
    const Text *fields = (const Text *)form;
    Buffer b = buffer_in(ctx->arena, LIMIT_BODY_BYTES);
    for (int i = 0; i < FORM_FIELDS; i++) {
        Text field = within(fields[i]);
        buffer_byte(&b, (char)(field.len >> 8));
        buffer_byte(&b, (char)(field.len & 0xFF));
        buffer_add(&b, field);
    }
    return buffer_text(&b);
}

static bool unpack_form(Text packed, ApplicationForm *ret) {
    Text *fields = (Text *)ret;
    for (int i = 0; i < FORM_FIELDS; i++) {
        fields[i] = T("");
        if (!packed.len) continue; /* of an older program, with fewer fields */
        if (packed.len < 2) return false;
        size_t len = (size_t)(unsigned char)packed.ptr[0] << 8 | (unsigned char)packed.ptr[1];
        if (packed.len - 2 < len) return false;
        fields[i] = text_slice(packed, 2, len);
        packed = text_slice(packed, 2 + len, packed.len);
    }
    return true;
}

static void hash_secret(Ctx *ctx, Text secret, uint8_t out[SECRET_HASH_BYTES]) {
    secret_token_hash(&ctx->org->keys, T("application"), secret, out);
}

static Status open_form(Ctx *ctx, Application *a) {
    MemberKey key;
    Text row = row_name(ctx, a), packed;
    bool good = seal_unwrap(&ctx->org->keys, row, a->sealed_key, &key) &&
                seal_open(ctx->arena, &key, row, a->sealed_form, &packed) &&
                unpack_form(packed, &a->form);
    secret_wipe(&key, sizeof key);
    return good ? OK : fail_io(ctx, "store_damaged", "an application does not open");
}

static Status write_row(Ctx *ctx, Application *a) {
    MemberKey key;
    Text row = row_name(ctx, a);
    if (a->sealed_key.len) {
        if (!seal_unwrap(&ctx->org->keys, row, a->sealed_key, &key))
            return fail_io(ctx, "store_damaged", "an application's key does not open");
    } else {
        uint8_t *wrapped = ARENA_ARRAY(ctx->arena, uint8_t, SEAL_WRAPPED_BYTES);
        seal_new_key(&ctx->org->keys, row, &key, wrapped);
        a->sealed_key = text_bytes(wrapped, SEAL_WRAPPED_BYTES);
    }
    a->sealed_form = seal_value(ctx->arena, &key, row, pack_form(ctx, &a->form));
    secret_wipe(&key, sizeof key);
    Query *q = query_begin(ctx, Q_APPLICATION_PUT);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", text_bytes(a->secret_hash, SECRET_HASH_BYTES));
    query_blob(q, "sealed_key", a->sealed_key);
    query_blob(q, "form", a->sealed_form);
    query_text(q, "step", text_of(steps[a->step]));
    query_blob(q, "phone_hash", a->phone_hash);
    query_blob(q, "code_hash", a->code.hash);
    query_int_or_null(q, "code_expires_at", a->code.expires_at);
    query_int(q, "code_tries", a->code.tries);
    query_text(q, "notice", a->notice.ptr ? a->notice : T(""));
    query_int_or_null(q, "consent_at", a->consent_at);
    if (a->step >= APPLICATION_PAY)
        query_int(q, "serial", a->serial);
    else
        query_null(q, "serial");
    query_int(q, "created_at", a->created_at);
    query_int(q, "expires_at", a->created_at + APPLICATION_LIFE_S);
    return query_run(q);
}

static Status read_row(Ctx *ctx, Text secret, Application *ret, bool *ret_found) {
    *ret = (Application){0};
    *ret_found = false;
    if (secret.len != SECRET_TOKEN_CHARS) return OK;
    hash_secret(ctx, secret, ret->secret_hash);
    Query *q = query_begin(ctx, Q_APPLICATION_READ);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "secret_hash", text_bytes(ret->secret_hash, SECRET_HASH_BYTES));
    query_int(q, "now", ctx->now_s);
    TRY(query_row(q, ret_found));
    if (*ret_found) {
        ret->sealed_key = query_column_blob(q, 0);
        ret->sealed_form = query_column_blob(q, 1);
        Text step = query_column_text(q, 2);
        for (int i = 0; i <= APPLICATION_DONE; i++)
            if (text_eq(step, text_of(steps[i]))) ret->step = (ApplicationStep)i;
        ret->phone_hash = query_column_blob(q, 3);
        ret->code.hash = query_column_blob(q, 4);
        ret->code.expires_at = query_column_int(q, 5);
        ret->code.tries = query_column_int(q, 6);
        ret->notice = query_column_text(q, 7);
        ret->consent_at = query_column_int(q, 8);
        ret->serial = query_column_int(q, 9);
        ret->created_at = query_column_int(q, 10);
    }
    TRY(query_done(q));
    return *ret_found ? open_form(ctx, ret) : OK;
}

/* What the form says, as an enrolment. */
static Enrolment enrolment_of(const Application *a) {
    Enrolment e = {.name = a->form.name,
                   .name_alt = a->form.name_alt,
                   .phone = a->form.phone,
                   .phone_of = a->form.phone_of,
                   .unit_code = a->form.unit_code,
                   .settlement = a->form.country.len ? T("") : a->form.settlement,
                   .gender = a->form.gender,
                   .of_age = a->form.of_age,
                   .guardian_name = a->form.guardian_name,
                   .guardian_phone = a->form.guardian_phone,
                   .messages = text_eq(a->form.messages, T("1")),
                   .kind = a->form.kind,
                   .country = a->form.country,
                   .town = a->form.country.len ? a->form.town : T(""),
                   .notice = a->notice,
                   .consent_at = a->consent_at,
                   .fee_method = FEE_PENDING,
                   .how = T("web")};
    if (!text_to_int(a->form.birth_year, &e.birth_year)) e.birth_year = 0;
    return e;
}

/* The place as typed becomes a unit, or choices, or an error on "place". */
static Status resolve_place(Ctx *ctx, Application *a) {
    Unit unit;
    bool chosen = false;
    if (a->form.country.len) {
        a->form.unit_code = T(""); /* the place stays, for who turns back to a home in India */
        return OK;
    }
    TRY(application_place_find(ctx, a->form.place, &a->places));
    for (int i = 0; i < a->places.count; i++)
        chosen |= text_eq(a->places.hits[i].unit.code, a->form.unit_code);
    if (!chosen && a->form.unit_code.len && !a->form.place.len)
        TRY(unit_find(ctx, a->form.unit_code, &unit, &chosen)); /* came with a link */
    if (chosen) return OK;
    a->form.unit_code = T("");
    if (a->places.count == 1 && !a->places.unsure)
        a->form.unit_code = a->places.hits[0].unit.code;
    else if (a->places.count)
        (void)fail(ctx, INVALID, "place", a->places.unsure ? "place_confirm" : "place_choose");
    return OK;
}

/* With one kind there is nothing to choose; with more, one that is open must be. */
static Status resolve_kind(Ctx *ctx, Application *a) {
    MembershipKind open[MEMBERSHIP_KINDS_MAX];
    int count;
    bool chosen = false;
    TRY(membership_kind_list(ctx, true, open, &count));
    for (int i = 0; i < count; i++) chosen |= text_eq(open[i].kind, a->form.kind);
    if (chosen) return OK;
    a->form.kind = count == 1 ? open[0].kind : T("");
    if (count > 1) (void)fail(ctx, INVALID, "kind", "kind_choose");
    return OK;
}

static void describe_age(Ctx *ctx, Application *a) {
    int64_t year = 0;
    bool known = text_to_int(a->form.birth_year, &year) && year >= LIMIT_BIRTH_YEAR_MIN;
    a->minor = known && member_guardian_needed(ctx, year, a->form.of_age, &a->ask_of_age);
}

/* Records what is wrong with the form; the consent is asked on the next page. */
static void check_form(Ctx *ctx, Application *a) {
    Enrolment e = enrolment_of(a);
    e.notice = ctx->org->notice_version;
    e.consent_at = ctx->now_s;
    if (!e.phone.len) (void)fail(ctx, INVALID, "phone", "phone_form");
    if (!e.phone_of.len) (void)fail(ctx, INVALID, "phone_of", "phone_of_form");
    if (!e.settlement.len && !e.country.len)
        (void)fail(ctx, INVALID, "settlement", "settlement_form");
    if (!e.unit_code.len && !e.country.len) e.unit_code = T("?"); /* resolve_place speaks of it */
    if (!e.phone.len) e.phone_of = TEXT_NONE;
    describe_age(ctx, a);
    if (a->ask_of_age && !e.of_age.len) (void)fail(ctx, INVALID, "of_age", "of_age_missing");
    if (member_prepare(ctx, &e) != OK) return;
    a->phone_e164 = e.minor ? e.guardian_e164 : e.phone_e164;
    a->phone_hash = phone_hash_of(ctx, a->phone_e164);
}

/* Told before a code is sent; member_enrol asks again. */
static Status check_kind(Ctx *ctx, const Application *a) {
    MembershipKind kind;
    Enrolment e = enrolment_of(a);
    Status status = membership_kind_for(ctx, e.kind, e.birth_year, &kind);
    return status == IO || status == BUSY ? status : OK;
}

static Status describe_place(Ctx *ctx, Application *a) {
    a->place_en = a->place_hi = T("");
    if (a->form.country.len == 2) {
        a->place_en = country_name(ctx, a->form.country, LANG_EN);
        a->place_hi = country_name(ctx, a->form.country, LANG_HI);
        return OK;
    }
    Unit unit;
    bool found = false;
    if (a->form.unit_code.len) TRY(unit_find(ctx, a->form.unit_code, &unit, &found));
    if (!found) return OK;
    PlaceHit place;
    TRY(place_of_unit(ctx, &unit, &place));
    a->place_en = place_label(ctx, &place, LANG_EN);
    a->place_hi = place_label(ctx, &place, LANG_HI);
    return OK;
}

static Status describe_member(Ctx *ctx, Application *a) {
    Member member;
    TRY(member_by_serial(ctx, a->serial, &member));
    TRY(membership_kind_read(ctx, member.kind, &a->kind));
    a->fee_paise = a->kind.fee_paise;
    a->state = member.state;
    if (a->step == APPLICATION_PAY && member_state_has_card(member.state))
        a->step = APPLICATION_DONE; /* claimed or paid meanwhile, by whomever */
    char token[CARD_TOKEN_CHARS];
    card_token_make(&ctx->org->keys, a->serial, member.card_generation, token);
    if (member.state != MEMBER_APPLIED)
        a->card_path = arena_printf(ctx->arena, "/card/%.*s", CARD_TOKEN_CHARS, token);
    return OK;
}

static Text owner_of(const Application *a) {
    return text_bytes(a->secret_hash, SECRET_HASH_BYTES);
}

static bool is_incoming(const PhoneWays *ways) {
    return ways->sms_number.len || ways->call_number.len;
}

static Status describe_proof(Ctx *ctx, Application *a) {
    bool waits;
    TRY(phone_way_read(ctx, &a->ways));
    return phone_wait_read(ctx, owner_of(a), a->phone_hash, &a->wait, &waits);
}

/* Fills what pages show beside the form. */
static Status describe(Ctx *ctx, Application *a) {
    describe_age(ctx, a);
    TRY(describe_place(ctx, a));
    if (a->step >= APPLICATION_PAY) return describe_member(ctx, a);
    if (a->step == APPLICATION_CODE) TRY(describe_proof(ctx, a));
    if (a->form.kind.len) {
        TRY(membership_kind_read(ctx, a->form.kind, &a->kind));
        a->fee_paise = a->kind.fee_paise;
    }
    return OK;
}

/* What the typed place may mean is a choice once more. */
static Status offer_places(Ctx *ctx, Application *a) {
    if (!a->form.place.len || a->form.country.len) return OK;
    Status status = application_place_find(ctx, a->form.place, &a->places);
    ctx_forget_errors(ctx); /* what is wrong with it was said when it was typed */
    return status;
}

Status application_load(Ctx *ctx, Text secret, Application *ret) {
    bool found;
    TRY(read_row(ctx, secret, ret, &found));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "application_gone");
    if (ret->step < APPLICATION_PAY) TRY(offer_places(ctx, ret)); /* who goes back changes it */
    return describe(ctx, ret);
}

Status application_drop_oldest(Ctx *ctx, int64_t keep, int64_t max) {
    Query *q = query_begin(ctx, Q_APPLICATION_DROP);
    query_int(q, "org", ctx->org->id);
    query_int(q, "keep", keep);
    query_int(q, "max", max);
    return query_run(q);
}

/* Counting them all costs more than writing one: by chance one in DROP_ONE_IN does, for all. */
static Status begin(Ctx *ctx, Text secret, Application *ret) {
    *ret = (Application){.created_at = ctx->now_s};
    hash_secret(ctx, secret, ret->secret_hash);
    if (ret->secret_hash[0] % DROP_ONE_IN) return OK;
    return application_drop_oldest(ctx, APPLICATION_UNFINISHED_MAX, DROP_MAX);
}

static Status begin_or_read(Ctx *ctx, Text secret, Application *ret) {
    bool found;
    TRY(leftover_drop_few(ctx, Q_APPLICATION_SWEEP));
    TRY(read_row(ctx, secret, ret, &found));
    return found ? OK : begin(ctx, secret, ret);
}

static Status take_form(Ctx *ctx, Application *a, const ApplicationForm *form) {
    a->form = *form;
    a->code.hash = TEXT_NONE; /* a proof belongs to the phone that was typed then */
    return phone_wait_end(ctx, owner_of(a));
}

Status application_keep(Ctx *ctx, Text secret, const ApplicationForm *form, bool quietly,
                        Application *ret) {
    TRY(begin_or_read(ctx, secret, ret));
    bool later = ret->step > APPLICATION_FORM;
    if (ret->step >= APPLICATION_PAY || (quietly && later)) return describe(ctx, ret);
    TRY(take_form(ctx, ret, form));
    TRY(resolve_kind(ctx, ret));
    ctx_forget_errors(ctx);
    ret->step = APPLICATION_FORM;
    return write_row(ctx, ret);
}

Status application_save(Ctx *ctx, Text secret, const ApplicationForm *form, Application *ret) {
    TRY(begin_or_read(ctx, secret, ret));
    if (ret->step >= APPLICATION_PAY) return describe(ctx, ret); /* a member already */
    TRY(take_form(ctx, ret, form));
    TRY(resolve_place(ctx, ret));
    TRY(resolve_kind(ctx, ret));
    check_form(ctx, ret);
    if (!ctx->error_count) TRY(check_kind(ctx, ret));
    ret->step = ctx->error_count ? APPLICATION_FORM : APPLICATION_CHECK;
    TRY(write_row(ctx, ret));
    return describe(ctx, ret);
}

/* Sends a code if the phone may have one more; otherwise records code_limit. A gateway that cannot
 * take it refuses the whole request: nothing is kept of it. */
static Status issue_code(Ctx *ctx, Application *a, Text fresh_code) {
    bool issued;
    TRY(phone_code_issue(ctx, T("join"), a->phone_hash, fresh_code, &a->code, &issued));
    if (!issued) return OK;
    Text to = a->phone_e164;
    TRY(a->minor ? outbox_add_guardian_code(ctx, to, ctx->lang, a->form.name, fresh_code)
                 : outbox_add_code(ctx, to, ctx->lang, TEXT_NONE, fresh_code));
    a->step = APPLICATION_CODE;
    a->demo_code = fresh_code;
    return OK;
}

/* By all the ways that the organisation offers. Where the phone's own SMS will do, a code that may
 * not be sent keeps nobody. */
static Status ask_for_proof(Ctx *ctx, Application *a, Text fresh_code) {
    TRY(phone_way_read(ctx, &a->ways));
    if (a->ways.code) TRY(issue_code(ctx, a, fresh_code));
    if (!is_incoming(&a->ways)) return OK;
    a->step = APPLICATION_CODE;
    TRY(phone_wait_begin(ctx, owner_of(a), T("join"), a->phone_hash, fresh_code));
    return describe_proof(ctx, a);
}

Status application_consent(Ctx *ctx, Text secret, const ApplicationConsent *consent,
                           Text fresh_code, Application *ret) {
    TRY(application_load(ctx, secret, ret));
    if (ret->step == APPLICATION_FORM || ret->step >= APPLICATION_PAY) return OK;
    ret->form.name = consent->name;
    ret->form.name_alt = consent->name_alt;
    ret->form.messages = consent->messages ? T("1") : T("");
    if (!consent->agreed) (void)fail(ctx, INVALID, "consent", "consent_needed");
    check_form(ctx, ret);
    if (!ctx->error_count) {
        ret->notice = ctx->org->notice_version;
        ret->consent_at = ctx->now_s;
        TRY(ask_for_proof(ctx, ret, fresh_code));
        if (is_incoming(&ret->ways)) ctx_forget_errors(ctx); /* code_limit: told there */
    }
    return write_row(ctx, ret);
}

Status application_resend(Ctx *ctx, Text secret, Text fresh_code, Application *ret) {
    TRY(application_load(ctx, secret, ret));
    if (ret->step != APPLICATION_CODE) return OK;
    check_form(ctx, ret); /* finds the phone again */
    if (!ctx->error_count) TRY(ask_for_proof(ctx, ret, fresh_code));
    return write_row(ctx, ret);
}

/* Who invited is credited where that may be: a link never keeps anybody from joining. */
static Status credit(Ctx *ctx, const Application *a, Enrolment *e) {
    Member inviter;
    bool found;
    TRY(referral_find(ctx, a->form.by, &inviter, &found));
    if (!found || inviter.state != MEMBER_CONFIRMED) return OK;
    char *number = ARENA_ARRAY(ctx->arena, char, NUMBER_TEXT_MAX);
    e->enrolled_by = (Text){number, number_text(&inviter.number, number)};
    return OK;
}

/* The phone is proved: enrols. A refusal is recorded and leaves the draft as it is. */
static Status enrol(Ctx *ctx, Application *a, Text proof) {
    Enrolment e = enrolment_of(a);
    TRY(credit(ctx, a, &e));
    Status status = member_prepare(ctx, &e);
    if (e.minor) e.guardian_proof = proof;
    if (!e.minor || text_eq(e.phone_e164, e.guardian_e164)) e.phone_proof = proof;
    Enrolled enrolled = {.serial = -1};
    if (status == OK) status = member_enrol(ctx, &e, &enrolled);
    if (status == IO || status == BUSY) return status;
    if (status != OK && enrolled.serial >= 0) return status; /* it had begun to write */
    if (status != OK) {
        a->step = APPLICATION_FORM;
        return OK;
    }
    a->serial = enrolled.serial;
    a->step = enrolled.state == MEMBER_CONFIRMED ? APPLICATION_DONE : APPLICATION_PAY;
    return OK;
}

Status application_verify(Ctx *ctx, Text secret, Text typed, Application *ret) {
    TRY(application_load(ctx, secret, ret));
    if (ret->step != APPLICATION_CODE) return OK;
    bool right;
    TRY(phone_code_try(ctx, T("join"), ret->phone_hash, typed, &ret->code, &right));
    if (right) TRY(enrol(ctx, ret, T("code")));
    TRY(write_row(ctx, ret));
    return describe(ctx, ret);
}

Status application_proved(Ctx *ctx, Text secret, Application *ret) {
    TRY(application_load(ctx, secret, ret));
    if (ret->step != APPLICATION_CODE || !ret->wait.proof.len) return OK;
    TRY(enrol(ctx, ret, ret->wait.proof));
    TRY(phone_wait_end(ctx, owner_of(ret)));
    TRY(write_row(ctx, ret));
    return describe(ctx, ret);
}
