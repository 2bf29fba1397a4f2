/* The numbers by which banks know a transfer: of UPI and IMPS (UTR, RRN) 12 digits; of NEFT and
 * RTGS 16 or 22 capital letters and digits, four letters of the bank first. */
#ifndef DOMAIN_STATEMENT_UTR_H
#define DOMAIN_STATEMENT_UTR_H

#include "base/text.h"

enum { STATEMENT_UTR_BYTES_MAX = 22 };

/* Is it a number as NEFT and RTGS make it, in capital letters? */
bool statement_utr_is_bank(Text utr);
/* The transfer's number within a narration or reference ("UPI/CR/412345678901/ASHA/SBIN",
 * "0000412345678901", "UPI412345678901", "NEFT-SBIN426012345678-ASHA"); one that stands behind
 * UPI, IMPS, UTR or RRN is taken before others. Its length in out, or 0. */
size_t statement_utr_find(Text narration, char out[STATEMENT_UTR_BYTES_MAX]);
/* What a payer typed, made comparable: without spaces and signs, "UTR" and leading zeros, letters
 * that look like digits as digits (O 0, I and L 1). The same is done to what banks write before
 * both are compared. 0: too short or long for any number of a transfer. */
size_t statement_utr_typed(Text typed, char out[STATEMENT_UTR_BYTES_MAX]);

#endif
