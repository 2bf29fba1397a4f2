/* Reading, adding and changing kinds of membership. */
#include "domain/membership_kind.h"

#include "base/limits.h"
#include "domain/audit.h"
#include "domain/normal.h"
#include "store/query.h"

enum { KIND_BYTES_MAX = 20, AGE_MAX = 120 };

static MembershipKind read_row(Query *q) {
    return (MembershipKind){
        .kind = query_column_text(q, 0),
        .name_en = query_column_text(q, 1),
        .name_hi = query_column_text(q, 2),
        .fee_paise = query_column_int(q, 3),
        .term_days = query_column_int(q, 4),
        .minimum_age = query_column_int(q, 5),
        .renew_days = query_column_int(q, 6),
        .grace_days = query_column_int(q, 7),
        .rights = query_column_text(q, 8),
        .closed_at = query_column_int(q, 9),
        .rights_hi = query_column_text(q, 10),
    };
}

Status membership_kind_read(Ctx *ctx, Text kind, MembershipKind *ret) {
    Query *q = query_begin(ctx, Q_MEMBERSHIP_KIND_READ);
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", kind);
    bool found;
    TRY(query_row(q, &found));
    if (found) *ret = read_row(q);
    TRY(query_done(q));
    return found ? OK : fail(ctx, NOT_FOUND, "kind", "membership_kind_unknown");
}

Status membership_kind_for(Ctx *ctx, Text kind, int64_t birth_year, MembershipKind *ret) {
    TRY(membership_kind_read(ctx, kind, ret));
    if (ret->closed_at) return fail(ctx, INVALID, "kind", "membership_kind_closed");
    if (organisation_year(ctx) - birth_year >= ret->minimum_age) return OK;
    (void)fail(ctx, INVALID, "birth_year", "kind_too_young");
    fail_arg_int(ctx, "age", ret->minimum_age);
    return INVALID;
}

Status membership_kind_list(Ctx *ctx, bool open_only, MembershipKind ret[MEMBERSHIP_KINDS_MAX],
                            int *ret_count) {
    int count = 0;
    Query *q = query_begin(ctx, Q_MEMBERSHIP_KIND_LIST);
    query_int(q, "org", ctx->org->id);
    query_int(q, "max", MEMBERSHIP_KINDS_MAX);
    for (;;) {
        bool found;
        TRY(query_row(q, &found));
        if (!found) break;
        MembershipKind kind = read_row(q);
        if (!open_only || !kind.closed_at) ret[count++] = kind;
    }
    *ret_count = count;
    return query_done(q);
}

static bool code_is_good(Text kind) {
    if (kind.len < 2 || kind.len > KIND_BYTES_MAX) return false;
    for (size_t i = 0; i < kind.len; i++)
        if ((kind.ptr[i] < 'a' || kind.ptr[i] > 'z') && kind.ptr[i] != '_') return false;
    return true;
}

static void check_number(Ctx *ctx, const char *field, int64_t value, int64_t most) {
    if (value >= 0 && value <= most) return;
    (void)fail(ctx, INVALID, field, "kind_number_form");
    fail_arg_int(ctx, "most", most);
}

static void check_words(Ctx *ctx, const char *field, Text value, bool required) {
    bool good = value.len <= LIMIT_NAME_BYTES && normal_is_line(value);
    if (!good || (required && text_is_empty(text_trim(value))))
        (void)fail(ctx, INVALID, field, required ? "kind_name_form" : "organisation_text_form");
}

static Status check(Ctx *ctx, const MembershipKind *k) {
    if (!code_is_good(k->kind)) (void)fail(ctx, INVALID, "kind", "kind_code_form");
    check_words(ctx, "name", k->name_en, true);
    check_words(ctx, "name-hi", k->name_hi, true);
    check_words(ctx, "rights", k->rights, false);
    check_words(ctx, "rights-hi", k->rights_hi, false);
    if (k->fee_paise < 0 || k->fee_paise > LIMIT_FEE_PAISE_MAX)
        (void)fail(ctx, INVALID, "fee", "fee_form");
    check_number(ctx, "days", k->term_days, MEMBERSHIP_KIND_DAYS_MAX);
    check_number(ctx, "renew", k->renew_days, MEMBERSHIP_KIND_DAYS_MAX);
    check_number(ctx, "grace", k->grace_days, MEMBERSHIP_KIND_DAYS_MAX);
    check_number(ctx, "age", k->minimum_age, AGE_MAX);
    return ctx->error_count ? INVALID : OK;
}

