/* Days and amounts as banks and spreadsheets in India write them. */
#ifndef DOMAIN_STATEMENT_VALUE_H
#define DOMAIN_STATEMENT_VALUE_H

#include "base/arena.h"

/* Above everything an account of a party may hold. */
#define STATEMENT_VALUE_PAISE_MAX INT64_C(1000000000000000)

typedef enum StatementSign {
    STATEMENT_SIGN_NONE,
    STATEMENT_SIGN_CREDIT, /* Cr, C, credit, deposit, जमा, payment, sale */
    STATEMENT_SIGN_DEBIT,  /* Dr, D, debit, withdrawal, नामे, refund, chargeback */
} StatementSign;

/* "1,23,456.50", "₹11", "Rs. 11.00", "11.00 Cr", "(11.00)", "11-", "११.००": paise, negative for
 * what is in parentheses or has a minus; *ret_sign for a word beside it. More than two decimals
 * only when they are zeros. false: no amount. */
bool statement_value_paise(Text t, int64_t *ret_paise, StatementSign *ret_sign);
/* A cell that only says which way the money went. */
StatementSign statement_value_sign(Text t);
/* "02/04/2026", "2-4-26", "02.04.2026", "02-Apr-2026", "2 April 2026", "Apr 2, 2026",
 * "2026-04-02", "20260402", each perhaps with a time behind it; Devanagari digits and months too.
 * month_first: "04/02/2026" is the second of April. Years 2000 to 2099. */
bool statement_value_day(Text t, bool month_first, int64_t *ret_day);
/* Lower-case letters and digits with one space between words, the rest gone; letters other than
 * ASCII as they are, Devanagari digits as ASCII. */
Text statement_value_words(Arena *arena, Text t);

#endif
