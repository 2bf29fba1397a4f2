/* Books of numbered receipts: to whom each was issued, where, until when; what became of every
 * number; and the cash that lies with those who take it. */
#ifndef DOMAIN_RECEIPT_BOOK_H
#define DOMAIN_RECEIPT_BOOK_H

#include "domain/receipt.h"

typedef struct ReceiptBook {
    int64_t book, financial_year;
    Text holder;           /* "token:7" | "server" */
    Text label;            /* who that is, as the office says; may be empty */
    int64_t used, voided;  /* numbers: used + voided are all so far */
    int64_t unit_id;       /* 0: anywhere */
    Text unit_code, unit_en, unit_hi; /* as receipt_book_list reads them */
    int64_t issued_at, until; /* 0: never issued by hand; no end */
} ReceiptBook;

/* Issues this year's book to a collector (a token), begins it when there is none; again: changes
 * where, until when, label. INVALID book_until for a time that is over; NOT_FOUND
 * token_not_found; DENIED as treasury_scope_check, as for all writes here. A write. */
MUST_USE Status receipt_book_issue(Ctx *ctx, int64_t token_id, Text unit_code, int64_t until,
                                   Text label, ReceiptBook *ret);
/* Books after a number, at most max. */
MUST_USE Status receipt_book_list(Ctx *ctx, int64_t after, int max, ReceiptBook **ret,
                                  int *ret_count);
MUST_USE Status receipt_book_count(Ctx *ctx, int64_t *ret);
/* The book's next number will never be used (a spoiled slip), with a reason. NOT_FOUND
 * book_not_found. A write. */
MUST_USE Status receipt_book_void(Ctx *ctx, int64_t book, Text reason, Receipt *ret);
/* Cash that a collector hands in: to the "bank", or to the office's "cash:server". CONFLICT
 * deposit_too_much {have} when there is less. A write. */
MUST_USE Status receipt_book_deposit(Ctx *ctx, int64_t token_id, int64_t paise, Text to,
                                     Text note);

typedef struct ReceiptOwed {
    Text account;   /* "cash:token:7" */
    Text label;     /* of the token; may be empty */
    int64_t paise;  /* in hand */
    int64_t since;  /* day of the oldest of it */
} ReceiptOwed;
/* Everybody who has cash in hand; at most max. */
MUST_USE Status receipt_book_owed(Ctx *ctx, int max, ReceiptOwed **ret, int *ret_count);

#endif
