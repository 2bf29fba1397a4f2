/* What may be a name, and what becomes of what was pasted with it. */
#include "domain/name_check.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#undef fail

static Arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_delete(arena);
    return 0;
}

static void becomes(const char *typed, const char *name) {
    Ctx ctx;
    ctx_init(&ctx, arena);
    Text got = TEXT_NONE;
    assert_int_equal(name_check(&ctx, "name", text_of(typed), &got), OK);
    if (!text_eq(got, text_of(name))) {
        print_error("%s became %.*s\n", typed, TEXT_ARG(got));
        assert_true(false);
    }
}

static void refused(Text typed, const char *message) {
    Ctx ctx;
    ctx_init(&ctx, arena);
    Text got = TEXT_NONE;
    assert_int_equal(name_check(&ctx, "name_alt", typed, &got), INVALID);
    assert_string_equal(ctx.errors[0].message, message);
    assert_string_equal(ctx.errors[0].field, "name_alt");
    assert_null(got.ptr);
}

static void names_pass(void **state) {
    (void)state;
    becomes("Ramesh Kumar", "Ramesh Kumar");
    becomes("  रमेश \t कुमार\n", "रमेश कुमार");
    becomes("M. D'Souza-Rao (Retd.)", "M. D'Souza-Rao (Retd.)");
    becomes("Jose\xCC\x81", "Jos\xC3\xA9");
    becomes("محمد علی", "محمد علی");
    becomes("Asha 🌸", "Asha 🌸");
    becomes("श्री\xE2\x80\x8D", "श्री\xE2\x80\x8D");
    becomes("क", "क");
}

static void what_no_card_can_show_is_refused(void **state) {
    (void)state;
    static const char *const names[] = {"王小明", "さくら", "サクラ", "김민수", "ꆈꌠ", "Ｒａｍ",
                                        "Ram 王", "ㄅㄆ"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        refused(text_of(names[i]), "name_wide");
    becomes("ᱥᱟᱱᱛᱟᱞ", "ᱥᱟᱱᱛᱟᱞ"); /* Santali */
    becomes("བསྟན་འཛིན", "བསྟན་འཛིན"); /* Tibetan */
}

static void invisible_signs_go(void **state) {
    (void)state;
    becomes("Ra\xE2\x80\xAEmesh", "Ramesh");          /* override of direction */
    becomes("\xEF\xBB\xBFRam\xE2\x80\x8B", "Ram");    /* BOM, zero-width space */
    becomes("Ra\xE2\x80\x8Dm", "Ram");                /* a joiner that joins nothing */
    becomes("Jose\xE2\x80\x8B\xCC\x81", "Jos\xC3\xA9"); /* and then composed */
}

static void others_are_refused(void **state) {
    (void)state;
    refused(T(""), "name_missing");
    refused(T(" \t"), "name_missing");
    refused(T("\xE2\x80\xAE"), "name_missing");
    refused(T("Ram\xFF"), "name_not_text");
    refused((Text){"Ram\0a", 5}, "name_not_text");
    refused(T("Ram\x01"), "name_signs");
    refused(T("<b>Ram"), "name_signs");
    refused(T("Ram@x"), "name_signs");
    refused(T("9876543210"), "name_digits");
    refused(T("राम २"), "name_digits");
    refused(T("🌸🌸"), "name_letters");
    refused(T("..."), "name_letters");
    refused(T("Z\xCC\xB4\xCC\xB5\xCC\xB6\xCC\xB7\xCC\xB8\xCD\x9C"), "name_signs");
}

static void length_is_bounded(void **state) {
    (void)state;
    char name[2001];
    memset(name, 'a', sizeof name);
    refused((Text){name, 81}, "name_long");
    refused((Text){name, 2000}, "name_long");
    Ctx ctx;
    ctx_init(&ctx, arena);
    Text got;
    assert_int_equal(name_check(&ctx, "name", (Text){name, 80}, &got), OK);
    assert_int_equal(got.len, 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_pass), cmocka_unit_test(what_no_card_can_show_is_refused),
        cmocka_unit_test(invisible_signs_go),
        cmocka_unit_test(others_are_refused), cmocka_unit_test(length_is_bounded),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
