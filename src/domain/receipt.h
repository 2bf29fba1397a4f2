/* Receipts are numbered by book; a book belongs to one collector or to the server, for one
 * financial year (April to March). */
#ifndef DOMAIN_RECEIPT_H
#define DOMAIN_RECEIPT_H

#include "domain/member.h"

typedef struct Receipt {
    int64_t book, number, financial_year;
} Receipt;

/* What a book is issued for. */
typedef struct ReceiptBookFor {
    int64_t unit_id; /* where it is used; 0: anywhere */
    int64_t until;   /* 0: no end */
    Text label;      /* who holds it, as the office says; may be empty */
} ReceiptBookFor;

/* Begins the holder's book of a year; next: its first number that is free. A write. */
MUST_USE Status receipt_begin_book(Ctx *ctx, Text holder, const ReceiptBookFor *what, int64_t next,
                                   int64_t financial_year, int64_t *ret_book);
/* What fee_proof and payments say of a method: none cash demo gateway upi bank. */
Text receipt_method(FeeMethod method);
/* The next number of the holder's book of the year of a time, and where the book is used (0:
 * anywhere). A year's book is begun when there is none: for what the holder's last one was, the
 * first for the token's unit until the token's end. CONFLICT book_over when it was issued until an
 * earlier time. A write. */
MUST_USE Status receipt_next(Ctx *ctx, Text holder, int64_t at, Receipt *ret,
                             int64_t *ret_unit_id);
/* Records a fee received for a member of a unit: a payment row with the next receipt of the book
 * (for cash that a token takes the token's, otherwise the server's), and an entry in the ledger
 * from where the money is: the actor's cash, the gateway (FEE_DEMO), or what came in before. As
 * receipt_next; DENIED book_elsewhere {unit} for cash outside of the book's unit. A write. */
MUST_USE Status receipt_record(Ctx *ctx, int64_t serial, int64_t unit_id, FeeMethod method,
                               int64_t paise, int64_t at, Text *ret_receipt);
/* "GKC/26-27/B017/0042" in the arena. */
Text receipt_text(Ctx *ctx, const Receipt *receipt);
/* First year of the financial year of a time. */
int64_t receipt_financial_year(int64_t at, int64_t zone_offset_s);

#endif
