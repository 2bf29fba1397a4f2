/* Claims of a card to bytes and back. Every map key is written in the order of its encoding. */
#include "crypto/card_claims.h"

#include "crypto/cbor.h"

enum {
    CLAIM_ISSUER = 1,
    CLAIM_EXPIRES = 4,
    CLAIM_NOT_BEFORE = 5,
    CLAIM_ISSUED = 6,
    CLAIM_IDENTITY = 169,
    CLAIM_STATUS = 65535,
};

enum {
    IDENTITY_NUMBER = 1,
    IDENTITY_VERSION = 2,
    IDENTITY_LANGUAGE = 3,
    IDENTITY_NAME = 4,
    IDENTITY_BIRTH_DATE = 8,
    IDENTITY_NAME_SECOND = 19,
    IDENTITY_LANGUAGE_SECOND = 20,
    IDENTITY_LOCATION = 21,
};

static void put_int_claim(Buffer *b, int64_t key, int64_t value) {
    cbor_put_int(b, key);
    cbor_put_int(b, value);
}

static void put_text_claim(Buffer *b, int64_t key, Text value) {
    if (!value.len) return;
    cbor_put_int(b, key);
    cbor_put_text(b, value);
}

static void put_identity(Buffer *b, const CardClaims *claims) {
    uint64_t absent = !claims->number.len + !claims->language.len + !claims->name.len +
                      !claims->birth_date.len + !claims->name_second.len +
                      !claims->language_second.len + !claims->location.len;
    cbor_put_int(b, CLAIM_IDENTITY);
    cbor_put_map(b, 8 - absent);
    put_text_claim(b, IDENTITY_NUMBER, claims->number);
    put_text_claim(b, IDENTITY_VERSION, T(CARD_CLAIMS_VERSION));
    put_text_claim(b, IDENTITY_LANGUAGE, claims->language);
    put_text_claim(b, IDENTITY_NAME, claims->name);
    put_text_claim(b, IDENTITY_BIRTH_DATE, claims->birth_date);
    put_text_claim(b, IDENTITY_NAME_SECOND, claims->name_second);
    put_text_claim(b, IDENTITY_LANGUAGE_SECOND, claims->language_second);
    put_text_claim(b, IDENTITY_LOCATION, claims->location);
}

static void put_status(Buffer *b, const CardClaims *claims) {
    cbor_put_int(b, CLAIM_STATUS);
    cbor_put_map(b, 1);
    cbor_put_text(b, T("status_list"));
    cbor_put_map(b, 2);
    cbor_put_text(b, T("idx"));
    cbor_put_int(b, claims->status_index);
    cbor_put_text(b, T("uri"));
    cbor_put_text(b, claims->status_uri);
}

void card_claims_write(Buffer *b, const CardClaims *claims) {
    cbor_put_map(b, 4u + !!claims->issuer.len + !!claims->expires_at);
    put_text_claim(b, CLAIM_ISSUER, claims->issuer);
    if (claims->expires_at) put_int_claim(b, CLAIM_EXPIRES, claims->expires_at);
    put_int_claim(b, CLAIM_NOT_BEFORE, claims->not_before);
    put_int_claim(b, CLAIM_ISSUED, claims->issued_at);
    put_identity(b, claims);
    put_status(b, claims);
}

static bool read_identity(Cbor *c, CardClaims *claims) {
    CborMap map = cbor_read_map(c);
    CborKey key;
    Text version = TEXT_NONE;
    while (cbor_map_next(c, &map, &key)) {
        if (key.is_text)
            cbor_skip(c);
        else if (key.number == IDENTITY_NUMBER)
            claims->number = cbor_read_text(c);
        else if (key.number == IDENTITY_VERSION)
            version = cbor_read_text(c);
        else if (key.number == IDENTITY_LANGUAGE)
            claims->language = cbor_read_text(c);
        else if (key.number == IDENTITY_NAME)
            claims->name = cbor_read_text(c);
        else if (key.number == IDENTITY_BIRTH_DATE)
            claims->birth_date = cbor_read_text(c);
        else if (key.number == IDENTITY_NAME_SECOND)
            claims->name_second = cbor_read_text(c);
        else if (key.number == IDENTITY_LANGUAGE_SECOND)
            claims->language_second = cbor_read_text(c);
        else if (key.number == IDENTITY_LOCATION)
            claims->location = cbor_read_text(c);
        else
            cbor_skip(c);
    }
    return !c->failed && text_eq(version, T(CARD_CLAIMS_VERSION)) && claims->number.len &&
           claims->language.len && claims->name.len;
}

static void read_status_list(Cbor *c, CardClaims *claims) {
    CborMap map = cbor_read_map(c);
    CborKey key;
    while (cbor_map_next(c, &map, &key)) {
        if (key.is_text && text_eq(key.text, T("idx")))
            claims->status_index = cbor_read_uint(c);
        else if (key.is_text && text_eq(key.text, T("uri")))
            claims->status_uri = cbor_read_text(c);
        else
            cbor_skip(c);
    }
}

static bool read_status(Cbor *c, CardClaims *claims) {
    CborMap map = cbor_read_map(c);
    CborKey key;
    claims->status_index = -1;
    while (cbor_map_next(c, &map, &key)) {
        if (key.is_text && text_eq(key.text, T("status_list")))
            read_status_list(c, claims);
        else
            cbor_skip(c);
    }
    return !c->failed && claims->status_index >= 0 && claims->status_uri.len;
}

bool card_claims_read(Text cbor, CardClaims *ret) {
    CardClaims claims = {.not_before = INT64_MIN, .issued_at = INT64_MIN};
    Cbor c = cbor_of(cbor);
    CborMap map = cbor_read_map(&c);
    CborKey key;
    bool identity = false, status = false;
    while (cbor_map_next(&c, &map, &key)) {
        if (key.is_text)
            cbor_skip(&c);
        else if (key.number == CLAIM_ISSUER)
            claims.issuer = cbor_read_text(&c);
        else if (key.number == CLAIM_EXPIRES)
            claims.expires_at = cbor_read_int(&c);
        else if (key.number == CLAIM_NOT_BEFORE)
            claims.not_before = cbor_read_int(&c);
        else if (key.number == CLAIM_ISSUED)
            claims.issued_at = cbor_read_int(&c);
        else if (key.number == CLAIM_IDENTITY)
            identity = read_identity(&c, &claims);
        else if (key.number == CLAIM_STATUS)
            status = read_status(&c, &claims);
        else
            cbor_skip(&c);
    }
    if (!cbor_done(&c) || !identity || !status || !claims.issuer.len ||
        claims.not_before == INT64_MIN || claims.issued_at == INT64_MIN)
        return false;
    *ret = claims;
    return true;
}
