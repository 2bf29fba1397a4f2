/* Receipts are numbered by book; a book belongs to one collector or to the server, for one
 * financial year (April to March). */
#ifndef DOMAIN_RECEIPT_H
#define DOMAIN_RECEIPT_H

#include "domain/member.h"

typedef struct Receipt {
    int64_t book, number, financial_year;
} Receipt;

/* The next number of the holder's book of this year, which is begun when there is none. CONFLICT
 * book_over when it was issued until an earlier time. A write. */
MUST_USE Status receipt_next(Ctx *ctx, Text holder, int64_t at, Receipt *ret);
/* What fee_proof and payments say of a method: none cash demo gateway upi bank. */
Text receipt_method(FeeMethod method);
/* Records a fee received for a member: a payment row with the next receipt of the actor's book (the
 * token's, otherwise the server's), and an entry in the ledger from where the money is: the actor's
 * cash, the gateway (FEE_DEMO), or what came in before. A write. */
MUST_USE Status receipt_record(Ctx *ctx, int64_t serial, FeeMethod method, int64_t paise,
                               int64_t at, Text *ret_receipt);
/* "GKC/26-27/B017/0042" in the arena. */
Text receipt_text(Ctx *ctx, const Receipt *receipt);
/* First year of the financial year of a time. */
int64_t receipt_financial_year(int64_t at, int64_t zone_offset_s);

#endif
