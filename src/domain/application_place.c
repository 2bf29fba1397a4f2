/* From one typed line to the units that it may mean. */
#include "domain/application_place.h"

/* Errors of the typed text belong to the form's field, whatever it was taken for. */
static Status on_field(Ctx *ctx, Status status) {
    if (status == IO || status == BUSY) return status;
    for (int i = 0; i < ctx->error_count; i++) {
        ctx->errors[i].status = INVALID; /* what is not found was written wrong */
        if (ctx->errors[i].field && strcmp(ctx->errors[i].field, "pin") == 0)
            ctx->errors[i].field = "place";
    }
    return OK;
}

static bool looks_like_pin(Text typed) {
    size_t digits = 0, others = 0;
    for (size_t at = 0; at < typed.len;) {
        uint32_t cp = text_next_codepoint(typed, &at);
        if ((cp >= '0' && cp <= '9') || (cp >= 0x966 && cp <= 0x96F))
            digits++;
        else if (cp != ' ' && cp != '-')
            others++;
    }
    return digits && !others;
}

static Status find_by_pin(Ctx *ctx, Text typed, ApplicationPlaces *ret) {
    int64_t pin;
    PlaceChoices choices;
    Status status = place_parse_pin(ctx, typed, &pin);
    if (status == OK) status = place_by_pin(ctx, pin, &choices);
    if (status != OK) return on_field(ctx, status);
    for (int i = 0; i < choices.count; i++)
        TRY(place_of_unit(ctx, &choices.units[i], &ret->hits[ret->count++]));
    return OK;
}

static bool is_listed(const ApplicationPlaces *places, int64_t unit_id) {
    for (int i = 0; i < places->count; i++)
        if (places->hits[i].unit.id == unit_id) return true;
    return false;
}

static bool is_exact(Ctx *ctx, const PlaceHit *hit, Text key) {
    return text_eq(place_key(ctx, hit->name_en), key) || text_eq(place_key(ctx, hit->name_hi), key);
}

Status application_place_find(Ctx *ctx, Text typed, ApplicationPlaces *ret) {
    ret->count = 0;
    if (!typed.len) {
        (void)fail(ctx, INVALID, "place", "place_missing");
        return OK;
    }
    if (looks_like_pin(typed)) return find_by_pin(ctx, typed, ret);
    PlaceHit hits[PLACE_SEARCH_MAX];
    int count = 0;
    Status status = place_search(ctx, typed, PLACE_SEARCH_MAX, hits, &count);
    if (status != OK) return on_field(ctx, status);
    Text key = place_key(ctx, typed);
    bool any_exact = false;
    for (int i = 0; i < count; i++) any_exact |= is_exact(ctx, &hits[i], key);
    for (int i = 0; i < count && ret->count < APPLICATION_PLACES_MAX; i++)
        if ((!any_exact || is_exact(ctx, &hits[i], key)) && !is_listed(ret, hits[i].unit.id))
            ret->hits[ret->count++] = hits[i];
    if (!ret->count) (void)fail(ctx, INVALID, "place", "place_unknown");
    return OK;
}
