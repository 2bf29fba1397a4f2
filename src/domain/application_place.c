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
        uint32_t cp = text_plain_digit(text_next_codepoint(typed, &at));
        if (cp >= '0' && cp <= '9')
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

/* Where the tree has districts, a state alone would lose the district for ever. */
static Status refuse_states(Ctx *ctx, const PlaceHit *hit, bool *ret_refused) {
    UnitKind kinds[UNIT_KINDS_MAX];
    int count;
    *ret_refused = false;
    if (!hit->coarse) return OK;
    TRY(unit_kinds(ctx, kinds, &count));
    *ret_refused = unit_kind_of(kinds, count, T("district")) != NULL;
    if (!*ret_refused) return OK;
    (void)fail(ctx, INVALID, "place", "place_state");
    fail_arg(ctx, "state", unit_name(&hit->unit, ctx->lang));
    return OK;
}

Status application_place_find(Ctx *ctx, Text typed, ApplicationPlaces *ret) {
    *ret = (ApplicationPlaces){.count = 0};
    if (!typed.len) {
        (void)fail(ctx, INVALID, "place", "place_missing");
        return OK;
    }
    if (looks_like_pin(typed)) return find_by_pin(ctx, typed, ret);
    PlaceHit hits[PLACE_SEARCH_MAX];
    int count = 0;
    Status status = place_search(ctx, typed, PLACE_SEARCH_MAX, hits, &count);
    if (status != OK) return on_field(ctx, status);
    bool any_exact = false, refused = false;
    if (count) TRY(refuse_states(ctx, &hits[0], &refused)); /* all are coarse, or none */
    if (refused) return OK;
    for (int i = 0; i < count; i++) any_exact |= hits[i].exact;
    for (int i = 0; i < count && ret->count < APPLICATION_PLACES_MAX; i++)
        if ((!any_exact || hits[i].exact) && !is_listed(ret, hits[i].unit.id))
            ret->hits[ret->count++] = hits[i];
    ret->unsure = ret->count && (ret->hits[0].by_sound || ret->hits[0].coarse);
    if (!ret->count) (void)fail(ctx, INVALID, "place", "place_unknown");
    return OK;
}
