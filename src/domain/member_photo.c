/* The row of a member's photograph. */
#include "domain/member_photo.h"

#include "domain/audit.h"
#include "domain/member_seal.h"
#include "store/query.h"

static const char photo_name[] = "photo", draft_name[] = "photo_draft";

typedef struct Sealed {
    Text photo, draft;
} Sealed;

static Status read_row(Ctx *ctx, const Member *m, Sealed *ret) {
    bool found;
    *ret = (Sealed){TEXT_NONE, TEXT_NONE};
    Query *q = query_begin(ctx, Q_MEMBER_PHOTO_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    TRY(query_row(q, &found));
    if (found) *ret = (Sealed){query_column_blob(q, 0), query_column_blob(q, 1)};
    return query_done(q);
}

static Status put(Ctx *ctx, const Member *m, const Sealed *sealed) {
    Query *q = query_begin(ctx, Q_MEMBER_PHOTO_PUT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", m->serial);
    query_blob(q, "photo", sealed->photo.len ? sealed->photo : TEXT_NONE);
    query_blob(q, "draft", sealed->draft.len ? sealed->draft : TEXT_NONE);
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
    Sealed sealed = {TEXT_NONE, TEXT_NONE};
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
