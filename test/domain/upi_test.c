/* Links that payment apps read (NPCI, UPI linking specification). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "domain/upi.h"

static void writes_links_that_apps_read(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Text link = upi_link(arena, T("gkc.fees@bank"), T("गो क & Co"), 1105, T("GKCF123"), T("fee"));
    assert_string_equal(arena_cstr(arena, link),
                        "upi://pay?pa=gkc.fees%40bank&pn=%E0%A4%97%E0%A5%8B%20%E0%A4%95%20%26%20Co"
                        "&am=11.05&cu=INR&tr=GKCF123&tn=fee");
    arena_delete(arena);
}

static void knows_addresses(void **state) {
    (void)state;
    static const char *const good[] = {"ab@upi", "gkc-fees_1.2@okicici"};
    static const char *const bad[] = {"", "@upi", "a@upi", "ab@", "ab@u", "a b@upi", "ab@upi?x=1",
                                      "ab@@upi", "ab@u-pi", "abupi"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(upi_vpa_is_valid(text_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(upi_vpa_is_valid(text_of(bad[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_links_that_apps_read),
        cmocka_unit_test(knows_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
