/* Guardians after the join; what is sealed of them opens with the member's key. */
#include "domain/member_guardian.h"

#include "domain/audit.h"
#include "domain/member_phone.h"
#include "domain/member_seal.h"
#include "store/query.h"

Status member_guardian_read(Ctx *ctx, const Member *member, Guardian *ret) {
    *ret = (Guardian){T(""), T(""), T("")};
    Query *q = query_begin(ctx, Q_GUARDIAN_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    bool found;
    Text name = TEXT_NONE, phone = TEXT_NONE;
    TRY(query_row(q, &found));
    if (found) {
        name = query_column_blob(q, 0);
        phone = query_column_blob(q, 1);
        ret->proof = query_column_text(q, 2);
    }
    TRY(query_done(q));
    if (!found) return OK;
    TRY(member_seal_open(ctx, member, "guardian/name", name, &ret->name));
    return member_seal_open(ctx, member, "guardian/phone", phone, &ret->e164);
}

Status member_guardian_phone(Ctx *ctx, const Member *member, Text *ret_e164) {
    Guardian guardian;
    TRY(member_guardian_read(ctx, member, &guardian));
    *ret_e164 = guardian.e164;
    return guardian.e164.len ? OK : member_phone(ctx, member, ret_e164);
}

static Status forget(Ctx *ctx, const Member *m) {
    Query *q = query_begin(ctx, Q_GUARDIAN_FORGET);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    return query_run(q);
}

static Status end(Ctx *ctx, Member *m, const Guardian *guardian) {
    Text own;
    TRY(member_phone(ctx, m, &own));
    TRY(forget(ctx, m));
    if (own.len && text_eq(own, guardian->e164)) TRY(member_phone_doubt(ctx, m));
    TRY(member_record_event(ctx, m, T("of_age"), T("")));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, "member.of_age", subject, T(""));
}

Status member_guardian_end(Ctx *ctx, Text number, Member *ret_member) {
    Unit unit;
    Guardian guardian;
    TRY(member_look(ctx, number, ret_member, &unit));
    TRY(member_guardian_read(ctx, ret_member, &guardian));
    if (!guardian.name.len) return fail(ctx, CONFLICT, NULL, "guardian_none");
    if (organisation_year(ctx) - ret_member->birth_year < MEMBER_AGE_PARTY)
        return fail(ctx, CONFLICT, NULL, "of_age_not_yet");
    return end(ctx, ret_member, &guardian);
}

static Status list_of_age(Ctx *ctx, const Due *due, DueList *list) {
    (void)due;
    Query *q = query_begin(ctx, Q_GUARDIAN_OF_AGE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", list->after.serial);
    query_int(q, "year", organisation_year(ctx) - MEMBER_AGE_PARTY - 1);
    query_int(q, "max", list->max);
    return due_read_rows(q, list);
}

static Status end_of_age(Ctx *ctx, const Due *due, const DueRow *row, Member *member,
                         DueEnd *ret) {
    Guardian guardian;
    (void)due, (void)row, (void)ret;
    TRY(member_guardian_read(ctx, member, &guardian));
    return end(ctx, member, &guardian);
}

const Due member_guardian_of_age = {.name = "of_age", .list = list_of_age, .act = end_of_age};
