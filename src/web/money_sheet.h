/* The day book and the units' shares as sheets: for files at the desk and from the terminal. */
#ifndef WEB_MONEY_SHEET_H
#define WEB_MONEY_SHEET_H

#include "domain/ledger.h"
#include "domain/unit_share.h"
#include "render/sheet.h"

/* A day's entries, all or a part of them. */
typedef struct MoneyDay {
    int64_t day;
    LedgerEntry *entries;
    int count;
    int64_t all; /* entries of the day */
    int64_t debit, credit;         /* of all of them; for the page */
    int64_t day_before, day_after; /* on which money moved, or INT64_MIN; for the page */
} MoneyDay;

/* A row a line of each entry, and what they come to; the ctx's language first. */
void money_sheet_day(Ctx *ctx, const MoneyDay *day, Sheet *ret);
/* What every unit earned, was paid and is due, and all of them. */
void money_sheet_shares(Ctx *ctx, int64_t first, int64_t last, const UnitShareDue *due, int count,
                        Sheet *ret);

#endif
