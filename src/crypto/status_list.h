/* IETF Token Status List (draft-ietf-oauth-status-list), CWT form, for cards: one bit a card,
 * shards of 2^20, index a keyed permutation of the serial within its shard. */
#ifndef CRYPTO_STATUS_LIST_H
#define CRYPTO_STATUS_LIST_H

#include "base/arena.h"
#include "crypto/keyring.h"

enum { STATUS_SHARD_BITS = 20, STATUS_SHARD_ENTRIES = 1 << STATUS_SHARD_BITS };

/* Where the bit of a serial is: shard serial / 2^20, and an index in it that tells nobody who
 * joined when: four-round Feistel over two halves of 10 bits, keyed, other in every shard. */
void status_list_place(const Keyring *ring, int64_t serial, int64_t *ret_shard, int64_t *ret_index);
/* Signed CWT of bits (STATUS_SHARD_ENTRIES/8 bytes, least significant bit first): tag 18,
 * protected {1: -8, 4: kid, 16: "application/statuslist+cwt"}, claims 2 sub, 4 exp
 * (issued_at + 2 * ttl_s: a cache may hold it for ttl_s, and a verifier's copy as long again),
 * 6 iat, 65533 {"bits": 1, "lst": zlib}, 65534 ttl. */
Text status_list_make(Arena *arena, const Keyring *ring, Text uri, const uint8_t *bits,
                      int64_t issued_at, int64_t ttl_s);

#endif
