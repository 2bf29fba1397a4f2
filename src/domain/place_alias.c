/* A few hundred rows, each folded as what was typed is. */
#include "domain/place_alias.h"

#include "domain/dataset.h"

int place_alias_find(Ctx *ctx, Text key, PlaceKey key_of, PlaceHit ret[PLACE_ALIAS_HITS_MAX],
                     Text ret_codes[PLACE_ALIAS_HITS_MAX]) {
    Dataset aliases = dataset_open(ctx, T("data/geography/place_aliases.csv"));
    Text f[DATASET_FIELDS_MAX];
    int count = 0;
    while (count < PLACE_ALIAS_HITS_MAX && dataset_next(&aliases, f, 5)) {
        if (!text_eq(key_of(ctx, f[0]), key) && !(f[1].len && text_eq(key_of(ctx, f[1]), key)))
            continue;
        ret[count] = (PlaceHit){.name_en = f[0], .name_hi = f[1], .kind = T("alias")};
        ret_codes[count++] = arena_printf(ctx->arena, "%.*s-%.*s", TEXT_ARG(f[2]), TEXT_ARG(f[3]));
    }
    return count;
}
