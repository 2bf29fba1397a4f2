/* References and addresses of orders: found again, never guessed, never mixed up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "crypto/order_code.h"

static void finds_the_order_again(void **state) {
    (void)state;
    Keyring ring, other;
    keyring_generate(&ring);
    keyring_generate(&other);
    static const int64_t ids[] = {1, 2, 255, 65536, ORDER_ID_END - 1};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char reference[ORDER_REFERENCE_MAX], token[ORDER_TOKEN_CHARS];
        int64_t id = 0;
        size_t len = order_code_reference_make(&ring, T("GKC"), ids[i], reference);
        Text text = {reference, len};
        assert_int_equal(len, 20);
        for (size_t c = 0; c < len; c++)
            assert_true((reference[c] >= 'A' && reference[c] <= 'Z') ||
                        (reference[c] >= '0' && reference[c] <= '9'));
        assert_true(order_code_reference_read(&ring, T("GKC"), text, &id));
        assert_int_equal(id, ids[i]);
        assert_false(order_code_reference_read(&other, T("GKC"), text, &id));
        assert_false(order_code_reference_read(&ring, T("GKX"), text, &id));
        reference[9] = reference[9] == '7' ? '8' : '7';
        assert_false(order_code_reference_read(&ring, T("GKC"), text, &id));
        order_code_token_make(&ring, ids[i], token);
        assert_true(order_code_token_read(&ring, (Text){token, sizeof token}, &id));
        assert_int_equal(id, ids[i]);
        token[3] = token[3] == '7' ? '8' : '7';
        assert_false(order_code_token_read(&ring, (Text){token, sizeof token}, &id));
    }
}

static void reads_it_as_people_write_it(void **state) {
    (void)state;
    Keyring ring;
    char reference[ORDER_REFERENCE_MAX], typed[64];
    int64_t id = 0;
    keyring_generate(&ring);
    (void)order_code_reference_make(&ring, T("GKC"), 77, reference);
    size_t len = 0;
    for (size_t i = 0; reference[i]; i++) {
        if (i % 4 == 0) typed[len++] = i % 8 ? ' ' : '-';
        char c = reference[i];
        typed[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    assert_true(order_code_reference_read(&ring, T("GKC"), (Text){typed, len}, &id));
    assert_int_equal(id, 77);
    assert_false(order_code_reference_read(&ring, T("GKC"), T(""), &id));
    assert_false(order_code_token_read(&ring, TEXT_NONE, &id));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_order_again),
        cmocka_unit_test(reads_it_as_people_write_it),
    };
    return crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
