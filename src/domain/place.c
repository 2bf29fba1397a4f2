/* PIN codes and names of places to units. */
#include "domain/place.h"

#include <assert.h>

#include "base/buffer.h"
#include "domain/name_key.h"
#include "domain/normal.h"
#include "domain/organisation.h"
#include "domain/place_alias.h"
#include "domain/place_typed.h"
#include "domain/transliterate.h"
#include "store/query.h"

Status place_parse_pin(Ctx *ctx, Text typed, int64_t *ret_pin) {
    int64_t pin = 0;
    int digits = 0;
    bool good = typed.len <= 40 && text_is_utf8(typed);
    for (size_t at = 0; good && at < typed.len;) {
        uint32_t cp = text_plain_digit(text_next_codepoint(typed, &at));
        if (cp == ' ' || cp == '-') continue;
        good = cp >= '0' && cp <= '9' && ++digits <= 6;
        pin = pin * 10 + (int64_t)cp - '0';
    }
    if (!good || pin < 100000) return fail(ctx, INVALID, "pin", "pin_digits");
    *ret_pin = pin;
    return OK;
}

/* The organisation's unit of that code, else that of its state. */
static Status nearest_unit(Ctx *ctx, Text code, Unit *ret, bool *ret_found, bool *ret_coarse) {
    TRY(unit_find(ctx, code, ret, ret_found));
    size_t dash = text_find_byte(code, '-');
    *ret_coarse = dash == code.len;
    if (*ret_found || *ret_coarse) return OK;
    *ret_coarse = true;
    return unit_find(ctx, text_slice(code, 0, dash), ret, ret_found);
}

static Status pin_districts(Ctx *ctx, int64_t pin, Text ret[PLACE_CHOICES_MAX], int *ret_count) {
    Query *q = query_begin(ctx, Q_PIN_PLACE_LIST);
    query_int(q, "pin", pin);
    int count = 0;
    bool found = true;
    while (count < PLACE_CHOICES_MAX) {
        if (query_row(q, &found) != OK || !found) break;
        ret[count++] = query_column_text(q, 0);
    }
    TRY(query_done(q));
    *ret_count = count;
    return OK;
}

static bool has_unit(const PlaceChoices *choices, int64_t id) {
    for (int i = 0; i < choices->count; i++)
        if (choices->units[i].id == id) return true;
    return false;
}

Status place_by_pin(Ctx *ctx, int64_t pin, PlaceChoices *ret) {
    if (pin < 100000 || pin > 999999) return fail(ctx, INVALID, "pin", "pin_digits");
    Text districts[PLACE_CHOICES_MAX];
    int district_count;
    TRY(pin_districts(ctx, pin, districts, &district_count));
    *ret = (PlaceChoices){.count = 0};
    for (int i = 0; i < district_count; i++) {
        Unit unit;
        bool found, coarse;
        TRY(nearest_unit(ctx, districts[i], &unit, &found, &coarse));
        if (!found || has_unit(ret, unit.id)) continue;
        ret->units[ret->count++] = unit;
        ret->coarse |= coarse;
    }
    if (ret->count) return OK;
    (void)fail(ctx, NOT_FOUND, "pin", "pin_unknown");
    fail_arg_int(ctx, "pin", pin);
    return NOT_FOUND;
}

static bool is_digit_or_letter(uint32_t cp) {
    return normal_is_letter(cp) || normal_is_digit(cp) || normal_is_mark(cp);
}

Text place_key(Ctx *ctx, Text name) {
    enum { NUKTA = 0x93C, CHANDRABINDU = 0x901, ANUSVARA = 0x902, VIRAMA = 0x94D };
    Text open = normal_fold_apart(ctx->arena, name);
    Buffer key = buffer_in(ctx->arena, open.len + 1);
    for (size_t at = 0; at < open.len;) {
        uint32_t cp = text_next_codepoint(open, &at);
        if (cp == NUKTA || (cp >= 0x300 && cp < 0x370) || !is_digit_or_letter(cp)) continue;
        if (cp == CHANDRABINDU) cp = ANUSVARA;
        char bytes[4];
        buffer_add(&key, (Text){bytes, text_encode_codepoint(cp, bytes)});
    }
    return key.len ? buffer_text(&key) : T("");
}

