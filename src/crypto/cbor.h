/* The part of CBOR (RFC 8949) that signed codes need, in its deterministic form (section 4.2.1)
 * both ways. Nothing is allocated: what is read are slices of what was given.
 * A reader fails once and for all: its values are then zero or empty, and cbor_done is false, so
 * that one checks at the end. Refused: indefinite lengths, longer forms than needed, map keys that
 * are doubled, out of order, or neither integer nor text, floats, unassigned simple values, text
 * that is not UTF-8, integers beyond int64_t, and more than CBOR_DEPTH levels. */
#ifndef CRYPTO_CBOR_H
#define CRYPTO_CBOR_H

#include "base/buffer.h"

enum { CBOR_DEPTH = 8 };

typedef struct Cbor {
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
} Cbor;

Cbor cbor_of(Text bytes);
/* All is read and nothing failed. */
bool cbor_done(const Cbor *c);

int64_t cbor_read_int(Cbor *c);
/* Not negative. */
int64_t cbor_read_uint(Cbor *c);
Text cbor_read_bytes(Cbor *c);
Text cbor_read_text(Cbor *c);
/* Fails unless an array of exactly count items, or that tag, comes next. */
void cbor_expect_array(Cbor *c, uint64_t count);
void cbor_expect_tag(Cbor *c, uint64_t tag);
/* Reads one item of any kind, strictly, and forgets it. */
void cbor_skip(Cbor *c);

typedef struct CborMap {
    uint64_t left;
    Text last_key; /* encoded */
} CborMap;

typedef struct CborKey {
    bool is_text;
    int64_t number; /* when it is not text */
    Text text;
} CborKey;

CborMap cbor_read_map(Cbor *c);
/* The next key; its value must then be read or skipped. false at the map's end or on failure. */
bool cbor_map_next(Cbor *c, CborMap *map, CborKey *ret);

/* Writing: shortest forms. The caller writes map keys in the order of their encoded bytes. */
void cbor_put_int(Buffer *b, int64_t value);
void cbor_put_bytes(Buffer *b, Text bytes);
void cbor_put_text(Buffer *b, Text text);
void cbor_put_array(Buffer *b, uint64_t count);
void cbor_put_map(Buffer *b, uint64_t pairs);
void cbor_put_tag(Buffer *b, uint64_t tag);

#endif
