/* The check code of a receipt: its number, and a tag that only the organisation's key makes, so
 * that a receipt on paper or a picture of one can be told from one that somebody drew. */
#ifndef CRYPTO_RECEIPT_CODE_H
#define CRYPTO_RECEIPT_CODE_H

#include "crypto/number.h"

enum {
    RECEIPT_CODE_TAG_CHARS = 8,
    RECEIPT_CODE_DIGITS_MAX = 9, /* of a book, and of a number in it */
    RECEIPT_CODE_MAX =
        NUMBER_CODE_MAX + 4 + 2 * (1 + RECEIPT_CODE_DIGITS_MAX) + 1 + RECEIPT_CODE_TAG_CHARS + 1,
};

typedef struct ReceiptCode {
    char code[NUMBER_CODE_MAX + 1]; /* the organisation's */
    int64_t year;                   /* 2026 for 26-27; 2000 to 2099 */
    int64_t book, number;           /* 1 to 999,999,999 */
    char tag[RECEIPT_CODE_TAG_CHARS + 1]; /* empty: a number alone */
} ReceiptCode;

/* "GKC2627B017R0042-7K3M9QWX" into out[RECEIPT_CODE_MAX], all of QR's alphanumeric characters:
 * number and 8 Crockford base32 characters, a 40-bit keyed BLAKE2b tag of organisation code, year,
 * book and number (the tag of receipt is not looked at). Returns its length. */
size_t receipt_code_make(const Keyring *ring, const ReceiptCode *receipt, char *out);
/* Reads that, or the number as it is printed ("GKC/26-27/B017/0042"), as people type it: case,
 * spaces, hyphens, digits of any Indian script. False when it is neither. */
bool receipt_code_parse(Text typed, ReceiptCode *ret);
/* Constant-time: is the tag that of this receipt? False without one. */
bool receipt_code_verify(const Keyring *ring, const ReceiptCode *receipt);

#endif
