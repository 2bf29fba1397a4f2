/* The keys of one organisation: one root secret, from which a key for each use is derived, and
 * its signing keys (Ed25519), the newest first. Lives in a key file outside the database. */
#ifndef CRYPTO_KEYRING_H
#define CRYPTO_KEYRING_H

#include "base/text.h"

enum {
    KEY_BYTES = 32,
    KEYRING_SIGNING_MAX = 8,
    KEY_ID_BYTES = 8,
    KEY_MARK_BYTES = 16,
};

/* One derived key a use, never shared between uses. The order is part of the format. */
typedef enum KeyUse {
    KEY_NUMBER = 1,  /* Feistel rounds of membership numbers; never changed */
    KEY_CHECK_TAG,   /* tag of the check code */
    KEY_CARD_TOKEN,  /* address of the card page */
    KEY_LOOKUP,      /* keyed hashes to find a phone or a person by */
    KEY_WRAP,        /* wraps members' own keys */
    KEY_STATUS,      /* index permutation of the status list */
    KEY_SECRET_HASH, /* hashes of API tokens, one-time codes, idempotency keys */
    KEY_SESSION,     /* cookies and CSRF tokens */
    KEY_RECEIPT,     /* personal data on receipts, and the codes that check them */
    KEY_ORDER,       /* references and addresses of orders */
    KEY_MARK,        /* tells which register the keys are of */
    KEY_USE_END
} KeyUse;

typedef struct SigningKey {
    uint8_t secret[64]; /* libsodium's form: seed ‖ public */
    uint8_t public_key[32];
    uint8_t id[KEY_ID_BYTES]; /* first 8 bytes of SHA-256(public key) */
    int64_t retired_at;       /* 0: signs; otherwise only verifies */
} SigningKey;

typedef struct Keyring {
    uint8_t use[KEY_USE_END][KEY_BYTES];
    SigningKey signing[KEYRING_SIGNING_MAX];
    int signing_count;
    uint8_t root[KEY_BYTES];
} Keyring;

/* libsodium's start-up; false when it has no randomness. Call once before anything of crypto. */
bool crypto_start(void);

/* New random root and one signing key. */
void keyring_generate(Keyring *ret);
/* Text form for the key file: "sangathan-keys 1\nroot <hex>\nsign <hex seed> <retired_at>\n"…
 * Returns the length, 0 when out_size is too small. */
size_t keyring_write(const Keyring *ring, char *out, size_t out_size);
/* false when the text is not of that form. */
bool keyring_read(Text text, Keyring *ret);
void keyring_wipe(Keyring *ring);
/* The signing key with that id, or NULL. */
const SigningKey *keyring_find(const Keyring *ring, const uint8_t id[KEY_ID_BYTES]);

/* Keyed BLAKE2b of parts, each preceded by its length as 8 bytes little-endian, so that no two
 * lists of parts give the same input. out_len 1-64. */
void keyring_hash(const Keyring *ring, KeyUse use, const Text *parts, int part_count, uint8_t *out,
                  size_t out_len);
/* An integer as a part of a hash: 8 bytes little-endian in out. */
Text keyring_part_int(int64_t value, uint8_t out[8]);

/* What a register keeps to know its keys again: says nothing of them, the same for ever. */
void keyring_mark(const Keyring *ring, uint8_t out[KEY_MARK_BYTES]);

/* Random bytes of the system; random_below is unbiased. */
void random_bytes(void *out, size_t len);
uint32_t random_below(uint32_t upper);
/* Constant-time equality of equally long secrets. */
bool secret_eq(const void *a, const void *b, size_t len);
void secret_wipe(void *ptr, size_t len);

#endif
