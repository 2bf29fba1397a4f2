/* Kinds of membership: ordinary, for life, for the young, as the organisation likes. Read in the
 * transaction, as they may change while the server runs. */
#ifndef DOMAIN_MEMBERSHIP_KIND_H
#define DOMAIN_MEMBERSHIP_KIND_H

#include "domain/organisation.h"

enum {
    MEMBERSHIP_KINDS_MAX = 20,
    MEMBERSHIP_KIND_DAYS_MAX = 36600,
    MEMBERSHIP_KIND_RENEW_DAYS = 30, /* usual */
};

typedef struct MembershipKind {
    Text kind; /* 2 to 20 of a-z and _ */
    Text name_en, name_hi;
    int64_t fee_paise;
    int64_t term_days;   /* 0: for life */
    int64_t minimum_age; /* in years; 0: none */
    int64_t renew_days;  /* before its end it may be renewed */
    int64_t grace_days;  /* after its end the member is still counted */
    Text rights, rights_hi; /* words for who joins, "votes"; nothing is decided by them here */
    int64_t closed_at;   /* 0: open. Who has it keeps it, nobody joins with it. */
} MembershipKind;

/* All in apply. NOT_FOUND membership_kind_unknown on field "kind". */
MUST_USE Status membership_kind_read(Ctx *ctx, Text kind, MembershipKind *ret);
/* Whether somebody of that year of birth may join with it: NOT_FOUND as above, INVALID
 * membership_kind_closed on "kind", kind_too_young {age} on "birth_year". */
MUST_USE Status membership_kind_for(Ctx *ctx, Text kind, int64_t birth_year, MembershipKind *ret);
/* "ordinary" first, then by fee. */
MUST_USE Status membership_kind_list(Ctx *ctx, bool open_only,
                                     MembershipKind ret[MEMBERSHIP_KINDS_MAX], int *ret_count);
/* Writes. INVALID with one error a field; CONFLICT membership_kind_taken; LIMIT
 * membership_kinds_many. A change of fee or term is for who joins or renews from then on. */
MUST_USE Status membership_kind_add(Ctx *ctx, const MembershipKind *kind);
MUST_USE Status membership_kind_change(Ctx *ctx, const MembershipKind *kind);
/* The last open kind stays open: CONFLICT membership_kind_last. */
MUST_USE Status membership_kind_close(Ctx *ctx, Text kind);
MUST_USE Status membership_kind_reopen(Ctx *ctx, Text kind);

/* The name in the reader's language. */
Text membership_kind_name(const MembershipKind *kind, Lang lang);
/* The same of the rights; in the other where only that is known, empty where none. */
Text membership_kind_rights(const MembershipKind *kind, Lang lang);

#endif
