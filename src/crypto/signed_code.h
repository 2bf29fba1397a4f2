/* The signed code of a card's back: claims → COSE_Sign1 → zlib → Base45, as the MOSIP QR
 * specification "Claim 169" v1.2.1 has it (formats.md "Signed code"). */
#ifndef CRYPTO_SIGNED_CODE_H
#define CRYPTO_SIGNED_CODE_H

#include "base/arena.h"
#include "crypto/card_claims.h"
#include "crypto/keyring.h"

/* A maker keeps its deflate state: making one costs more than the signature. One a thread. */
typedef struct SignedCodeMaker SignedCodeMaker;
SignedCodeMaker *signed_code_maker_new(void);
void signed_code_maker_delete(SignedCodeMaker *maker);

/* The code's text in the arena, signed with the ring's newest key; TEXT_NONE when the claims do not
 * fit LIMIT_INFLATED_BYTES or LIMIT_CODE_BYTES. maker may be NULL (a temporary one is made). */
Text signed_code_make(SignedCodeMaker *maker, Arena *arena, const Keyring *ring,
                      const CardClaims *claims);
/* The very bytes its signature covers, so that a benchmark's floor signs the same. */
Text signed_code_covered(Arena *arena, const Keyring *ring, const CardClaims *claims);

typedef enum SignedCodeResult {
    SIGNED_CODE_GOOD,
    SIGNED_CODE_NOT_ONE,    /* not Base45, zlib, COSE or claims as specified */
    SIGNED_CODE_UNKNOWN_KEY,
    SIGNED_CODE_FORGED,     /* the signature does not fit */
} SignedCodeResult;
/* Verifies against the ring's keys, retired ones too, and reads the claims (texts in the arena).
 * Dates are not judged here. Strict: duplicate keys, trailing bytes, longer forms than needed and
 * more than LIMIT_INFLATED_BYTES are NOT_ONE. A space is a letter of Base45: whoever trims what was
 * typed takes line ends only. */
SignedCodeResult signed_code_read(Arena *arena, const Keyring *ring, Text code, CardClaims *ret);
/* The same of the COSE message within, which is where hostile bytes are interesting. */
SignedCodeResult signed_code_read_cose(Arena *arena, const Keyring *ring, Text cose,
                                       CardClaims *ret);

/* JWK Set of the ring (RFC 7517, RFC 8037): canonical JSON in the arena. */
Text signed_code_jwks(Arena *arena, const Keyring *ring);

#endif
