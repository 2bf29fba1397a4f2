/* Opening what was sealed of a guardian. */
#include "domain/member_guardian.h"

#include "crypto/seal.h"
#include "store/query.h"

Status member_guardian_read(Ctx *ctx, const Member *member, Text *ret_name,
                            Text *ret_e164) {
    *ret_name = *ret_e164 = T("");
    Query *q = query_begin(ctx, Q_GUARDIAN_READ);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    bool found;
    Text name = TEXT_NONE, phone = TEXT_NONE;
    TRY(query_row(q, &found));
    if (found) {
        name = query_column_blob(q, 0);
        phone = query_column_blob(q, 1);
    }
    TRY(query_done(q));
    if (!found) return OK;
    Text row = arena_printf(ctx->arena, "member/%lld", (long long)member->serial);
    Text name_place = arena_printf(ctx->arena, "%.*s/guardian/name", TEXT_ARG(row));
    Text phone_place = arena_printf(ctx->arena, "%.*s/guardian/phone", TEXT_ARG(row));
    MemberKey key;
    bool good = seal_unwrap(&ctx->org->keys, row, member->sealed_key, &key) &&
                seal_open(ctx->arena, &key, name_place, name, ret_name) &&
                seal_open(ctx->arena, &key, phone_place, phone, ret_e164);
    secret_wipe(&key, sizeof key);
    if (!good)
        return fail_io(ctx, "store_damaged", "guardian of member %lld", (long long)member->serial);
    return OK;
}
