/* Who sends no whole head in time is shut out, whatever else the connection does; who sent one, or
 * waits only a little, is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "web/line.h"

enum { LONG_AGO_S = 25 };

static void a_late_head_is_shut_out(void **state) {
    (void)state;
    int late[2], heard[2], fresh[2];
    char byte;
    Arena *arena = arena_new(1 << 20);
    Ctx ctx;
    LineSet *set;
    ctx_init(&ctx, arena);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, late), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, heard), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fresh), 0);
    assert_int_equal(line_set_start(&ctx, arena, &set), OK);
    Line *a = line_begin(set, late[0]), *b = line_begin(set, heard[0]),
         *c = line_begin(set, fresh[0]);
    b->waits_since_ns = clock_monotonic_ns() - LONG_AGO_S * INT64_C(1000000000);
    line_heard(b);
    a->waits_since_ns = clock_monotonic_ns() - LONG_AGO_S * INT64_C(1000000000);
    assert_int_equal(read(late[1], &byte, 1), 0); /* waits for the end of the connection */
    struct pollfd others[] = {{.fd = heard[1], .events = POLLIN},
                              {.fd = fresh[1], .events = POLLIN}};
    assert_int_equal(poll(others, 2, 0), 0);
    line_answered(b);
    assert_true(b->waits_since_ns > a->waits_since_ns);
    line_end(set, a);
    line_end(set, c);
    line_end(set, b);
    assert_ptr_equal(line_begin(set, late[0]), b);
    line_end(set, b);
    line_set_stop(set);
    for (int i = 0; i < 2; i++) {
        (void)close(late[i]);
        (void)close(heard[i]);
        (void)close(fresh[i]);
    }
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_late_head_is_shut_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
