/* COSE_Sign1 (RFC 9052, tag 18) with Ed25519 alone: protected {1: -8, 4: key id} and, where given,
 * {16: type} (RFC 9596); unprotected {}; no external data. */
#ifndef CRYPTO_COSE_H
#define CRYPTO_COSE_H

#include "base/arena.h"
#include "crypto/keyring.h"

typedef struct CoseSign1 {
    Text header; /* protected, encoded */
    Text key_id; /* KEY_ID_BYTES */
    Text type;   /* or TEXT_NONE */
    Text payload;
    Text signature; /* 64 bytes */
} CoseSign1;

/* The signed message in the arena; TEXT_NONE when that is full. type may be empty. */
Text cose_make(Arena *arena, const SigningKey *key, Text type, Text payload);
/* Slices of bytes; false when they are not exactly such a message. Verifies nothing. */
bool cose_read(Text bytes, CoseSign1 *ret);
bool cose_verify(Arena *arena, const CoseSign1 *message, const uint8_t public_key[32]);
/* What the signature covers: ["Signature1", protected, h'', payload]. */
Text cose_signed_bytes(Arena *arena, Text header, Text payload);
/* The encoded protected header. */
Text cose_header(Arena *arena, const SigningKey *key, Text type);

#endif
