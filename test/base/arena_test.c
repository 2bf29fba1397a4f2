/* Arenas, buffers: caps, deferred releases, overflow that stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail /* ours, base/ctx.h */

#include "base/buffer.h"
#include "base/ctx.h"

static int released;
static void count_release(void *resource) { released = released * 10 + *(int *)resource; }

static void caps_and_deferred(void **state) {
    (void)state;
    Arena *arena = arena_new(100000);
    int one = 1, two = 2;
    arena_defer(arena, count_release, &one);
    arena_defer(arena, count_release, &two);
    char *big = arena_try(arena, 50000);
    assert_non_null(big);
    assert_int_equal(big[49999], 0);
    assert_null(arena_try(arena, 60000));
    arena_clear(arena);
    assert_int_equal(released, 21); /* last first */
    assert_non_null(arena_try(arena, 60000));
    arena_delete(arena);
}

static void buffer_keeps_its_maximum(void **state) {
    (void)state;
    Buffer b = buffer_heap(10);
    buffer_add(&b, T("12345"));
    buffer_int(&b, -42);
    assert_false(b.overflowed);
    assert_true(text_eq(buffer_text(&b), T("12345-42")));
    buffer_add(&b, T("678"));
    assert_true(b.overflowed);
    buffer_byte(&b, 'x');
    assert_true(b.overflowed);
    buffer_free(&b);
    Buffer long_one = buffer_heap(5000);
    buffer_printf(&long_one, "%0600d", 7);
    assert_int_equal(long_one.len, 600);
    buffer_free(&long_one);
}

static void errors_are_kept_in_order(void **state) {
    (void)state;
    Arena *arena = arena_new(100000);
    Ctx ctx;
    ctx_init(&ctx, arena);
    assert_int_equal(fail(&ctx, INVALID, "pin", "pin_digits"), INVALID);
    fail_arg_int(&ctx, "digits", 6);
    (void)fail(&ctx, CONFLICT, NULL, "member_duplicate");
    assert_int_equal(ctx.error_count, 2);
    assert_string_equal(ctx.errors[0].field, "pin");
    assert_true(text_eq(ctx.errors[0].args[0].value, T("6")));
    for (int i = 0; i < 40; i++) (void)fail(&ctx, INVALID, NULL, "more");
    assert_int_equal(ctx.error_count, ERROR_MAX);
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(caps_and_deferred),
                                       cmocka_unit_test(buffer_keeps_its_maximum),
                                       cmocka_unit_test(errors_are_kept_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
