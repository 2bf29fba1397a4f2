/* Wrong tries: counted, forgiven one by one, kept apart, in memory that does not grow. Addresses of
 * clients too. */
#include "web_test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "web/client.h"
#include "web/rate_limit.h"

static RateLimits *limits_of(void **state) {
    Site *site = *state;
    return rate_limit_new(site->arena, &site->org.keys);
}

static void forgives_one_by_one(void **state) {
    RateLimits *limits = limits_of(state);
    Text client = T("7f000001");
    int64_t now = 1000;
    for (int i = 0; i < 9; i++)
        assert_int_equal(rate_limit_count(limits, T("any"), client, now), 0);
    assert_int_equal(rate_limit_count(limits, T("any"), client, now), 60);
    assert_int_equal(rate_limit_count(limits, T("any"), client, now), 60); /* no longer sentence */
    assert_int_equal(rate_limit_wait(limits, T("any"), client, now + 59), 1);
    assert_int_equal(rate_limit_wait(limits, T("any"), client, now + 60), 0);
    assert_int_equal(rate_limit_count(limits, T("any"), client, now + 60), 60);
    assert_int_equal(rate_limit_wait(limits, T("any"), client, now + 660), 0);
}

/* A clock that was ahead and is set right must not shut anybody out until then. */
static void forgives_when_the_clock_goes_back(void **state) {
    RateLimits *limits = limits_of(state);
    for (int i = 0; i < 10; i++) (void)rate_limit_count(limits, T("any"), T("back"), 100000000);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("back"), 1000), 60);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("back"), 1060), 0);
}

static void keeps_clients_and_purposes_apart(void **state) {
    RateLimits *limits = limits_of(state);
    for (int i = 0; i < 10; i++) (void)rate_limit_count(limits, T("any"), T("a"), 1000);
    assert_int_not_equal(rate_limit_wait(limits, T("any"), T("a"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("b"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("other"), T("a"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("check"), T("a"), 1000), 0);
}

/* A flood of clients takes no memory, and the guiltiest stays known. */
static void bounds_its_memory(void **state) {
    Site *site = *state;
    RateLimits *limits = limits_of(state);
    size_t before = arena_used(site->arena);
    for (int i = 0; i < 10; i++) (void)rate_limit_count(limits, T("any"), T("guilty"), 1000);
    for (int i = 0; i < 200000; i++) {
        char name[16];
        int len = snprintf(name, sizeof name, "%d", i);
        (void)rate_limit_count(limits, T("any"), (Text){name, (size_t)len}, 1000);
    }
    assert_int_equal(arena_used(site->arena), before);
    assert_int_not_equal(rate_limit_wait(limits, T("any"), T("guilty"), 1000), 0);
}

/* Who is given a /48 has 65,536 clients to be: they share what sixteen have. */
static void counts_networks(void **state) {
    RateLimits *limits = limits_of(state);
    Arena *arena = ((Site *)*state)->arena;
    int free_tries = 0;
    for (int i = 0; i < 400; i++) {
        Text client = arena_printf(arena, "20010db80001%04x", i);
        free_tries += rate_limit_count(limits, T("any"), client, 1000) == 0;
    }
    assert_in_range(free_tries, 100, 160);
    assert_int_not_equal(rate_limit_wait(limits, T("any"), T("20010db80001ffff"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("20010db80002ffff"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("20010db80001ffff/thing"), 1000), 0);
    for (int i = 0; i < 400; i++)
        (void)rate_limit_count(limits, T("any"),
                               arena_printf(arena, "20010db80001%04x/thing", i), 1000);
    assert_int_not_equal(rate_limit_wait(limits, T("any"), T("20010db80001ffff/thing"), 1000), 0);
    assert_int_equal(rate_limit_wait(limits, T("any"), T("20010db80001ffff/other"), 1000), 0);
    Text network, rest;
    assert_false(client_network(T("7f000001"), &network, &rest));
    assert_false(client_network(T("7f000001/0123456789abcdef"), &network, &rest));
}

static Text six(Arena *arena, const char *address, Text forwarded, bool trusted, bool *loopback) {
    struct sockaddr_in6 peer = {.sin6_family = AF_INET6};
    assert_int_equal(inet_pton(AF_INET6, address, &peer.sin6_addr), 1);
    return client_address(arena, (struct sockaddr *)&peer, forwarded, trusted, loopback);
}

static void cuts_addresses(void **state) {
    Arena *arena = ((Site *)*state)->arena;
    bool loopback;
    Text one = six(arena, "2001:db8:1:2:3::4", TEXT_NONE, false, &loopback);
    assert_false(loopback);
    assert_true(text_eq(one, six(arena, "2001:db8:1:2::1", TEXT_NONE, false, &loopback)));
    assert_false(text_eq(one, six(arena, "2001:db8:1:3::1", TEXT_NONE, false, &loopback)));
    Text mapped = six(arena, "::ffff:127.0.0.1", TEXT_NONE, false, &loopback);
    assert_true(loopback && text_eq(mapped, T("7f000001")));
    assert_true(text_eq(six(arena, "::1", T("10.0.0.9, 10.1.2.3"), true, &loopback),
                        T("0a010203")));
    assert_false(loopback); /* somebody stands behind a proxy */
    assert_false(text_eq(six(arena, "::1", T("10.1.2.3"), false, &loopback), T("0a010203")));
    Text own = six(arena, "::1", TEXT_NONE, false, &loopback);
    assert_true(loopback);
    assert_true(text_eq(six(arena, "::1", T("nonsense"), true, &loopback), own));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forgives_one_by_one),
        cmocka_unit_test(forgives_when_the_clock_goes_back),
        cmocka_unit_test(keeps_clients_and_purposes_apart),
        cmocka_unit_test(bounds_its_memory),
        cmocka_unit_test(counts_networks),
        cmocka_unit_test(cuts_addresses),
    };
    return cmocka_run_group_tests(tests, site_make, site_remove);
}
