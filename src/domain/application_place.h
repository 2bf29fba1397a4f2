/* The one field for the place: a PIN code or the name of a town, block or district. */
#ifndef DOMAIN_APPLICATION_PLACE_H
#define DOMAIN_APPLICATION_PLACE_H

#include "domain/place.h"

enum { APPLICATION_PLACES_MAX = 12 };

typedef struct ApplicationPlaces {
    PlaceHit hits[APPLICATION_PLACES_MAX]; /* each in another unit, likeliest first */
    int count;
    bool unsure; /* found by the sound, or only as far as the state: even one is to be confirmed */
} ApplicationPlaces;

/* Units that what was typed may mean; places of the very name go before those that only begin so.
 * Where an organisation counts by districts, a state is none of them (place_state).
 * What is wrong with it is recorded on field "place" and leaves count 0; only the store's failures
 * are returned. */
MUST_USE Status application_place_find(Ctx *ctx, Text typed, ApplicationPlaces *ret);

#endif
