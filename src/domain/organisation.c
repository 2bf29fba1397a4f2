/* Making and loading the organisation. */
#include "domain/organisation.h"

#include "base/clock.h"
#include "base/limits.h"
#include "domain/allowance.h"
#include "domain/geography.h"
#include "domain/membership_kind.h"
#include "domain/normal.h"
#include "store/query.h"

enum { ROOT_UNIT_ID = 1 };

static bool code_is_good(Text code) {
    if (code.len < 2 || code.len > 5) return false;
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] < 'A' || code.ptr[i] > 'Z') return false;
    return true;
}

/* The host of "https://host[:port]", or TEXT_NONE when it is not of that form. */
static Text host_of(Text url) {
    Text host = text_starts_with(url, T("https://"))  ? text_slice(url, 8, url.len)
                : text_starts_with(url, T("http://")) ? text_slice(url, 7, url.len)
                                                      : TEXT_NONE;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                    c == ':' || c == '[' || c == ']';
        if (!good) return TEXT_NONE;
    }
    return host.len && host.len <= 100 ? host : TEXT_NONE;
}

static bool colour_is_good(Text colour) {
    uint8_t rgb[3];
    return colour.len == 7 && colour.ptr[0] == '#' && text_unhex(text_slice(colour, 1, 6), rgb, 3);
}

static void check_text(Ctx *ctx, const char *field, Text value, bool required) {
    if (required && !value.len)
        (void)fail(ctx, INVALID, field, "organisation_name_missing");
    else if (value.len > LIMIT_NAME_BYTES || !normal_is_line(value))
        (void)fail(ctx, INVALID, field, "organisation_text_form");
}

Status organisation_check_draft(Ctx *ctx, OrganisationDraft *draft) {
    if (!draft->preset.len) draft->preset = T("community");
    if (!draft->accent.len) draft->accent = T("#34357a");
    if (!draft->name_en.len) draft->name_en = draft->name_hi;
    if (!draft->name_hi.len) draft->name_hi = draft->name_en;
    if (!draft->base_url.len) draft->base_url = T("http://127.0.0.1:8080");
    if (text_ends_with(draft->base_url, T("/"))) draft->base_url.len--;
    if (!code_is_good(draft->code)) (void)fail(ctx, INVALID, "code", "organisation_code_form");
    check_text(ctx, "name", draft->name_en, true);
    check_text(ctx, "name-hi", draft->name_hi, true);
    check_text(ctx, "registration", draft->registration_no, false);
    check_text(ctx, "address", draft->address, false);
    check_text(ctx, "helpline", draft->helpline, false);
    if (!text_eq(draft->preset, T("community")) && !text_eq(draft->preset, T("party")))
        (void)fail(ctx, INVALID, "preset", "organisation_preset_form");
    if (!host_of(draft->base_url).len) (void)fail(ctx, INVALID, "base-url", "base_url_form");
    if (!colour_is_good(draft->accent)) (void)fail(ctx, INVALID, "accent", "colour_form");
    if (draft->fee_paise < 0 || draft->fee_paise > LIMIT_FEE_PAISE_MAX)
        (void)fail(ctx, INVALID, "fee", "fee_form");
    return ctx->error_count ? INVALID : OK;
}

static Status insert_organisation(Ctx *ctx, const OrganisationDraft *draft) {
    bool party = text_eq(draft->preset, T("party"));
    Query *q = query_begin(ctx, Q_REGISTER_INSERT);
    query_int(q, "demo", draft->demo);
    query_int(q, "at", ctx->now_s);
    TRY(query_run(q));
    q = query_begin(ctx, Q_ORGANISATION_INSERT);
    query_text(q, "code", draft->code);
    query_text(q, "name_en", draft->name_en);
    query_text(q, "name_hi", draft->name_hi);
    query_text(q, "preset", draft->preset);
    query_text(q, "base_url", draft->base_url);
    query_int(q, "zone_offset_s", 19800);
    query_int(q, "minimum_age", party ? MEMBER_AGE_PARTY : 0);
    query_text(q, "registration_no", draft->registration_no.ptr ? draft->registration_no : T(""));
    query_text(q, "address", draft->address.ptr ? draft->address : T(""));
    query_text(q, "helpline", draft->helpline.ptr ? draft->helpline : T(""));
    query_text(q, "accent", draft->accent);
    query_int(q, "root_unit_id", ROOT_UNIT_ID);
    query_text(q, "notice_version", T("1"));
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}

