/* The organisation whose register this is: its names, rules, keys. Loaded once at start; what may
 * change while the server runs is read in the transaction instead (allowance, membership_kind,
 * units). */
#ifndef DOMAIN_ORGANISATION_H
#define DOMAIN_ORGANISATION_H

#include "base/ctx.h"
#include "crypto/keyring.h"

enum { MEMBER_AGE_PARTY = 18 };

typedef struct Organisation {
    int64_t id;
    Text code;      /* "GKC" */
    Text name_en, name_hi;
    Text preset;    /* "community" | "party" */
    Text base_url;  /* "https://example.org", no slash at the end */
    Text host;      /* its host, with port if any: "example.org" */
    int64_t zone_offset_s;
    int64_t minimum_age;
    Text registration_no, address, helpline; /* may be empty */
    Text accent;    /* "#34357a" */
    int64_t root_unit_id;
    Text notice_version;
    Text keys_mark; /* keyring_mark of its keys; TEXT_NONE: not marked yet */
    bool demo;
    Keyring keys;
} Organisation;

/* What `init` asks for. Empty names are filled from the other language. */
typedef struct OrganisationDraft {
    Text code, name_en, name_hi, preset, base_url;
    Text registration_no, address, helpline, accent;
    int64_t fee_paise;
    bool demo;
} OrganisationDraft;

/* Checks the draft: code of 2-5 capital letters, names, http(s) URL without path, colour. */
MUST_USE Status organisation_check_draft(Ctx *ctx, OrganisationDraft *draft);
/* Writes register, organisation, kinds of unit of the preset, the kind "ordinary", and the root
 * unit "IN". In apply. argument order of numbers: org_id is 1. */
MUST_USE Status organisation_create(Ctx *ctx, const OrganisationDraft *draft);
/* Reads the (first) organisation into the arena of ctx, without keys. In apply. */
MUST_USE Status organisation_load(Ctx *ctx, Organisation *ret);
/* Whether org->keys are this register's, by the mark that was loaded: IO keys_of_another when they
 * are not. No store. */
MUST_USE Status organisation_check_keys(Ctx *ctx, const Organisation *org);
/* Marks a register that has no mark as that of org->keys. A write. */
MUST_USE Status organisation_mark_keys(Ctx *ctx, const Organisation *org);
/* The name in the reader's language. */
Text organisation_name(const Organisation *org, Lang lang);
/* The day that it is there (days since 1970), and its year. */
int64_t organisation_day(const Ctx *ctx);
int64_t organisation_year(const Ctx *ctx);

#endif
