/* Hashing a person. */
#include "domain/person.h"

#include "domain/organisation.h"

void person_hash(Ctx *ctx, Text name_key, int64_t birth_year, uint8_t out[PERSON_HASH_BYTES]) {
    Text year = arena_printf(ctx->arena, "%lld", (long long)birth_year);
    Text person[] = {T("person"), name_key, year};
    keyring_hash(&ctx->org->keys, KEY_LOOKUP, person, 3, out, PERSON_HASH_BYTES);
}
