/* Secrets that people and programs carry: API tokens, card page addresses, one-time codes. */
#ifndef CRYPTO_SECRET_TOKEN_H
#define CRYPTO_SECRET_TOKEN_H

#include "base/arena.h"
#include "crypto/keyring.h"

enum {
    SECRET_HASH_BYTES = 16,
    SECRET_TOKEN_CHARS = 32, /* 20 bytes as Crockford base32, lower case */
    CARD_TOKEN_CHARS = 32,
    ONE_TIME_CODE_DIGITS = 6,
};

/* 160 random bits as 32 characters (no NUL). */
void secret_token_make(char out[SECRET_TOKEN_CHARS]);
/* What the store keeps instead: keyed hash under KEY_SECRET_HASH, purpose first ("token",
 * "code"). */
void secret_token_hash(const Keyring *ring, Text purpose, Text token,
                       uint8_t out[SECRET_HASH_BYTES]);
/* Six random digits, unbiased. */
void one_time_code_make(char out[ONE_TIME_CODE_DIGITS]);

/* Address of a card page: a 112-bit keyed tag of serial and generation, and the serial masked by a
 * keyed hash of that tag, so nothing needs to be stored or indexed: 20 bytes as 32 characters. */
void card_token_make(const Keyring *ring, int64_t serial, int64_t generation,
                     char out[CARD_TOKEN_CHARS]);
/* The serial it claims; false when it has not the form. The caller then loads the member's
 * generation and asks card_token_verify. */
bool card_token_serial(const Keyring *ring, Text token, int64_t *ret_serial);
bool card_token_verify(const Keyring *ring, Text token, int64_t serial, int64_t generation);

#endif
