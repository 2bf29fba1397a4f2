/* The list of bits by which a verifier learns that a card no longer counts, without asking about
 * that card. */
#include "crypto/status_list.h"

#include <libdeflate.h>

#include "base/buffer.h"
#include "crypto/cbor.h"
#include "crypto/cose.h"

enum { HALF_BITS = STATUS_SHARD_BITS / 2, HALF_MASK = (1 << HALF_BITS) - 1, ROUNDS = 4 };
enum { CLAIM_SUBJECT = 2, CLAIM_EXPIRES = 4, CLAIM_ISSUED = 6, CLAIM_LIST = 65533, CLAIM_TTL };

static uint32_t round_value(const Keyring *ring, int64_t shard, int round, uint32_t half) {
    uint8_t shard_bytes[8], round_bytes[8], half_bytes[8], tag[2];
    const Text parts[] = {T("status index"), keyring_part_int(shard, shard_bytes),
                          keyring_part_int(round, round_bytes),
                          keyring_part_int(half, half_bytes)};
    keyring_hash(ring, KEY_STATUS, parts, 4, tag, sizeof tag);
    return ((uint32_t)tag[0] | (uint32_t)tag[1] << 8) & HALF_MASK;
}

void status_list_place(const Keyring *ring, int64_t serial, int64_t *ret_shard,
                       int64_t *ret_index) {
    int64_t shard = serial >> STATUS_SHARD_BITS;
    uint32_t left = (uint32_t)(serial >> HALF_BITS) & HALF_MASK;
    uint32_t right = (uint32_t)serial & HALF_MASK;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t mixed = left ^ round_value(ring, shard, round, right);
        left = right;
        right = mixed;
    }
    *ret_shard = shard;
    *ret_index = (int64_t)left << HALF_BITS | right;
}

static Text compress_bits(Arena *arena, const uint8_t *bits) {
    enum { SMALLEST = 12, BYTES = STATUS_SHARD_ENTRIES / 8 };
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(SMALLEST);
    if (!deflater) abort(); /* out of memory */
    size_t room = libdeflate_zlib_compress_bound(deflater, BYTES);
    uint8_t *out = arena_alloc(arena, room);
    size_t len = libdeflate_zlib_compress(deflater, bits, BYTES, out, room);
    libdeflate_free_compressor(deflater);
    return text_bytes(out, len);
}

Text status_list_make(Arena *arena, const Keyring *ring, Text uri, const uint8_t *bits,
                      int64_t issued_at, int64_t ttl_s) {
    enum { AROUND_BYTES = 128 };
    Text list = compress_bits(arena, bits);
    Buffer b = buffer_in(arena, list.len + uri.len + AROUND_BYTES);
    cbor_put_map(&b, 5);
    cbor_put_int(&b, CLAIM_SUBJECT);
    cbor_put_text(&b, uri);
    cbor_put_int(&b, CLAIM_EXPIRES);
    cbor_put_int(&b, issued_at + 2 * ttl_s);
    cbor_put_int(&b, CLAIM_ISSUED);
    cbor_put_int(&b, issued_at);
    cbor_put_int(&b, CLAIM_LIST);
    cbor_put_map(&b, 2);
    cbor_put_text(&b, T("lst")); /* shorter, so before "bits" */
    cbor_put_bytes(&b, list);
    cbor_put_text(&b, T("bits"));
    cbor_put_int(&b, 1);
    cbor_put_int(&b, CLAIM_TTL);
    cbor_put_int(&b, ttl_s);
    return cose_make(arena, &ring->signing[0], T("application/statuslist+cwt"), buffer_text(&b));
}
