/* A receipt says in both languages what was paid, and its code can be read from the print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "card_tools.h"
#include "render/amount_words.h"
#include "render/receipt_pdf.h"

static Arena *arena;
static Ctx ctx;

static void spells_amounts_in_lakhs(void **state) {
    (void)state;
    static const struct {
        int64_t paise;
        const char *en, *hi;
    } known[] = {
        {0, "Rupees zero only", "शून्य रुपये मात्र"},
        {100, "Rupee one only", "एक रुपया मात्र"},
        {1100, "Rupees eleven only", "ग्यारह रुपये मात्र"},
        {1150, "Rupees eleven and fifty paise only", "ग्यारह रुपये पचास पैसे मात्र"},
        {12345600, "Rupees one lakh twenty-three thousand four hundred fifty-six only",
         "एक लाख तेईस हज़ार चार सौ छप्पन रुपये मात्र"},
        {1000000000, "Rupees one crore only", "एक करोड़ रुपये मात्र"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_string_equal(
            arena_cstr(arena, amount_words(arena, LANG_EN, known[i].paise)), known[i].en);
        assert_string_equal(
            arena_cstr(arena, amount_words(arena, LANG_HI, known[i].paise)), known[i].hi);
    }
    assert_true(amount_words(arena, LANG_EN, INT64_MAX).len < 600);
}

static ReceiptFace face_of(void) {
    return (ReceiptFace){
        .organisation = {T("पुस्तकालय मित्र मंडल"), T("Friends of the Library")},
        .title = {T("रसीद"), T("Receipt")},
        .accent = 0xf0a202,
        .number = T("GKC/26-27/B017/0042"),
        .rows = {{{T("किनसे मिले"), T("Received from")}, {T("आशा देवी"), T("Asha Devi")}},
                 {{T("रकम शब्दों में"), T("Amount in words")},
                  {T("ग्यारह रुपये मात्र"), T("Rupees eleven only")}}},
        .row_count = 2,
        .amount = T("₹11"),
        .check_url = T("HTTPS://LIBRARY.EXAMPLE/R/GKC2627B017R0042-7K3M9QWX"),
        .scan = {T("स्कैन कीजिए"), T("Scan to check")},
        .note = {T("यहीं जाँचिए"), T("Check it here only")},
        .helpline = T("Helpline 1800"),
    };
}

static void assert_says(Text words, const char *wanted) {
    if (!memmem(words.ptr, words.len, wanted, strlen(wanted))) {
        print_error("%s is not in: %.*s\n", wanted, TEXT_ARG(words));
        assert_true(false);
    }
}

static void says_it_in_both_languages(void **state) {
    (void)state;
    if (!card_tools_have("pdftotext")) skip();
    ReceiptFace face = face_of();
    Buffer pdf = buffer_in(arena, 2 << 20), words = buffer_in(arena, 1 << 16);
    assert_int_equal(receipt_pdf_write(&ctx, NULL, &face, &pdf), OK);
    const char *const argv[] = {"pdftotext", "-layout", "@", "-", NULL};
    assert_true(card_tools_run(argv, buffer_text(&pdf), &words));
    static const char *const wanted[] = {
        "पुस्तकालय मित्र मंडल", "Friends of the Library", "आशा देवी", "Asha Devi",
        "ग्यारह रुपये मात्र", "Rupees eleven only", "GKC/26-27/B017/0042", "₹11",
        "Helpline 1800",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_says(buffer_text(&words), wanted[i]);
    Text once = buffer_text(&words);
    assert_null(memchr(once.ptr, '\f', once.len - 1)); /* one page */
}

static void its_code_can_be_read_from_a_bad_print(void **state) {
    (void)state;
    if (!card_tools_have("pdftoppm")) skip();
    ReceiptFace face = face_of();
    face.stamp = (ReceiptWords){T("पैसा लौटाया गया"), T("Money returned")};
    Buffer pdf = buffer_in(arena, 2 << 20), pgm = buffer_in(arena, 32 << 20);
    assert_int_equal(receipt_pdf_write(&ctx, NULL, &face, &pdf), OK);
    const char *const argv[] = {"pdftoppm", "-gray", "-r", "200", "@", NULL};
    assert_true(card_tools_run(argv, buffer_text(&pdf), &pgm));
    Picture page = card_tools_pgm(arena, buffer_text(&pgm));
    Picture copy = card_tools_degraded(arena, &page, 200);
    bool found = false;
    assert_int_equal(card_tools_codes(&copy, face.check_url, &found), 1);
    assert_true(found);
}

static int begin(void **state) {
    (void)state;
    arena = arena_new(256 << 20);
    ctx_init(&ctx, arena);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_delete(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_amounts_in_lakhs),
        cmocka_unit_test(says_it_in_both_languages),
        cmocka_unit_test(its_code_can_be_read_from_a_bad_print),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
