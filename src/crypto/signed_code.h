/* The signed code of a card's back: claims → COSE_Sign1 → zlib → Base45, as the MOSIP QR
 * specification "Claim 169" v1.2.1 has it (formats.md "Signed code"). */
#ifndef CRYPTO_SIGNED_CODE_H
#define CRYPTO_SIGNED_CODE_H

#include "base/arena.h"
#include "crypto/keyring.h"

typedef struct CardClaims {
    Text issuer;            /* 1: host of the organisation */
    int64_t expires_at;     /* 4; 0: absent */
    int64_t not_before;     /* 5 */
    int64_t issued_at;      /* 6 */
    int64_t status_index;   /* 65535.status_list.idx */
    Text status_uri;        /* 65535.status_list.uri */
    Text number;            /* 169.1 "GKC-204-7719-0350" */
    Text language;          /* 169.3 ISO 639-3: "eng", "hin" */
    Text name;              /* 169.4 */
    Text birth_date;        /* 169.8 "YYYYMMDD" or empty: absent */
    Text name_second;       /* 169.19 or empty */
    Text language_second;   /* 169.20 or empty */
    Text location;          /* 169.21 unit code, or empty */
} CardClaims;

/* A maker keeps its deflate state: making one costs more than the signature. One a thread. */
typedef struct SignedCodeMaker SignedCodeMaker;
SignedCodeMaker *signed_code_maker_new(void);
void signed_code_maker_delete(SignedCodeMaker *maker);

/* The code's text in the arena, signed with the ring's newest key; TEXT_NONE when the claims do not
 * fit LIMIT_INFLATED_BYTES. maker may be NULL (a temporary one is made). */
Text signed_code_make(SignedCodeMaker *maker, Arena *arena, const Keyring *ring,
                      const CardClaims *claims);

typedef enum SignedCodeResult {
    SIGNED_CODE_GOOD,
    SIGNED_CODE_NOT_ONE,    /* not Base45, zlib, COSE or claims as specified */
    SIGNED_CODE_UNKNOWN_KEY,
    SIGNED_CODE_FORGED,     /* the signature does not fit */
} SignedCodeResult;
/* Verifies against the ring's keys, retired ones too, and reads the claims (texts in the arena).
 * Dates are not judged here. Strict: duplicate keys, trailing bytes, longer forms than needed and
 * more than LIMIT_INFLATED_BYTES are NOT_ONE. */
SignedCodeResult signed_code_read(Arena *arena, const Keyring *ring, Text code, CardClaims *ret);

/* JWK Set of the ring (RFC 7517, RFC 8037): canonical JSON in the arena. */
Text signed_code_jwks(Arena *arena, const Keyring *ring);

#endif
