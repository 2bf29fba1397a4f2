/* Countries other than India: who lives there is counted under the unit "Abroad", in a unit of the
 * country. Codes are ISO 3166-1 alpha-2; list and names are those of ICU (CLDR). */
#ifndef DOMAIN_COUNTRY_H
#define DOMAIN_COUNTRY_H

#include "domain/unit.h"

enum { COUNTRY_MAX = 300 };

typedef struct Country {
    Text code; /* "AE" */
    Text name;
} Country;

/* Two capital letters of a country that is not India. */
bool country_is_known(Text code);
Text country_name(Ctx *ctx, Text code, Lang lang);
/* All of them by name in the language, in the arena; returns how many. */
int country_list(Ctx *ctx, Lang lang, Country **ret);
/* The unit of a country ("ABROAD-AE"), made when its first member joins, and with it the unit
 * above ("ABROAD", below the root) and their kinds. A write; code must be known. */
MUST_USE Status country_unit(Ctx *ctx, Text code, Unit *ret);

#endif