/* By sound, beside the keys by letter: no letter or digit is a tilde. */
static Text sound_key(Ctx *ctx, Text name) {
    Text key = name_key(ctx->arena, name);
    return arena_printf(ctx->arena, "~%.*s", TEXT_ARG(key));
}

static Status add_key(Ctx *ctx, Text key, Text kind, Text unit_code, Text name_en, Text name_hi,
                      int64_t place) {
    Query *q = query_begin(ctx, Q_PLACE_NAME_INSERT);
    query_text(q, "key", key);
    query_int(q, "place", place);
    query_text(q, "name_en", name_en.len ? name_en : T(""));
    query_text(q, "name_hi", name_hi.len ? name_hi : T(""));
    query_text(q, "kind", kind);
    query_text(q, "district", unit_code);
    return query_run(q);
}

Status place_name_add(Ctx *ctx, Text kind, Text unit_code, Text name_en, Text name_hi,
                      int64_t place) {
    Text en = place_key(ctx, name_en), hi = place_key(ctx, name_hi);
    if (en.len) TRY(add_key(ctx, en, kind, unit_code, name_en, name_hi, place));
    if (hi.len && !text_eq(en, hi))
        TRY(add_key(ctx, hi, kind, unit_code, name_en, name_hi, place));
    Text sound = sound_key(ctx, en.len ? name_en : name_hi);
    return add_key(ctx, sound, kind, unit_code, name_en, name_hi, place);
}

/* As many rows as may be found before those outside the tree and doubles are left out. */
enum { SEARCH_ROWS = PLACE_SEARCH_MAX * 3 };

static Status search_rows(Ctx *ctx, Text key, PlaceHit *ret, Text *ret_codes, int *ret_count) {
    /* U+10FFFF is above every letter, and UTF-8 keeps the order of code points. */
    Text high = arena_printf(ctx->arena, "%.*s\xF4\x8F\xBF\xBF", TEXT_ARG(key));
    Query *q = query_begin(ctx, Q_PLACE_NAME_SEARCH);
    query_text(q, "low", key);
    query_text(q, "high", high);
    query_int(q, "limit", SEARCH_ROWS);
    int count = 0;
    bool found = true;
    while (count < SEARCH_ROWS) {
        if (query_row(q, &found) != OK || !found) break;
        ret[count] = (PlaceHit){.name_en = query_column_text(q, 0),
                                .name_hi = query_column_text(q, 1),
                                .kind = query_column_text(q, 2)};
        ret_codes[count++] = query_column_text(q, 3);
    }
    TRY(query_done(q));
    *ret_count = count;
    return OK;
}

static Status add_state(Ctx *ctx, PlaceHit *hit) {
    Unit state;
    bool has_state;
    TRY(unit_find(ctx, hit->unit.state_code, &state, &has_state));
    if (has_state) {
        hit->state_en = state.name_en;
        hit->state_hi = state.name_hi;
    }
    return OK;
}

Status place_of_unit(Ctx *ctx, const Unit *unit, PlaceHit *ret) {
    *ret = (PlaceHit){.name_en = unit->name_en, .name_hi = unit->name_hi, .kind = unit->kind,
                      .unit = *unit};
    return add_state(ctx, ret);
}

static Status complete(Ctx *ctx, PlaceHit *hit, Text code, bool *ret_found) {
    TRY(nearest_unit(ctx, code, &hit->unit, ret_found, &hit->coarse));
    if (!*ret_found) return OK;
    if (text_eq(hit->kind, T("state"))) hit->coarse = true;
    /* A constituency of another organisation's tree is no place of this one. */
    if (text_eq(hit->kind, T("ac")) && hit->coarse) *ret_found = false;
    return add_state(ctx, hit);
}

static bool listed_already(const PlaceHit *hits, int count, const PlaceHit *hit) {
    for (int i = 0; i < count; i++)
        if (hits[i].unit.id == hit->unit.id && text_eq(hits[i].name_en, hit->name_en)) return true;
    return false;
}

static int take(const PlaceHit *found, int found_count, bool coarse, int limit, PlaceHit *ret) {
    int count = 0;
    for (int i = 0; i < found_count && count < limit; i++)
        if (found[i].coarse == coarse && !listed_already(ret, count, &found[i]))
            ret[count++] = found[i];
    return count;
}