static Status insert_tree_root(Ctx *ctx, Text preset) {
    UnitKind kinds[UNIT_KINDS_MAX];
    int count = geography_kinds(preset, kinds);
    for (int i = 0; i < count; i++) TRY(unit_kind_insert(ctx, &kinds[i]));
    Unit root = {.id = ROOT_UNIT_ID,
                 .code = T("IN"),
                 .kind = kinds[0].kind,
                 .name_en = T("India"),
                 .name_hi = T("भारत"),
                 .state_code = T(""),
                 .reference = T("")};
    return unit_insert(ctx, NULL, &root);
}

static Status insert_ordinary(Ctx *ctx, const OrganisationDraft *draft, bool party) {
    return membership_kind_add(
        ctx, &(MembershipKind){.kind = T("ordinary"),
                               .name_en = T("Ordinary member"),
                               .name_hi = T("साधारण सदस्य"),
                               .fee_paise = draft->fee_paise,
                               .minimum_age = party ? MEMBER_AGE_PARTY : 0,
                               .renew_days = MEMBERSHIP_KIND_RENEW_DAYS,
                               .rights = T("")});
}

Status organisation_create(Ctx *ctx, const OrganisationDraft *draft) {
    bool party = text_eq(draft->preset, T("party"));
    TRY(insert_organisation(ctx, draft));
    static const Organisation first = {.id = 1};
    const Organisation *before = ctx->org;
    ctx->org = &first; /* what is written next is its own */
    Status status = insert_tree_root(ctx, draft->preset);
    if (status == OK) status = insert_ordinary(ctx, draft, party);
    if (status == OK) status = allowance_begin(ctx);
    ctx->org = before;
    return status;
}

Status organisation_load(Ctx *ctx, Organisation *ret) {
    Query *q = query_begin(ctx, Q_ORGANISATION_READ);
    bool found;
    TRY(query_row(q, &found));
    if (found) {
        ret->id = query_column_int(q, 0);
        ret->code = query_column_text(q, 1);
        ret->name_en = query_column_text(q, 2);
        ret->name_hi = query_column_text(q, 3);
        ret->preset = query_column_text(q, 4);
        ret->base_url = query_column_text(q, 5);
        ret->host = host_of(ret->base_url);
        ret->zone_offset_s = query_column_int(q, 6);
        ret->minimum_age = query_column_int(q, 7);
        ret->registration_no = query_column_text(q, 8);
        ret->address = query_column_text(q, 9);
        ret->helpline = query_column_text(q, 10);
        ret->accent = query_column_text(q, 11);
        ret->root_unit_id = query_column_int(q, 12);
        ret->notice_version = query_column_text(q, 13);
        ret->keys_mark = query_column_blob(q, 14);
    }
    TRY(query_done(q));
    if (!found) return fail(ctx, NOT_FOUND, NULL, "store_not_found");
    int64_t demo = 0;
    q = query_begin(ctx, Q_REGISTER_READ);
    TRY(query_row(q, &found));
    if (found) demo = query_column_int(q, 1);
    TRY(query_done(q));
    ret->demo = demo == 1;
    return OK;
}

Status organisation_check_keys(Ctx *ctx, const Organisation *org) {
    uint8_t own[KEY_MARK_BYTES];
    keyring_mark(&org->keys, own);
    if (!org->keys_mark.ptr || text_eq(org->keys_mark, text_bytes(own, sizeof own))) return OK;
    return fail(ctx, IO, NULL, "keys_of_another");
}

Status organisation_mark_keys(Ctx *ctx, const Organisation *org) {
    uint8_t own[KEY_MARK_BYTES];
    keyring_mark(&org->keys, own);
    Query *q = query_begin(ctx, Q_ORGANISATION_SET_KEYS_MARK);
    query_int(q, "org", org->id);
    query_blob(q, "mark", text_bytes(own, sizeof own));
    return query_run(q);
}

Text organisation_name(const Organisation *org, Lang lang) {
    return lang == LANG_HI ? org->name_hi : org->name_en;
}

int64_t organisation_day(const Ctx *ctx) {
    return clock_day(ctx->now_s, ctx->org->zone_offset_s);
}

int64_t organisation_year(const Ctx *ctx) {
    int year, month, day;
    clock_civil(organisation_day(ctx), &year, &month, &day);
    return year;
}
