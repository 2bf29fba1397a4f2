/* Membership numbers (docs: formats.md "Membership number"): CODE-ddd-dddd-dddd. */
#ifndef CRYPTO_NUMBER_H
#define CRYPTO_NUMBER_H

#include "base/arena.h"
#include "base/text.h"
#include "crypto/keyring.h"

enum {
    NUMBER_CODE_MAX = 5,
    NUMBER_DIGITS = 11,
    NUMBER_TEXT_MAX = NUMBER_CODE_MAX + 1 + NUMBER_DIGITS + 2 + 1, /* with NUL */
};
#define NUMBER_SERIAL_END INT64_C(10000000000)

typedef struct Number {
    char code[NUMBER_CODE_MAX + 1]; /* upper case */
    char digits[NUMBER_DIGITS + 1];
} Number;

/* The number of a serial 0 … 10^10-1: four-round Feistel over two halves 0…99,999, round function
 * keyed BLAKE2b (of round ‖ half) modulo 100,000, and a Damm digit. */
Number number_of_serial(const Keyring *ring, Text code, int64_t serial);
/* The serial of well-formed digits. */
int64_t number_serial(const Keyring *ring, const Number *number);
/* "GKC-204-7719-0350" into out[NUMBER_TEXT_MAX]; returns its length. */
size_t number_text(const Number *number, char *out);
Text number_text_in(Arena *arena, const Number *number);

typedef enum NumberParse { NUMBER_OK, NUMBER_NOT_ONE, NUMBER_WRONG_DIGIT } NumberParse;
/* Reads what people type: spaces, missing or other hyphens, lower case, Devanagari digits; the
 * letters may be missing (then default_code is taken, unless empty). NUMBER_WRONG_DIGIT when the
 * form is right and the check digit is not. */
NumberParse number_parse(Text typed, Text default_code, Number *ret);
/* The next letter or digit of what somebody typed, from *at on, which is moved behind it: letters
 * upper case, digits of any Indian script as ASCII; spaces, hyphens and dots are passed over.
 * 0 at the end, '?' for anything that belongs in no number. */
char number_next_symbol(Text typed, size_t *at);
/* The leading letters and digits of a number, up to and with the check digit; what comes behind
 * stays (from *at on). As number_parse otherwise. */
NumberParse number_parse_prefix(Text typed, size_t *at, Text default_code, Number *ret);
/* Damm check digit over decimal digits (H. M. Damm 2004, quasigroup of order 10). */
char number_damm(const char *digits, size_t count);

#endif
