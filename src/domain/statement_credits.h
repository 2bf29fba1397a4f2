/* What came in, line by line of a statement, in one form whatever bank wrote it. */
#ifndef DOMAIN_STATEMENT_CREDITS_H
#define DOMAIN_STATEMENT_CREDITS_H

#include "crypto/digest.h"
#include "domain/statement_columns.h"

enum {
    STATEMENT_REFERENCES_MAX = 4,
    STATEMENT_REFERENCE_BYTES_MAX = 35, /* UPI linking specification: tr */
    STATEMENT_UNREAD_MAX = 20,
    STATEMENT_NARRATION_BYTES_MAX = 500,
};

typedef struct StatementCredit {
    int32_t line;
    int64_t day;   /* since 1970 */
    int64_t paise; /* above 0 */
    int64_t balance;
    bool has_balance;
    Text utr; /* 12 digits, or of NEFT and RTGS 16 or 22 letters and digits; may be empty */
    Text references[STATEMENT_REFERENCES_MAX]; /* capital letters and digits, each once */
    int reference_count;
    Text narration; /* one line; for the matcher and whoever settles: personal data */
    Text payer;
    Text gateway_id; /* "pay_…" in a report of Razorpay: its own id of the payment; or empty */
    /* The same for the same line of another file of the account: over day, amount, UTR or else
     * balance or else narration, and the how-manieth it is among such lines of its day. */
    uint8_t fingerprint[DIGEST_BYTES];
} StatementCredit;

typedef struct StatementCredits {
    StatementCredit *list; /* in the order of the file */
    int64_t count;
    int64_t sum_paise;
    int64_t first_day, last_day; /* of the credits; meaningless when there is none */
    int64_t debits;  /* lines that went out: passed over */
    int64_t failed;  /* payments that a provider says did not succeed: passed over */
    int64_t other;   /* lines without date or amount: preamble, totals, footer */
    int64_t unread;  /* lines with money whose date, amount or kind is not understood … */
    int32_t unread_lines[STATEMENT_UNREAD_MAX]; /* … the first of them: somebody must look */
} StatementCredits;

/* prefixes: with what the organisation's order references begin (at least 3 letters or digits).
 * Found in narration, reference and order column without regard to case. INVALID as
 * statement_columns_check; statement_no_credits when there is none; statement_large. */
MUST_USE Status statement_credits_find(Ctx *ctx, const Statement *statement,
                                       const StatementColumns *columns, const Text *prefixes,
                                       int prefix_count, StatementCredits *ret);

#endif
