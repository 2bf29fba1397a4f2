/* Every tag of the template language, and what it refuses. */
#include "render/template.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

#include "base/log.h"

static const char *rendered(Arena *arena, const char *name, const View *view) {
    Buffer out = buffer_in(arena, 1 << 16);
    assert_int_equal(template_render(&out, arena, LANG_EN, name, view), OK);
    buffer_byte(&out, 0);
    return out.ptr;
}

static View *features(Arena *arena, bool people) {
    View *view = view_new(arena);
    view_text(arena, view, "title", T("<a href='x'>\"&\">"));
    view_int(arena, view, "outer", 1234567);
    View *list = view_list(arena, view, "people");
    for (int i = 0; people && i < 2; i++) {
        View *person = view_item(arena, list);
        view_text(arena, person, "name", i ? T("Gita") : T("Sita"));
        view_text(arena, view_object(arena, person, "town"), "name", T("काशी"));
        view_bool(arena, person, "first", i == 0);
    }
    View *words = view_list(arena, view, "words");
    view_item_text(arena, words, T("a"));
    view_item_text(arena, words, T("<"));
    view_text(arena, view_object(arena, view, "here"), "deep", T("deep"));
    view_html(arena, view, "markup", T("<b>bold</b>"));
    return view;
}

static void renders_every_tag(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    const char *escaped = "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&gt;";
    Text wanted = arena_printf(arena,
                               "<p title=\"%s\">%s</p>\n"
                               "<li>Sita काशी 12,34,567 first</li>\n<li>Gita काशी 12,34,567</li>\n"
                               "[a][&lt;]\ndeepabsent\n<b>bold</b><i>12,34,567</i>\n\n",
                               escaped, escaped);
    assert_string_equal(rendered(arena, "features", features(arena, true)), wanted.ptr);
    assert_non_null(strstr(rendered(arena, "features", features(arena, false)), "<p>none</p>"));
    arena_delete(arena);
}

static void writes_sentences_with_arguments(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    View *view = view_new(arena);
    view_text(arena, view, "count", T("<18>"));
    assert_string_equal(rendered(arena, "sentence", view),
                        "January Members must be at least &lt;18&gt; years old.\n");
    arena_delete(arena);
}

static void refuses_what_the_view_lacks(void **state) {
    (void)state;
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_in(arena, 1 << 16);
    View *view = view_new(arena);
    view_text(arena, view, "title", T("<b>"));
    assert_int_equal(template_render(&out, arena, LANG_HI, "lacking", view), INVALID);
    assert_int_equal(template_render(&out, arena, LANG_HI, "raw_text", view), INVALID);
    assert_int_equal(template_render(&out, arena, LANG_HI, "no_such", view), NOT_FOUND);
    assert_true(template_exists("part"));
    assert_false(template_exists("par"));
    arena_delete(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders_every_tag),
        cmocka_unit_test(writes_sentences_with_arguments),
        cmocka_unit_test(refuses_what_the_view_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
