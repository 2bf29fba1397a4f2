/* The row of what a member has added. */
#include "domain/member_optional.h"

#include "base/clock.h"
#include "base/limits.h"
#include "domain/audit.h"
#include "domain/member_seal.h"
#include "domain/name_check.h"
#include "domain/phone.h"
#include "store/query.h"

static bool is_blood_group(Text t) {
    Text rest = T("A+|A-|B+|B-|AB+|AB-|O+|O-"), part;
    while (text_split(&rest, '|', &part))
        if (text_eq(part, t)) return true;
    return false;
}

Status member_optional_check(Ctx *ctx, MemberOptional *o) {
    Status status = OK, next;
    if (o->relative.len) status = name_check(ctx, "relative", o->relative, &o->relative);
    if (o->blood_group.len && !is_blood_group(o->blood_group))
        status = fail(ctx, INVALID, "blood_group", "blood_group_form");
    if (o->emergency.len) {
        next = phone_parse(ctx, "emergency", o->emergency, &o->emergency);
        if (next != OK) status = next;
    }
    return status;
}

Status member_optional_birth_date(Ctx *ctx, int64_t day, int64_t month, int64_t year, Text *ret) {
    int64_t today = organisation_day(ctx), date;
    bool four = year >= LIMIT_BIRTH_YEAR_MIN && year <= 9999; /* else it could read as another */
    Text iso = four ? arena_printf(ctx->arena, "%04lld-%02lld-%02lld", (long long)year,
                                   (long long)month, (long long)day)
                    : TEXT_NONE;
    if (!clock_parse_day(iso, &date) || date > today)
        return fail(ctx, INVALID, "birth_day", "birth_date_form");
    *ret = iso;
    return OK;
}

/* The year is what age and guardians were decided by: a card may not say another. */
static Status check_year(Ctx *ctx, const Member *m, Text birth_date) {
    int64_t year;
    if (!birth_date.len) return OK;
    if (text_to_int(text_slice(birth_date, 0, 4), &year) && year == m->birth_year) return OK;
    (void)fail(ctx, INVALID, "birth_year", "birth_date_year");
    fail_arg(ctx, "year", arena_printf(ctx->arena, "%lld", (long long)m->birth_year));
    return INVALID;
}

Status member_optional_read(Ctx *ctx, const Member *m, MemberOptional *ret) {
    bool found;
    MemberOptional sealed = {.relative = TEXT_NONE};
    Query *q = query_begin(ctx, Q_MEMBER_OPTIONAL_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    TRY(query_row(q, &found));
    if (found)
        sealed = (MemberOptional){query_column_blob(q, 0), query_column_blob(q, 1),
                                  query_column_blob(q, 2), query_column_blob(q, 3)};
    TRY(query_done(q));
    TRY(member_seal_open(ctx, m, "relative", sealed.relative, &ret->relative));
    TRY(member_seal_open(ctx, m, "blood_group", sealed.blood_group, &ret->blood_group));
    TRY(member_seal_open(ctx, m, "emergency", sealed.emergency, &ret->emergency));
    return member_seal_open(ctx, m, "birth_date", sealed.birth_date, &ret->birth_date);
}

static Status forget(Ctx *ctx, const Member *m) {
    Query *q = query_begin(ctx, Q_MEMBER_OPTIONAL_DELETE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return query_run(q);
}

static Status put(Ctx *ctx, const Member *m, const MemberOptional *sealed) {
    Query *q = query_begin(ctx, Q_MEMBER_OPTIONAL_PUT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_blob(q, "relative", sealed->relative);
    query_blob(q, "blood_group", sealed->blood_group);
    query_blob(q, "emergency", sealed->emergency);
    query_blob(q, "birth_date", sealed->birth_date);
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}

Status member_optional_put(Ctx *ctx, const Member *m, const MemberOptional *o) {
    MemberOptional sealed;
    TRY(check_year(ctx, m, o->birth_date));
    TRY(member_seal(ctx, m, "relative", o->relative, &sealed.relative));
    TRY(member_seal(ctx, m, "blood_group", o->blood_group, &sealed.blood_group));
    TRY(member_seal(ctx, m, "emergency", o->emergency, &sealed.emergency));
    TRY(member_seal(ctx, m, "birth_date", o->birth_date, &sealed.birth_date));
    bool none = !o->relative.len && !o->blood_group.len && !o->emergency.len && !o->birth_date.len;
    TRY(none ? forget(ctx, m) : put(ctx, m, &sealed));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "card.optional", subject, T(""));
}
