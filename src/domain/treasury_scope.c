/* See treasury_scope.h. */
#include "domain/treasury_scope.h"

#include "domain/organisation.h"

bool treasury_scope_has(const Ctx *ctx) {
    const Actor *actor = &ctx->actor;
    bool whole = actor->unit_id && actor->unit_id == ctx->org->root_unit_id;
    return actor->kind == ACTOR_OPERATOR || (whole && (actor->can & CAN_ADMINISTER));
}

Status treasury_scope_check(Ctx *ctx) {
    return treasury_scope_has(ctx) ? OK : fail(ctx, DENIED, NULL, "treasury_not_yours");
}
