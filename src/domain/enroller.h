/* Who enrols others: an API token, and the member credited with it. Each may enrol so many in a
 * day and hold so much cash (allowance.h), because what they say of those they enrol is proved by
 * nobody else. */
#ifndef DOMAIN_ENROLLER_H
#define DOMAIN_ENROLLER_H

#include "domain/allowance.h"

/* How both are written: "token:7", "member:12". */
Text enroller_token(Ctx *ctx, int64_t token_id);
Text enroller_member(Ctx *ctx, int64_t serial);

typedef struct EnrollerJoin {
    int64_t credited;   /* serial of the member credited, -1: none */
    int64_t cash_paise; /* taken by the actor, 0: none */
    bool confirmed;     /* the phone answered */
} EnrollerJoin;
/* Counts one enrolment of today for the actor, when that is a token, and for who is credited, or
 * refuses it: LIMIT enroller_cap {max} (field "enrolled_by" when it is the credited member's),
 * LIMIT cash_cap {rupees} on "fee.amount_paise". Before anything else is written. A write. */
MUST_USE Status enroller_admit(Ctx *ctx, const EnrollerJoin *join);

/* Whether enroller_admit would refuse it, and as that; counts nothing. */
MUST_USE Status enroller_may(Ctx *ctx, const EnrollerJoin *join);
/* The same for cash that the actor takes for a fee that was open: LIMIT cash_cap {rupees}. */
MUST_USE Status enroller_admit_cash(Ctx *ctx, int64_t paise);

/* Of the days from first to last. */
typedef struct EnrollerFigures {
    int64_t joins, unconfirmed;
} EnrollerFigures;
MUST_USE Status enroller_figures(Ctx *ctx, Text enroller, int64_t first, int64_t last,
                                 EnrollerFigures *ret);

/* An enroller with what the organisation wants to know of it. */
typedef struct EnrollerRow {
    Text enroller;         /* "token:7" | "member:12" */
    int64_t token_id;      /* 0: a member */
    Text label;            /* of the token, or empty */
    Text number;           /* of the member, or empty */
    int64_t unit_id;
    Text unit_code;
    bool good;             /* may still enrol */
    EnrollerFigures today, month; /* the last 30 days, with today */
    int64_t cash_paise;    /* in hand; of tokens */
    int64_t denials;       /* open and upheld */
    AllowanceGrant may;
} EnrollerRow;
enum { ENROLLER_MONTH_DAYS = 30 };
/* Tokens of the actor's unit with all below it, newest first, ids below before (0: from the
 * newest), at most max. */
MUST_USE Status enroller_list(Ctx *ctx, int64_t before, EnrollerRow *ret, int max,
                              int *ret_count);
/* One, by a token's id or a membership number as typed. NOT_FOUND enroller_not_found, also outside
 * the actor's unit. */
MUST_USE Status enroller_find(Ctx *ctx, Text who, EnrollerRow *ret);
/* Gives it other numbers until a time (allowance_grant), with the same scope. DENIED enroller_self
 * for a token of its own. A write. */
MUST_USE Status enroller_allow(Ctx *ctx, Text who, int64_t joins_day, int64_t cash_paise,
                               int64_t until, EnrollerRow *ret);

#endif
