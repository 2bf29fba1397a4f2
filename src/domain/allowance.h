/* What is allowed: codes in a day, members on a phone, enrolments of an enroller in a day, cash
 * in a collector's hands. Read in the transaction: a change holds at once, in every process. */
#ifndef DOMAIN_ALLOWANCE_H
#define DOMAIN_ALLOWANCE_H

#include "domain/organisation.h"

enum {
    ALLOWANCE_CODES_DAY = 100000, /* what a new register begins with */
    ALLOWANCE_JOINS_DAY = 200,
    ALLOWANCE_CASH_PAISE = 2500000,
    ALLOWANCE_MAX = 100000000,
    ALLOWANCE_CASH_PAISE_MAX = 1000000000,
    ALLOWANCE_DAYS_MAX = 366, /* a grant runs: till the same date next year, in any year */
};

typedef struct Allowance {
    int64_t codes_day;     /* one-time codes, to all phones together */
    int64_t phone_members; /* on one household phone, at most LIMIT_PHONE_MEMBERS */
    int64_t joins_day;     /* enrolments by one enroller */
    int64_t cash_paise;    /* in the hands of one collector */
} Allowance;

MUST_USE Status allowance_read(Ctx *ctx, Allowance *ret);
/* INVALID limit_form on code-cap, phone-members, enroller-cap; cash_cap_form on cash-cap. A
 * write. */
MUST_USE Status allowance_set(Ctx *ctx, const Allowance *allowance);
/* The first row, with the numbers above: when the organisation is made. A write. */
MUST_USE Status allowance_begin(Ctx *ctx);

/* For one enroller, until a time. */
typedef struct AllowanceGrant {
    Text enroller; /* "token:7" | "member:12" */
    int64_t joins_day, cash_paise, until;
} AllowanceGrant;
/* Is this time on a day more than a year ahead? No grant runs so long. */
bool allowance_too_far(const Ctx *ctx, int64_t until);
/* Gives an enroller other numbers than all have until a time; again: changes them. INVALID as
 * allowance_set, and on until allowance_until for a time that is over, allowance_far for one that
 * is allowance_too_far. A write. */
MUST_USE Status allowance_grant(Ctx *ctx, const AllowanceGrant *grant);
/* What holds for the enroller now; until 0: the same as for all. */
MUST_USE Status allowance_of(Ctx *ctx, Text enroller, AllowanceGrant *ret);

#endif
