/* RFC 4231, test cases 1, 2 and 6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "crypto/hmac.h"
#include "crypto/keyring.h"

static void agrees(Text secret, Text body, const char *wanted) {
    char hex[HMAC_HEX_CHARS];
    hmac_sha256_hex(secret, body, hex);
    assert_memory_equal(hex, wanted, HMAC_HEX_CHARS);
    assert_true(hmac_sha256_is(secret, body, text_of(wanted)));
}

static void agrees_with_the_vectors(void **state) {
    (void)state;
    char key[131];
    memset(key, 0x0b, 20);
    agrees((Text){key, 20}, T("Hi There"),
           "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    agrees(T("Jefe"), T("what do ya want for nothing?"),
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    agrees((Text){key, sizeof key}, T("Test Using Larger Than Block-Size Key - Hash Key First"),
           "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void refuses_what_was_changed(void **state) {
    (void)state;
    char hex[HMAC_HEX_CHARS];
    hmac_sha256_hex(T("Jefe"), T("paid 1100"), hex);
    Text right = {hex, sizeof hex};
    assert_true(hmac_sha256_is(T("Jefe"), T("paid 1100"), right));
    assert_false(hmac_sha256_is(T("Jefe"), T("paid 1101"), right));
    assert_false(hmac_sha256_is(T("jefe"), T("paid 1100"), right));
    assert_false(hmac_sha256_is(T(""), T("paid 1100"), right));
    assert_false(hmac_sha256_is(T("Jefe"), T("paid 1100"), text_slice(right, 0, 63)));
    assert_false(hmac_sha256_is(T("Jefe"), T("paid 1100"), TEXT_NONE));
    hex[5] ^= 1;
    assert_false(hmac_sha256_is(T("Jefe"), T("paid 1100"), right));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_vectors),
        cmocka_unit_test(refuses_what_was_changed),
    };
    return crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