static Status write_row(Query *q, Ctx *ctx, const MembershipKind *k, bool *ret_changed) {
    query_int(q, "org", ctx->org->id);
    query_text(q, "kind", k->kind);
    query_text(q, "name_en", k->name_en);
    query_text(q, "name_hi", k->name_hi);
    query_int(q, "fee_paise", k->fee_paise);
    query_int(q, "term_days", k->term_days);
    query_int(q, "minimum_age", k->minimum_age);
    query_int(q, "renew_days", k->renew_days);
    query_int(q, "grace_days", k->grace_days);
    query_text(q, "rights", k->rights.ptr ? k->rights : T(""));
    query_text(q, "rights_hi", k->rights_hi.ptr ? k->rights_hi : T(""));
    return query_run_changed(q, ret_changed);
}

Status membership_kind_add(Ctx *ctx, const MembershipKind *kind) {
    TRY(check(ctx, kind));
    MembershipKind all[MEMBERSHIP_KINDS_MAX];
    int count;
    TRY(membership_kind_list(ctx, false, all, &count));
    if (count == MEMBERSHIP_KINDS_MAX) return fail(ctx, LIMIT, "kind", "membership_kinds_many");
    bool inserted;
    TRY(write_row(query_begin(ctx, Q_MEMBERSHIP_KIND_INSERT), ctx, kind, &inserted));
    if (!inserted) return fail(ctx, CONFLICT, "kind", "membership_kind_taken");
    return audit_add(ctx, "kind.add", kind->kind, T(""));
}

static Status update(Ctx *ctx, const MembershipKind *kind) {
    Query *q = query_begin(ctx, Q_MEMBERSHIP_KIND_UPDATE);
    query_int_or_null(q, "closed_at", kind->closed_at);
    bool changed;
    TRY(write_row(q, ctx, kind, &changed));
    return changed ? OK : fail(ctx, NOT_FOUND, "kind", "membership_kind_unknown");
}

Status membership_kind_change(Ctx *ctx, const MembershipKind *kind) {
    TRY(check(ctx, kind));
    TRY(update(ctx, kind));
    return audit_add(ctx, "kind.change", kind->kind, T(""));
}

Status membership_kind_close(Ctx *ctx, Text code) {
    MembershipKind kind, open[MEMBERSHIP_KINDS_MAX];
    int count;
    TRY(membership_kind_read(ctx, code, &kind));
    if (kind.closed_at) return OK;
    TRY(membership_kind_list(ctx, true, open, &count));
    if (count < 2) return fail(ctx, CONFLICT, "kind", "membership_kind_last");
    kind.closed_at = ctx->now_s;
    TRY(update(ctx, &kind));
    return audit_add(ctx, "kind.close", kind.kind, T(""));
}

Status membership_kind_reopen(Ctx *ctx, Text code) {
    MembershipKind kind;
    TRY(membership_kind_read(ctx, code, &kind));
    if (!kind.closed_at) return OK;
    kind.closed_at = 0;
    TRY(update(ctx, &kind));
    return audit_add(ctx, "kind.reopen", kind.kind, T(""));
}

Text membership_kind_name(const MembershipKind *kind, Lang lang) {
    return lang == LANG_HI ? kind->name_hi : kind->name_en;
}

Text membership_kind_rights(const MembershipKind *kind, Lang lang) {
    Text here = lang == LANG_HI ? kind->rights_hi : kind->rights;
    return here.len ? here : lang == LANG_HI ? kind->rights : kind->rights_hi;
}
