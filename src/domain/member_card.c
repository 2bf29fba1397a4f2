/* What changes a member's card page and card, but not the membership. */
#include "domain/member_card.h"

#include "domain/audit.h"
#include "domain/name_key.h"
#include "domain/phone.h"
#include "store/query.h"

Status member_card_new_address(Ctx *ctx, Member *member) {
    Query *q = query_begin(ctx, Q_MEMBER_NEXT_GENERATION);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    TRY(query_run_int(q, &member->card_generation));
    Text subject = arena_printf(ctx->arena, "member:%lld", (long long)member->serial);
    return audit_add(ctx, "card.new_address", subject, T(""));
}

/* Doubles on a phone are found by the name: the slot follows it. */
static Status rename_slot(Ctx *ctx, const Member *m, Text name) {
    Text e164;
    uint8_t hash[PHONE_HASH_BYTES], person[PERSON_HASH_BYTES];
    TRY(member_phone(ctx, m, &e164));
    if (!e164.len) return OK;
    phone_hash(&ctx->org->keys, e164, hash);
    person_hash(ctx, name_key(ctx->arena, name), m->birth_year, person);
    Query *q = query_begin(ctx, Q_PHONE_SLOT_SET_PERSON);
    query_int(q, "org", ctx->org->id);
    query_blob(q, "phone_hash", text_bytes(hash, sizeof hash));
    query_int(q, "serial", m->serial);
    query_blob(q, "person", text_bytes(person, sizeof person));
    return query_run(q);
}

Status member_card_rename(Ctx *ctx, Member *member, Text name, Text name_alt) {
    Query *q = query_begin(ctx, Q_MEMBER_SET_NAME);
    query_int(q, "org", ctx->org->id);
    query_int(q, "serial", member->serial);
    query_text(q, "name", name);
    query_text(q, "name_alt", name_alt.ptr ? name_alt : T(""));
    TRY(query_run(q));
    TRY(rename_slot(ctx, member, name));
    TRY(member_reissue_corrected(ctx, member));
    member->name = name;
    member->name_alt = name_alt.ptr ? name_alt : T("");
    return OK;
}
