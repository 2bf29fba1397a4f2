/* What a card's signed code says: CWT claims (RFC 8392) and the identity map 169 of the MOSIP QR
 * specification v1.2.1, as deterministic CBOR (formats.md "Signed code"). */
#ifndef CRYPTO_CARD_CLAIMS_H
#define CRYPTO_CARD_CLAIMS_H

#include "base/buffer.h"

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

/* 169.2 */
#define CARD_CLAIMS_VERSION "1.0.0"

void card_claims_write(Buffer *b, const CardClaims *claims);
/* Texts are slices of cbor. Claims that are unknown are passed over; false when one that is always
 * written is missing, of the wrong type or empty, when the version is another, or when the CBOR is
 * not strict. */
bool card_claims_read(Text cbor, CardClaims *ret);

#endif
