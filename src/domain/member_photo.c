/* The row of a member's photograph. */
#include "domain/member_photo.h"

#include "base/clock.h"
#include "domain/audit.h"
#include "domain/member_seal.h"
#include "store/query.h"

static const char photo_name[] = "photo", draft_name[] = "photo_draft", off_name[] = "photo_off";

typedef struct Sealed {
    Text photo, draft, off_reason;
    int64_t off_at;
} Sealed;

static Status read_row(Ctx *ctx, const Member *m, Sealed *ret) {
    bool found;
    *ret = (Sealed){0};
    Query *q = query_begin(ctx, Q_MEMBER_PHOTO_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    TRY(query_row(q, &found));
    if (found)
        *ret = (Sealed){query_column_blob(q, 0), query_column_blob(q, 1), query_column_blob(q, 2),
                        query_column_int(q, 3)};
    return query_done(q);
}

static Status put(Ctx *ctx, const Member *m, const Sealed *sealed) {
    Query *q = query_begin(ctx, Q_MEMBER_PHOTO_PUT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_blob(q, "photo", sealed->photo.len ? sealed->photo : TEXT_NONE);
    query_blob(q, "draft", sealed->draft.len ? sealed->draft : TEXT_NONE);
    query_blob(q, "off_reason", sealed->off_reason.len ? sealed->off_reason : TEXT_NONE);
    query_int_or_null(q, "off_at", sealed->off_at);
    query_int(q, "at", ctx->now_s);
    return query_run(q);
}

static Status record(Ctx *ctx, const char *action, const Member *m) {
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)m->serial);
    return audit_add(ctx, action, subject, T(""));
}

Status member_photo_read(Ctx *ctx, const Member *m, Text *ret_jpeg) {
    Sealed sealed;
    TRY(read_row(ctx, m, &sealed));
    return member_seal_open(ctx, m, photo_name, sealed.photo, ret_jpeg);
}

Status member_photo_draft(Ctx *ctx, const Member *m, Text *ret_draft) {
    Sealed sealed;
    TRY(read_row(ctx, m, &sealed));
    return member_seal_open(ctx, m, draft_name, sealed.draft, ret_draft);
}

Status member_photo_put_draft(Ctx *ctx, const Member *m, Text draft) {
    Sealed sealed;
    TRY(read_row(ctx, m, &sealed));
    TRY(member_seal(ctx, m, draft_name, draft, &sealed.draft));
    return put(ctx, m, &sealed);
}

Status member_photo_put(Ctx *ctx, const Member *m, Text jpeg) {
    Sealed sealed = {0};
    TRY(member_seal(ctx, m, photo_name, jpeg, &sealed.photo));
    TRY(put(ctx, m, &sealed));
    return record(ctx, "photo.put", m);
}

Status member_photo_remove(Ctx *ctx, const Member *m) {
    Query *q = query_begin(ctx, Q_MEMBER_PHOTO_DELETE);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    bool changed;
    TRY(query_run_changed(q, &changed));
    return changed ? record(ctx, "photo.remove", m) : OK;
}

Status member_photo_take_off(Ctx *ctx, Text number, Text reason, Member *ret_member) {
    Unit unit;
    Sealed sealed;
    TRY(member_look(ctx, number, ret_member, &unit));
    TRY(read_row(ctx, ret_member, &sealed));
    if (!sealed.photo.len) return fail(ctx, NOT_FOUND, NULL, "photo_none");
    sealed = (Sealed){.off_at = ctx->now_s};
    TRY(member_seal(ctx, ret_member, off_name, reason, &sealed.off_reason));
    TRY(put(ctx, ret_member, &sealed));
    return record(ctx, "photo.take_off", ret_member);
}

Status member_photo_off_reason(Ctx *ctx, const Member *m, Text *ret_reason) {
    Sealed sealed;
    *ret_reason = TEXT_NONE;
    TRY(read_row(ctx, m, &sealed));
    bool told = sealed.off_at && ctx->now_s - sealed.off_at < MEMBER_PHOTO_TOLD_DAYS * CLOCK_DAY_S;
    return told ? member_seal_open(ctx, m, off_name, sealed.off_reason, ret_reason) : OK;
}
