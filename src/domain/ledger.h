/* The organisation's money in double entry. ledger_post is the only way to move it, and refuses
 * what does not balance; entries are never changed, a mistake is mended by another one.
 *
 * Accounts are codes: "cash:token:7" (in a collector's hands), "cash:server" (in the office's),
 * "gateway", "bank", "suspense" (came in, not yet known for whom), "fees", "refunds",
 * "gateway-charges" (what the gateway keeps for itself), "shares:up-174" (paid out to a unit). A
 * debit is positive: cash, gateway and bank grow by it; fees and suspense are negative. */
#ifndef DOMAIN_LEDGER_H
#define DOMAIN_LEDGER_H

#include "domain/organisation.h"

enum { LEDGER_LINES_MAX = 8, LEDGER_ACCOUNT_BYTES = 40 };

typedef struct LedgerLine {
    Text account;
    int64_t paise; /* not 0 */
} LedgerLine;

typedef struct LedgerEntry {
    int64_t day, number, at;
    Text kind;    /* fee money refund return deposit share payout charges */
    Text subject; /* "member:12" */
    Text actor, note;
    LedgerLine lines[LEDGER_LINES_MAX];
    int count;
} LedgerEntry;

/* Posts the entry at its time (0: now), on the day of it, with the ctx's actor. INVALID
 * (ledger_unbalanced) unless 2 to LEDGER_LINES_MAX lines, none 0, add up to 0; INVALID
 * (ledger_account) for a code that is none. Refused before anything is written. */
MUST_USE Status ledger_post(Ctx *ctx, const LedgerEntry *entry);
/* The usual entry of two lines: paise from one account to the other. */
MUST_USE Status ledger_move(Ctx *ctx, Text from, Text to, int64_t paise, int64_t at,
                            const char *kind, Text subject, Text note);
/* Whether so much can be paid out of the account: CONFLICT ledger_cash_short {have} when it is cash
 * and less of it is there. What the bank held before the first entry is not known here. */
MUST_USE Status ledger_check_cash(Ctx *ctx, Text account, int64_t paise);
/* Up to and with a day. */
MUST_USE Status ledger_balance(Ctx *ctx, Text account, int64_t day, int64_t *ret_paise);

typedef struct LedgerAccount {
    Text account;
    int64_t opening, debit, credit; /* before the first day; on the days; credit positive */
} LedgerAccount;
/* The accounts beginning with prefix ("" all, "cash:" all collectors) that ever moved, from first
 * to last day; by code, at most max. */
MUST_USE Status ledger_accounts(Ctx *ctx, Text prefix, int64_t first, int64_t last, int max,
                                LedgerAccount **ret, int *ret_count);

/* The entries of a day after a number (0: from the first), at most max. */
MUST_USE Status ledger_day_book(Ctx *ctx, int64_t day, int64_t after, int max, LedgerEntry **ret,
                                int *ret_count);
/* How many entries a day has: they are numbered from 1. */
MUST_USE Status ledger_day_count(Ctx *ctx, int64_t day, int64_t *ret);
/* What moved on a day, on each of both sides. */
MUST_USE Status ledger_day_sum(Ctx *ctx, int64_t day, int64_t *ret_debit, int64_t *ret_credit);
/* The nearest days before the first and after the last on which money moved; INT64_MIN: none. */
MUST_USE Status ledger_days_beside(Ctx *ctx, int64_t first, int64_t last, int64_t *ret_before,
                                   int64_t *ret_after);
/* Since which day something of the account's balance has been there, when what came first is
 * given on first. INT64_MIN when nothing is there. */
MUST_USE Status ledger_owed_since(Ctx *ctx, Text account, int64_t *ret_day);

/* "cash:token:7" for a token, otherwise "cash:server". */
Text ledger_cash_of(Ctx *ctx, const Actor *actor);

#endif
