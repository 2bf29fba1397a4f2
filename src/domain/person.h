/* Whether two enrolments on one phone are of the same person. */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "base/ctx.h"

enum { PERSON_HASH_BYTES = 8 };

/* Keyed hash of name key (domain/name_key.h) and year of birth. */
void person_hash(Ctx *ctx, Text name_key, int64_t birth_year, uint8_t out[PERSON_HASH_BYTES]);

#endif
