/* Countries out of ICU, and their units. */
#include "domain/country.h"

#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "domain/organisation.h"

enum { NAME_UNITS = 120, NAME_BYTES = 4 * NAME_UNITS, SORT_KEY_BYTES = 512 };

bool country_is_known(Text code) {
    if (code.len != 2 || text_eq(code, T("IN"))) return false;
    for (const char *const *at = uloc_getISOCountries(); *at; at++)
        if (text_eq(code, text_of(*at))) return true;
    return false;
}

static const char *language(Lang lang) { return lang == LANG_HI ? "hi" : "en"; }

/* UTF-16; returns its length, 0 when there is no name. */
static int32_t name_of(Text code, Lang lang, UChar out[NAME_UNITS]) {
    char locale[8];
    UErrorCode status = U_ZERO_ERROR;
    (void)snprintf(locale, sizeof locale, "und_%.2s", code.ptr);
    int32_t len = uloc_getDisplayCountry(locale, language(lang), out, NAME_UNITS, &status);
    return U_SUCCESS(status) && len < NAME_UNITS ? len : 0;
}

static Text as_utf8(Ctx *ctx, const UChar *name, int32_t len) {
    char bytes[NAME_BYTES];
    int32_t written = 0;
    UErrorCode status = U_ZERO_ERROR;
    (void)u_strToUTF8(bytes, sizeof bytes, &written, name, len, &status);
    return U_SUCCESS(status) ? arena_copy(ctx->arena, (Text){bytes, (size_t)written}) : T("");
}

Text country_name(Ctx *ctx, Text code, Lang lang) {
    UChar name[NAME_UNITS];
    return as_utf8(ctx, name, name_of(code, lang, name));
}

typedef struct Sorted {
    Country country;
    uint8_t key[SORT_KEY_BYTES]; /* of ICU's collation: ends with 0 */
} Sorted;

static int by_key(const void *a, const void *b) {
    return strcmp((const char *)((const Sorted *)a)->key, (const char *)((const Sorted *)b)->key);
}

int country_list(Ctx *ctx, Lang lang, Country **ret) {
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open(language(lang), &status);
    Sorted *all = ARENA_ARRAY(ctx->arena, Sorted, COUNTRY_MAX);
    int count = 0;
    for (const char *const *at = uloc_getISOCountries(); *at && count < COUNTRY_MAX; at++) {
        UChar name[NAME_UNITS];
        Text code = text_of(*at);
        int32_t len = name_of(code, lang, name);
        if (!len || text_eq(code, T("IN"))) continue;
        Sorted *s = &all[count++];
        s->country = (Country){code, as_utf8(ctx, name, len)};
        if (U_SUCCESS(status)) (void)ucol_getSortKey(collator, name, len, s->key, SORT_KEY_BYTES);
        s->key[SORT_KEY_BYTES - 1] = 0;
    }
    if (U_SUCCESS(status)) ucol_close(collator);
    qsort(all, (size_t)count, sizeof *all, by_key);
    *ret = ARENA_ARRAY(ctx->arena, Country, count + 1);
    for (int i = 0; i < count; i++) (*ret)[i] = all[i].country;
    return count;
}

static Status add_kinds(Ctx *ctx) {
    static const UnitKind abroad = {{"abroad", 6}, 1, {"Abroad", 6}, {"विदेश", 15}, true};
    static const UnitKind country = {{"country", 7}, 2, {"Country", 7}, {"देश", 9}, true};
    TRY(unit_kind_insert(ctx, &abroad));
    return unit_kind_insert(ctx, &country);
}

static Status abroad_unit(Ctx *ctx, Unit *ret) {
    bool found;
    TRY(unit_find(ctx, T("ABROAD"), ret, &found));
    if (found) return OK;
    Unit root;
    TRY(add_kinds(ctx));
    TRY(unit_by_id(ctx, ctx->org->root_unit_id, &root));
    *ret = (Unit){.code = T("ABROAD"), .kind = T("abroad"), .name_en = T("Abroad"),
                  .name_hi = T("विदेश"), .state_code = T(""), .reference = T("")};
    return unit_insert(ctx, &root, ret);
}

Status country_unit(Ctx *ctx, Text code, Unit *ret) {
    bool found;
    Text unit_code = arena_printf(ctx->arena, "ABROAD-%.*s", TEXT_ARG(code));
    TRY(unit_find(ctx, unit_code, ret, &found));
    if (found) return OK;
    Unit abroad;
    TRY(abroad_unit(ctx, &abroad));
    *ret = (Unit){.code = unit_code, .kind = T("country"),
                  .name_en = country_name(ctx, code, LANG_EN),
                  .name_hi = country_name(ctx, code, LANG_HI),
                  .state_code = T(""), .reference = code};
    return unit_insert(ctx, &abroad, ret);
}