/* The state that was named, where nothing else has that very name. */
static bool names_state(const PlaceHit *hits, int count) {
    bool state = false, other = false;
    for (int i = 0; i < count; i++) {
        state |= hits[i].exact && hits[i].coarse;
        other |= hits[i].exact && !hits[i].coarse;
    }
    return state && !other;
}

/* Those whose key (key_of) begins with that of what was typed. */
static Status search_by(Ctx *ctx, Text typed, PlaceKey key_of, int limit, PlaceHit *ret,
                        int *ret_count) {
    PlaceHit *rows = ARENA_ARRAY(ctx->arena, PlaceHit, PLACE_ALIAS_HITS_MAX + SEARCH_ROWS);
    Text codes[PLACE_ALIAS_HITS_MAX + SEARCH_ROWS], key = key_of(ctx, typed);
    int aliases = place_alias_find(ctx, key, key_of, rows, codes), row_count, count = 0;
    TRY(search_rows(ctx, key, rows + aliases, codes + aliases, &row_count));
    for (int i = 0; i < aliases + row_count; i++) {
        bool found;
        PlaceHit *hit = &rows[i];
        TRY(complete(ctx, hit, codes[i], &found));
        hit->exact = text_eq(key_of(ctx, hit->name_en), key) ||
                     (hit->name_hi.len && text_eq(key_of(ctx, hit->name_hi), key));
        hit->by_sound = key_of == sound_key;
        if (found) rows[count++] = *hit;
    }
    *ret_count = names_state(rows, count) ? 0 : take(rows, count, false, limit, ret);
    if (!*ret_count) *ret_count = take(rows, count, true, limit, ret);
    return OK;
}

Status place_search(Ctx *ctx, Text typed, int limit, PlaceHit *ret, int *ret_count) {
    assert(limit > 0 && limit <= PLACE_SEARCH_MAX);
    if (typed.len > LIMIT_SEARCH_BYTES) return fail(ctx, INVALID, "place", "search_long");
    if (!text_is_utf8(typed)) return fail(ctx, INVALID, "place", "search_not_text");
    *ret_count = 0;
    Text name = place_typed_name(ctx, typed);
    if (text_codepoints(place_key(ctx, name)) < PLACE_SEARCH_LEAST_LETTERS) return OK;
    TRY(search_by(ctx, typed, place_key, limit, ret, ret_count));
    if (!*ret_count) TRY(search_by(ctx, name, place_key, limit, ret, ret_count));
    if (!*ret_count && sound_key(ctx, name).len >= PLACE_SOUND_LEAST_BYTES)
        TRY(search_by(ctx, name, sound_key, limit, ret, ret_count));
    *ret_count = place_typed_narrow(ctx, typed, ret, *ret_count);
    return OK;
}

/* The reference has many towns and blocks in Latin letters only: spelt by ear, and with these
 * letters beside it, for it is a guess. */
static Text place_name(Ctx *ctx, const PlaceHit *hit, Lang lang) {
    Unit as_unit = {.name_en = hit->name_en, .name_hi = hit->name_hi};
    bool of_reference = text_eq(hit->kind, T("urban")) || text_eq(hit->kind, T("block")) ||
                        text_eq(hit->kind, T("subdistrict"));
    if (lang != LANG_HI || hit->name_hi.len || !of_reference) return unit_name(&as_unit, lang);
    Text spelt = transliterate_name(ctx, hit->name_en);
    if (!spelt.len) return hit->name_en;
    return arena_printf(ctx->arena, "%.*s (%.*s)", TEXT_ARG(spelt), TEXT_ARG(hit->name_en));
}

Text place_label(Ctx *ctx, const PlaceHit *hit, Lang lang) {
    Text place = place_name(ctx, hit, lang), unit = unit_name(&hit->unit, lang);
    Text state = lang == LANG_HI && hit->state_hi.len ? hit->state_hi : hit->state_en;
    Buffer label = buffer_in(ctx->arena, 1024);
    buffer_add(&label, place);
    if (!text_eq(unit, place) && !text_eq(unit, state)) {
        buffer_add(&label, T(", "));
        buffer_add(&label, unit);
    }
    if (state.len && !text_eq(state, place)) {
        buffer_add(&label, T(", "));
        buffer_add(&label, state);
    }
    return buffer_text(&label);
}
