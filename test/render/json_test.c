/* A view as JSON: every kind, in order, escaped. */
#include "render/view.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

static void expect(Arena *arena, const View *view, const char *wanted) {
    Buffer out = buffer_in(arena, 1 << 16);
    json_write(&out, view);
    buffer_byte(&out, 0);
    assert_string_equal(out.ptr, wanted);
}

static void writes_every_kind_in_order(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 18);
    View *view = view_new(arena);
    view_int(arena, view, "z", -1234567);
    view_bool(arena, view, "a", true);
    view_null(arena, view, "nothing");
    view_html(arena, view, "chart", T("<svg/>"));
    View *list = view_list(arena, view, "list");
    view_item_text(arena, list, T("गंगा"));
    view_bool(arena, view_item(arena, list), "no", false);
    (void)view_object(arena, view, "empty");
    expect(arena, view,
           "{\"z\":-1234567,\"a\":true,\"nothing\":null,\"list\":[\"गंगा\",{\"no\":false}],"
           "\"empty\":{}}");
    arena_delete(arena);
}

static void escapes_what_json_must(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 18);
    View *view = view_new(arena);
    view_text(arena, view, "t", T("\"\\/\n\x01\x1f<"));
    expect(arena, view, "{\"t\":\"\\\"\\\\/\\n\\u0001\\u001f\\u003c\"}");
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_every_kind_in_order),
        cmocka_unit_test(escapes_what_json_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
