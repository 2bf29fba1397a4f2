/* The organisation's slogan, on its first page and on the backs of cards. Read in the transaction:
 * it may change while the server runs. */
#ifndef DOMAIN_ORGANISATION_SLOGAN_H
#define DOMAIN_ORGANISATION_SLOGAN_H

#include "domain/organisation.h"

enum { ORGANISATION_SLOGAN_LETTERS_MAX = 60 }; /* one line across a card */

typedef struct OrganisationSlogan {
    Text en, hi; /* may be empty */
} OrganisationSlogan;

MUST_USE Status organisation_slogan_read(Ctx *ctx, OrganisationSlogan *ret);
/* Both anew; an empty one is taken away. INVALID slogan_form {most} on "en" and "hi". A write. */
MUST_USE Status organisation_slogan_set(Ctx *ctx, const OrganisationSlogan *slogan);
/* In the reader's language; in the other where only that is known. */
Text organisation_slogan_text(const OrganisationSlogan *slogan, Lang lang);

#endif
