/* Tokens: form, hashes apart by purpose, card addresses that need no store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "crypto/secret_token.h"

static Keyring ring;

static void tokens(void **state) {
    (void)state;
    char a[SECRET_TOKEN_CHARS], b[SECRET_TOKEN_CHARS], code[ONE_TIME_CODE_DIGITS];
    secret_token_make(a);
    secret_token_make(b);
    assert_memory_not_equal(a, b, sizeof a);
    for (size_t i = 0; i < sizeof a; i++)
        assert_non_null(memchr("0123456789abcdefghjkmnpqrstvwxyz", a[i], 32));
    unsigned seen = 0;
    for (int n = 0; n < 1000; n++) {
        one_time_code_make(code);
        for (size_t i = 0; i < sizeof code; i++) assert_in_range(code[i], '0', '9');
        seen |= 1u << (code[0] - '0');
    }
    assert_int_equal(seen, 0x3FF); /* leading zeros too */
}

static void hashes_are_apart(void **state) {
    (void)state;
    uint8_t a[SECRET_HASH_BYTES], b[SECRET_HASH_BYTES];
    secret_token_hash(&ring, T("token"), T("abc"), a);
    secret_token_hash(&ring, T("token"), T("abc"), b);
    assert_memory_equal(a, b, sizeof a);
    secret_token_hash(&ring, T("code"), T("abc"), b);
    assert_memory_not_equal(a, b, sizeof a);
    secret_token_hash(&ring, T("token"), T("abd"), b);
    assert_memory_not_equal(a, b, sizeof a);
    secret_token_hash(&ring, T("tokena"), T("bc"), b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void card_addresses(void **state) {
    (void)state;
    static const int64_t serials[] = {0, 1, 4294967296, 9999999999};
    for (size_t i = 0; i < sizeof serials / sizeof serials[0]; i++) {
        char out[CARD_TOKEN_CHARS], next[CARD_TOKEN_CHARS];
        Text token = {out, sizeof out};
        int64_t serial = -1;
        card_token_make(&ring, serials[i], 7, out);
        card_token_make(&ring, serials[i], 8, next);
        assert_memory_not_equal(out, next, sizeof out);
        assert_true(card_token_serial(&ring, token, &serial));
        assert_int_equal(serial, serials[i]);
        assert_true(card_token_verify(&ring, token, serial, 7));
        assert_false(card_token_verify(&ring, token, serial, 8));
        assert_false(card_token_verify(&ring, token, serial + 1, 7));
        assert_false(card_token_verify(&ring, (Text){next, sizeof next}, serial, 7));
        for (size_t at = 0; at < sizeof out; at++) {
            char right = out[at];
            out[at] = right == 'a' ? 'b' : 'a';
            assert_false(card_token_verify(&ring, token, serial, 7));
            out[at] = right;
        }
    }
}

static void guesses_claim_nobody(void **state) {
    (void)state;
    int64_t serial;
    int claimed = 0;
    for (int i = 0; i < 20000; i++) {
        char guess[SECRET_TOKEN_CHARS];
        secret_token_make(guess);
        claimed += card_token_serial(&ring, (Text){guess, sizeof guess}, &serial);
    }
    assert_true(claimed < 20); /* 10^10 of 2^48, about one in 28,000 */
    assert_false(card_token_serial(&ring, T(""), &serial));
    assert_false(card_token_serial(&ring, T("0123456789abcdefghjkmnpqrstvwxy"), &serial));
    assert_false(card_token_serial(&ring, T("0123456789abcdefghjkmnpqrstvwxy!"), &serial));
}

int main(void) {
    if (!crypto_start()) return 1;
    keyring_generate(&ring);
    const struct CMUnitTest tests[] = {cmocka_unit_test(tokens), cmocka_unit_test(hashes_are_apart),
                                       cmocka_unit_test(card_addresses),
                                       cmocka_unit_test(guesses_claim_nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
