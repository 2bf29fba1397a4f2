/* See desk_waiting.h. */
#include "domain/desk_waiting.h"

#include "domain/organisation.h"
#include "domain/treasury_scope.h"
#include "store/query.h"

static const struct {
    QueryId id;
    bool by_unit; /* else of the whole */
} looks[DESK_WAITING_COUNT] = {
    [DESK_WAITING_CORRECTIONS] = {Q_DESK_WAITING_CORRECTIONS, true},
    [DESK_WAITING_DENIALS] = {Q_DESK_WAITING_DENIALS, true},
    [DESK_WAITING_ODDITIES] = {Q_DESK_WAITING_ODDITIES, true},
    [DESK_WAITING_PAYMENTS] = {Q_DESK_WAITING_PAYMENTS, false},
    [DESK_WAITING_CLAIMS] = {Q_DESK_WAITING_CLAIMS, false},
    [DESK_WAITING_APPEALS] = {Q_DESK_WAITING_APPEALS, false},
    [DESK_WAITING_REFUNDS] = {Q_DESK_WAITING_REFUNDS, false},
};

Status desk_waiting(Ctx *ctx, int64_t ret[DESK_WAITING_COUNT]) {
    bool may = (ctx->actor.can & CAN_ADMINISTER) != 0;
    bool whole = treasury_scope_has(ctx);
    for (int i = 0; i < DESK_WAITING_COUNT; i++) {
        ret[i] = 0;
        if (!may || (!looks[i].by_unit && !whole)) continue;
        Query *q = query_begin(ctx, looks[i].id);
        query_int(q, "org", ctx->org->id);
        query_int(q, "max", DESK_WAITING_MAX);
        if (looks[i].by_unit)
            query_text(q, "unit",
                       arena_printf(ctx->arena, "%lld", (long long)ctx->actor.unit_id));
        TRY(query_run_int(q, &ret[i]));
    }
    return OK;
}
