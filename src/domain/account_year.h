/* What a financial year (April to March) came to: every account before it, in it by month, and
 * after it, and whether the books agree with what they are about. One reading for all faces. */
#ifndef DOMAIN_ACCOUNT_YEAR_H
#define DOMAIN_ACCOUNT_YEAR_H

#include "domain/organisation.h"

/* First where money lies, then what it was for. */
typedef enum AccountKind {
    ACCOUNT_COLLECTORS, /* cash with all collectors together */
    ACCOUNT_OFFICE,     /* cash in the office */
    ACCOUNT_GATEWAY,
    ACCOUNT_BANK,
    ACCOUNT_MONEY_END,
    ACCOUNT_FEES = ACCOUNT_MONEY_END,
    ACCOUNT_REFUNDS,
    ACCOUNT_CHARGES,    /* the gateway's */
    ACCOUNT_SHARES,     /* paid out to units */
    ACCOUNT_SUSPENSE,   /* came in, not yet known for whom */
    ACCOUNT_OTHER,      /* what this version does not know */
    ACCOUNT_KIND_COUNT
} AccountKind;

enum { ACCOUNT_YEAR_MONTHS = 12, ACCOUNT_YEAR_FIRST = 2000, ACCOUNT_YEAR_LAST = 2200 };

/* Paise; a debit is positive. */
typedef struct AccountSums {
    int64_t opening, debit, credit, closing; /* closing = opening + debit - credit */
    struct {
        int64_t debit, credit;
    } months[ACCOUNT_YEAR_MONTHS]; /* 0 is April */
} AccountSums;

typedef struct AccountYear {
    int64_t year;        /* 2026 for 26-27 */
    int64_t first, last; /* days */
    AccountSums kinds[ACCOUNT_KIND_COUNT];
    int64_t opening, closing; /* of all money */
    int64_t received, paid;   /* in the year, between the organisation and others: the sums of
                                 account_year_flow */
    /* Now, not at the year's end: the sum of all accounts (0); suspense and what is left of the
     * payments; fees less refunds and what the members' receipts say. */
    int64_t ledger_sum, suspense, left, fees, receipts;
    bool balances;       /* all of it agrees */
} AccountYear;

/* INVALID account_year outside ACCOUNT_YEAR_FIRST to _LAST; DENIED as treasury_scope_check. In
 * apply. */
MUST_USE Status account_year_read(Ctx *ctx, int64_t year, AccountYear *ret);
/* What came in for one of those from ACCOUNT_FEES on, and what went out. A fee that came by bank or
 * gateway stands under suspense until it is known whose it is, and under fees then: it was received
 * once, so of suspense only what is more or less there than before counts. */
void account_year_flow(const AccountYear *y, AccountKind kind, int64_t *ret_received,
                       int64_t *ret_paid);

#endif
