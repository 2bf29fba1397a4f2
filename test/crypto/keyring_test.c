/* Keys: the key file's form, derivation, hashes that cannot be confused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include <sodium.h>

#include "crypto/keyring.h"

/* RFC 8032, 7.1, TEST 1 and TEST 2: secret keys and their public keys. */
#define SEED_1 "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define PUBLIC_1 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define SEED_2 "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
#define ROOT "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define FILE_2 "sangathan-keys 1\nroot " ROOT "\nsign " SEED_2 " 0\nsign " SEED_1 " 1790000000\n"

static void file_is_read_as_published(void **state) {
    (void)state;
    Keyring ring;
    uint8_t public_key[32], digest[32];
    assert_true(keyring_read(T(FILE_2), &ring));
    assert_int_equal(ring.signing_count, 2);
    assert_int_equal(ring.signing[0].retired_at, 0);
    assert_int_equal(ring.signing[1].retired_at, 1790000000);
    assert_true(text_unhex(T(PUBLIC_1), public_key, 32));
    assert_memory_equal(ring.signing[1].public_key, public_key, 32);
    crypto_hash_sha256(digest, public_key, 32);
    assert_memory_equal(ring.signing[1].id, digest, KEY_ID_BYTES);
    assert_ptr_equal(keyring_find(&ring, digest), &ring.signing[1]);
    assert_null(keyring_find(&ring, public_key));
    /* RFC 8032 TEST 1: the signature of the empty message. */
    uint8_t signature[64], expected[64];
    assert_true(text_unhex(T("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8"
                             "821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
                           expected, 64));
    crypto_sign_detached(signature, NULL, NULL, 0, ring.signing[1].secret);
    assert_memory_equal(signature, expected, 64);
}

static void file_round_trips(void **state) {
    (void)state;
    Keyring ring, again;
    char out[2048], out_again[2048];
    keyring_generate(&ring);
    assert_int_equal(ring.signing_count, 1);
    size_t len = keyring_write(&ring, out, sizeof out);
    assert_true(len > 0);
    assert_true(keyring_read((Text){out, len}, &again));
    assert_memory_equal(ring.use, again.use, sizeof ring.use);
    assert_memory_equal(ring.signing[0].secret, again.signing[0].secret, 64);
    assert_int_equal(keyring_write(&again, out_again, sizeof out_again), len);
    assert_memory_equal(out, out_again, len);
    assert_true(keyring_read(T(FILE_2), &ring));
    assert_int_equal(keyring_write(&ring, out, sizeof out), T(FILE_2).len);
    assert_memory_equal(out, FILE_2, T(FILE_2).len);
    for (size_t size = 0; size <= T(FILE_2).len; size++)
        assert_int_equal(keyring_write(&ring, out, size), 0);
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    Keyring untouched, ring;
    keyring_generate(&untouched);
    ring = untouched;
    static const char *const bad[] = {
        "", "\n", "sangathan-keys 1\n", "sangathan-keys 1\nroot " ROOT "\n",
        "sangathan-keys 2\nroot " ROOT "\nsign " SEED_1 " 0\n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 " 0",
        "sangathan-keys 1\nroot " ROOT "00\nsign " SEED_1 " 0\n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 " \n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 " -1\n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 " 0 \n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 "\n",
        "sangathan-keys 1\nroot " ROOT "\nsign " SEED_1 " 0\n\n",
        "sangathan-keys 1\nroot " ROOT "\nsign x" SEED_1 " 0\n",
        "sangathan-keys 1\nsign " SEED_1 " 0\nroot " ROOT "\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(keyring_read(text_of(bad[i]), &ring));
    for (size_t len = 0; len < T(FILE_2).len; len++) { /* cut anywhere but after the first key */
        bool whole_line = len == T("sangathan-keys 1\nroot " ROOT "\nsign " SEED_2 " 0\n").len;
        if (!whole_line) assert_false(keyring_read((Text){FILE_2, len}, &ring));
    }
    assert_memory_equal(&ring, &untouched, sizeof ring);
}

static void too_many_keys_are_refused(void **state) {
    (void)state;
    char text[2048] = "sangathan-keys 1\nroot " ROOT "\n";
    size_t len = strlen(text);
    Keyring ring;
    for (int i = 1; i <= KEYRING_SIGNING_MAX + 1; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "sign " SEED_1 " 0\n");
        assert_int_equal(keyring_read((Text){text, len}, &ring), i <= KEYRING_SIGNING_MAX);
    }
}

static void each_use_has_its_own_key(void **state) {
    (void)state;
    Keyring ring;
    keyring_generate(&ring);
    for (int a = KEY_NUMBER; a < KEY_USE_END; a++) {
        assert_memory_not_equal(ring.use[a], ring.root, KEY_BYTES);
        for (int b = a + 1; b < KEY_USE_END; b++)
            assert_memory_not_equal(ring.use[a], ring.use[b], KEY_BYTES);
    }
    keyring_wipe(&ring);
    assert_true(sodium_is_zero((const uint8_t *)&ring, sizeof ring));
}

static void parts_cannot_be_shifted(void **state) {
    (void)state;
    Keyring ring;
    uint8_t a[64], b[64], expected[32], message[8 + 2 + 8 + 1] = {2};
    assert_true(keyring_read(T(FILE_2), &ring));
    const Text ab_c[] = {T("ab"), T("c")}, a_bc[] = {T("a"), T("bc")};
    const Text ab_c_[] = {T("ab"), T("c"), T("")};
    keyring_hash(&ring, KEY_LOOKUP, ab_c, 2, a, 32);
    keyring_hash(&ring, KEY_LOOKUP, a_bc, 2, b, 32);
    assert_memory_not_equal(a, b, 32);
    keyring_hash(&ring, KEY_LOOKUP, ab_c_, 3, b, 32);
    assert_memory_not_equal(a, b, 32);
    keyring_hash(&ring, KEY_SESSION, ab_c, 2, b, 32);
    assert_memory_not_equal(a, b, 32);
    memcpy(message + 8, "ab", 2);
    message[10] = 1;
    message[18] = 'c';
    crypto_generichash(expected, 32, message, sizeof message, ring.use[KEY_LOOKUP], KEY_BYTES);
    assert_memory_equal(a, expected, 32);
    for (size_t len = 1; len <= 64; len++) { /* nothing is written behind out_len */
        memset(b, 0xEE, sizeof b);
        keyring_hash(&ring, KEY_LOOKUP, ab_c, 2, b, len);
        for (size_t i = len; i < sizeof b; i++) assert_int_equal(b[i], 0xEE);
    }
}

static void randomness(void **state) {
    (void)state;
    uint8_t a[32], b[32];
    bool seen[6] = {false};
    random_bytes(a, 32);
    random_bytes(b, 32);
    assert_false(secret_eq(a, b, 32));
    assert_true(secret_eq(a, a, 32));
    for (int i = 0; i < 1000; i++) {
        uint32_t value = random_below(6);
        assert_true(value < 6);
        seen[value] = true;
    }
    for (int i = 0; i < 6; i++) assert_true(seen[i]);
}

int main(void) {
    if (!crypto_start()) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_is_read_as_published), cmocka_unit_test(file_round_trips),
        cmocka_unit_test(damaged_files_are_refused), cmocka_unit_test(too_many_keys_are_refused),
        cmocka_unit_test(each_use_has_its_own_key),  cmocka_unit_test(parts_cannot_be_shifted),
        cmocka_unit_test(randomness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
