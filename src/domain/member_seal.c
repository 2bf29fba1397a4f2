/* The member's key, for as short as it takes. */
#include "domain/member_seal.h"

#include "crypto/seal.h"

static Text row_name(Ctx *ctx, const Member *m) {
    return arena_printf(ctx->arena, "member/%lld", (long long)m->serial);
}

static Text place_of(Ctx *ctx, const Member *m, const char *name) {
    return arena_printf(ctx->arena, "member/%lld/%s", (long long)m->serial, name);
}

static Status damaged(Ctx *ctx, const Member *m, const char *name) {
    return fail_io(ctx, "store_damaged", "%s of member %lld", name, (long long)m->serial);
}

Status member_seal(Ctx *ctx, const Member *m, const char *name, Text value, Text *ret) {
    *ret = TEXT_NONE;
    if (!value.len) return OK;
    MemberKey key;
    bool good = seal_unwrap(&ctx->org->keys, row_name(ctx, m), m->sealed_key, &key);
    if (good) *ret = seal_value(ctx->arena, &key, place_of(ctx, m, name), value);
    secret_wipe(&key, sizeof key);
    return good ? OK : damaged(ctx, m, name);
}

Status member_seal_open(Ctx *ctx, const Member *m, const char *name, Text sealed,
                        Text *ret) {
    *ret = TEXT_NONE;
    if (!sealed.len) return OK;
    MemberKey key;
    bool good = seal_unwrap(&ctx->org->keys, row_name(ctx, m), m->sealed_key, &key) &&
                seal_open(ctx->arena, &key, place_of(ctx, m, name), sealed, ret);
    secret_wipe(&key, sizeof key);
    return good ? OK : damaged(ctx, m, name);
}
