/* The tree of values: names found whole, lists in order. */
#include "render/view.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

static void finds_children_by_whole_name(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    View *view = view_new(arena);
    view_int(arena, view, "name_alt", 1);
    view_text(arena, view, "name", T("Sita"));
    assert_int_equal(view_get(view, T("name"))->kind, VIEW_TEXT);
    assert_int_equal(view_get(view, T("name_alt"))->number, 1);
    assert_null(view_get(view, T("nam")));
    assert_null(view_get(view_get(view, T("name")), T("name")));
    arena_delete(arena);
}

static void lists_keep_their_order_and_count(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 16);
    View *list = view_list(arena, view_new(arena), "list");
    view_item_text(arena, list, T("a"));
    view_text(arena, view_item(arena, list), "x", T("b"));
    assert_int_equal(list->count, 2);
    assert_true(text_eq(list->first->text, T("a")));
    assert_true(text_eq(view_get(list->first->next, T("x"))->text, T("b")));
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_children_by_whole_name),
        cmocka_unit_test(lists_keep_their_order_and_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
