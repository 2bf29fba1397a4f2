/* Status lists: places permute within a shard; the token is as the draft says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include <zlib.h>

#include "crypto/cbor.h"
#include "crypto/cose.h"
#include "crypto/status_list.h"

#define URI "https://gkc.example/status/0"

static Keyring ring;

static void places_permute(void **state) {
    (void)state;
    Arena *arena = arena_new(16 << 20);
    uint8_t *seen = arena_alloc(arena, STATUS_SHARD_ENTRIES);
    int64_t shard, index, in_order = 0;
    for (int64_t i = 0; i < 1 << 16; i++) {
        status_list_place(&ring, STATUS_SHARD_ENTRIES + i, &shard, &index);
        assert_int_equal(shard, 1);
        assert_in_range(index, 0, STATUS_SHARD_ENTRIES - 1);
        assert_int_equal(seen[index]++, 0); /* no place twice */
        in_order += index == i;
    }
    assert_true(in_order < 20);
    int64_t other_shard, other;
    int same = 0;
    for (int64_t i = 0; i < 1000; i++) { /* and each shard in another order */
        status_list_place(&ring, i, &shard, &index);
        status_list_place(&ring, i + 7 * STATUS_SHARD_ENTRIES, &other_shard, &other);
        assert_int_equal(other_shard, 7);
        same += index == other;
    }
    assert_true(same < 5);
    arena_delete(arena);
}

static Text lst_of(Text payload) {
    Cbor c = cbor_of(payload);
    CborMap claims = cbor_read_map(&c), list = {0};
    CborKey key;
    Text lst = TEXT_NONE;
    static const int64_t keys[] = {2, 4, 6, 65533, 65534};
    for (size_t i = 0; i < 5; i++) {
        assert_true(cbor_map_next(&c, &claims, &key) && key.number == keys[i]);
        if (i == 0) assert_true(text_eq(cbor_read_text(&c), T(URI)));
        if (i == 1) assert_int_equal(cbor_read_int(&c), 1790000000 + 2 * 3600);
        if (i == 2) assert_int_equal(cbor_read_int(&c), 1790000000);
        if (i == 4) assert_int_equal(cbor_read_int(&c), 3600);
        if (i != 3) continue;
        list = cbor_read_map(&c);
        assert_true(cbor_map_next(&c, &list, &key) && text_eq(key.text, T("lst")));
        lst = cbor_read_bytes(&c);
        assert_true(cbor_map_next(&c, &list, &key) && text_eq(key.text, T("bits")));
        assert_int_equal(cbor_read_int(&c), 1);
    }
    assert_true(cbor_done(&c) && !claims.left && !list.left);
    return lst;
}

static void token(void **state) {
    (void)state;
    Arena *arena = arena_new(16 << 20);
    uint8_t *bits = arena_alloc(arena, STATUS_SHARD_ENTRIES / 8);
    uint8_t *again = arena_alloc(arena, STATUS_SHARD_ENTRIES / 8);
    CoseSign1 message;
    random_bytes(bits, STATUS_SHARD_ENTRIES / 8); /* the worst case for zlib */
    Text made = status_list_make(arena, &ring, T(URI), bits, 1790000000,
                                 3600);
    assert_true(cose_read(made, &message));
    assert_true(text_eq(message.type, T("application/statuslist+cwt")));
    assert_memory_equal(message.key_id.ptr, ring.signing[0].id, KEY_ID_BYTES);
    assert_true(cose_verify(arena, &message, ring.signing[0].public_key));
    assert_int_equal(message.header.ptr[0], (char)0xA3);
    assert_memory_equal(message.header.ptr + 13, "\x10\x78\x1A" "application/statuslist+cwt", 29);
    Text lst = lst_of(message.payload);
    uLongf len = STATUS_SHARD_ENTRIES / 8;
    assert_int_equal(uncompress(again, &len, (const Bytef *)lst.ptr, lst.len), Z_OK);
    assert_int_equal(len, STATUS_SHARD_ENTRIES / 8);
    assert_memory_equal(bits, again, STATUS_SHARD_ENTRIES / 8);
    Keyring other;
    keyring_generate(&other);
    assert_false(cose_verify(arena, &message, other.signing[0].public_key));
    memset(bits, 0, STATUS_SHARD_ENTRIES / 8);
    made = status_list_make(arena, &ring, T(URI), bits, 1790000000, 3600);
    assert_true(made.len < 600); /* nobody has left: next to nothing to send */
    arena_delete(arena);
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_permute), cmocka_unit_test(token)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
