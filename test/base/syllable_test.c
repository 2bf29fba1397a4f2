/* Where written syllables end: a letter with its marks, and what a virama joins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/syllable.h"

static void first_is(const char *name, const char *wanted) {
    Text text = text_of(name);
    size_t start = syllable_start(text, 0);
    size_t end = start < text.len ? syllable_end(text, start) : start;
    assert_true(text_eq(text_slice(text, start, end - start), text_of(wanted)));
}

static void syllables(void **state) {
    (void)state;
    first_is("Asha", "A");
    first_is("E\xCC\x81mile", "E\xCC\x81");
    first_is("देवी", "दे");
    first_is("श्रीवास्तव", "श्री");
    first_is("ज्ञानेश्वरी", "ज्ञा");
    first_is("क्ष", "क्ष");
    first_is("(रानी)", "रा");
    first_is("র‍্যাব", "র‍্যা"); /* a joiner within */
    first_is("த்ரிஷா", "த்ரி");
    first_is("🌸 7", "");
    first_is("", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(syllables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
