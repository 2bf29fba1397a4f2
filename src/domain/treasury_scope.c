/* See treasury_scope.h. */
#include "domain/treasury_scope.h"

#include "domain/organisation.h"

Status treasury_scope_check(Ctx *ctx) {
    const Actor *actor = &ctx->actor;
    bool whole = actor->unit_id && actor->unit_id == ctx->org->root_unit_id;
    if (actor->kind == ACTOR_OPERATOR || (whole && (actor->can & CAN_ADMINISTER))) return OK;
    return fail(ctx, DENIED, NULL, "treasury_not_yours");
}
