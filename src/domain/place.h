/* From what people know of where they live, a PIN code or the name of a town, to the unit in
 * which they are counted.
 *
 * The reference names districts by the code their unit has in a community ("UP-174"). Where the
 * organisation has no such unit, as a party has not, a place gives the unit of its state, and
 * is called coarse: right, but not as near as the tree goes. A party's forms therefore offer the
 * search by constituency beside the PIN; who gives the PIN alone is counted in the state until
 * moved to a booth. Functions need ctx->org and ctx->tx. */
#ifndef DOMAIN_PLACE_H
#define DOMAIN_PLACE_H

#include "domain/unit.h"

enum {
    PLACE_CHOICES_MAX = 8,
    PLACE_SEARCH_MAX = 20,
    PLACE_SEARCH_LEAST_LETTERS = 2,
    PLACE_SOUND_LEAST_BYTES = 4, /* of a key by sound, with its tilde */
};

typedef struct PlaceChoices {
    Unit units[PLACE_CHOICES_MAX]; /* likeliest first */
    int count;                     /* 1: resolved; more: ask which */
    bool coarse;                   /* they are states, for want of districts in the tree */
} PlaceChoices;

/* Reads "226001", "226 001" or Devanagari digits. INVALID pin_digits on field "pin". */
MUST_USE Status place_parse_pin(Ctx *ctx, Text typed, int64_t *ret_pin);
/* INVALID pin_digits, NOT_FOUND pin_unknown {pin}, both on field "pin". */
MUST_USE Status place_by_pin(Ctx *ctx, int64_t pin, PlaceChoices *ret);

/* A place found by name: "Nautanwa" in its unit Maharajganj, Uttar Pradesh. */
typedef struct PlaceHit {
    Text name_en, name_hi; /* of the place; name_hi may be empty */
    Text kind;             /* urban | block | subdistrict | district | state | ac | alias */
    Unit unit;             /* where its people are counted */
    Text state_en, state_hi;
    bool coarse;           /* the unit is only the state */
    bool exact;            /* the whole name, not its beginning */
    bool by_sound;         /* written otherwise than was typed: to be confirmed */
} PlaceHit;

/* Places whose name begins with what was typed, in Latin or Devanagari, case and marks aside;
 * other names that they go by (place_alias.h) and the exact name first. Where there is none, the
 * same without what is written around a name (place_typed.h), and then those that sound alike
 * (name_key.h): नौतनवा finds Nautanwa, which the reference has in Latin letters only. At most
 * limit (≤ PLACE_SEARCH_MAX). Fewer than PLACE_SEARCH_LEAST_LETTERS letters find nothing. Coarse
 * ones only where nothing finer is found, or where the very name of a state was typed. INVALID
 * search_long, search_not_text on field "place". */
MUST_USE Status place_search(Ctx *ctx, Text typed, int limit, PlaceHit *ret, int *ret_count);
/* The unit as a place, with its state. */
MUST_USE Status place_of_unit(Ctx *ctx, const Unit *unit, PlaceHit *ret);
/* "Nautanwa, Maharajganj, Uttar Pradesh", without saying anything twice. In Hindi a name that the
 * reference has in Latin letters only is spelt by ear: "बारसि (Barsi), …". */
Text place_label(Ctx *ctx, const PlaceHit *hit, Lang lang);

/* The name folded for the search: letters and digits only, small, without marks that people leave
 * out (accents, nukta; chandrabindu is anusvara). */
Text place_key(Ctx *ctx, Text name);
/* Adds a name to the reference, once a script; place tells equal keys apart. In apply. */
MUST_USE Status place_name_add(Ctx *ctx, Text kind, Text unit_code, Text name_en, Text name_hi,
                               int64_t place);

#endif
