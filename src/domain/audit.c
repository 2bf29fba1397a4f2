/* The trail of acts and looks. */
#include "domain/audit.h"

#include "domain/organisation.h"
#include "store/query.h"

Text audit_actor(Ctx *ctx) {
    switch (ctx->actor.kind) {
    case ACTOR_OPERATOR: return T("operator");
    case ACTOR_TOKEN: return arena_printf(ctx->arena, "token:%lld", (long long)ctx->actor.id);
    case ACTOR_MEMBER: return arena_printf(ctx->arena, "member:%lld", (long long)ctx->actor.id);
    case ACTOR_NOBODY: break;
    }
    return T("nobody");
}

Status audit_add(Ctx *ctx, const char *action, Text subject, Text detail) {
    Query *q = query_begin(ctx, Q_AUDIT_INSERT);
    query_int(q, "org", ctx->org->id);
    query_int(q, "at", ctx->now_s);
    query_text(q, "actor", audit_actor(ctx));
    query_text(q, "action", text_of(action));
    query_text(q, "subject", subject);
    query_text(q, "detail", detail.ptr ? detail : T(""));
    return query_run(q);
}

Status audit_look_at_unit(Ctx *ctx, const char *action) {
    Text subject = arena_printf(ctx->arena, "unit:%lld", (long long)ctx->actor.unit_id);
    return audit_add(ctx, action, subject, T(""));
}
