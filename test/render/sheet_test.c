/* A sheet's three faces say the same: PDF over several pages, workbook, CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#undef fail

#include "card_tools.h"
#include "render/sheet.h"

enum { ROWS = 120 };

static Arena *arena;
static Ctx ctx;

static Sheet sheet_of(int rows) {
    Sheet sheet = {.organisation = {T("पुस्तकालय मित्र मंडल"), T("Friends of the Library")},
                   .title = {T("साल 26-27 का हिसाब"), T("Account of the year 26-27")},
                   .accent = 0x34357a,
                   .note = {T("हिसाब बराबर है"), T("The books balance")},
                   .table_count = 1};
    SheetTable *t = &sheet.tables[0];
    t->title = (SheetText){T("पैसा कहाँ है"), T("Where the money lies")};
    t->first = (SheetText){T("कहाँ"), T("Where")};
    t->columns[0] = (SheetText){T("शुरू में"), T("At the beginning")};
    t->columns[1] = (SheetText){T("अंत में"), T("At the end")};
    t->column_count = 2;
    t->rows = ARENA_ARRAY(arena, SheetRow, rows);
    for (t->row_count = 0; t->row_count < rows; t->row_count++) {
        SheetRow *row = &t->rows[t->row_count];
        row->label.text = arena_printf(arena, "Unit \"%d\"", t->row_count);
        row->paise[0] = 12345600 + t->row_count;
        row->paise[1] = -150;
    }
    t->rows[0].label.text = T("=SUM(A1:A9)");
    return sheet;
}

static void assert_says(Text words, const char *wanted) {
    if (!memmem(words.ptr, words.len, wanted, strlen(wanted))) {
        print_error("%s is not there\n", wanted);
        assert_true(false);
    }
}

static void writes_amounts_as_in_india(void **state) {
    (void)state;
    assert_string_equal(arena_cstr(arena, sheet_amount(arena, 12345678901)), "12,34,56,789.01");
    assert_string_equal(arena_cstr(arena, sheet_amount(arena, -5)), "-0.05");
    assert_string_equal(arena_cstr(arena, sheet_amount(arena, 0)), "0.00");
    assert_string_equal(arena_cstr(arena, sheet_amount(arena, INT64_MIN)),
                        "-92,23,37,20,36,85,47,758.08");
}

static void goes_over_several_pages(void **state) {
    (void)state;
    if (!card_tools_have("pdftotext")) skip();
    Sheet sheet = sheet_of(ROWS);
    Buffer pdf = buffer_in(arena, 4 << 20), words = buffer_in(arena, 1 << 20);
    assert_int_equal(sheet_pdf(&ctx, NULL, &sheet, paper_to_buffer, &pdf), OK);
    const char *const argv[] = {"pdftotext", "-layout", "@", "-", NULL};
    assert_true(card_tools_run(argv, buffer_text(&pdf), &words));
    Text said = buffer_text(&words);
    int pages = 0, heads = 0;
    for (size_t i = 0; i < said.len; i++) pages += said.ptr[i] == '\f';
    for (size_t i = 0; i + 10 < said.len; i++) heads += memcmp(said.ptr + i, "At the end", 10) == 0;
    assert_true(pages >= 4);
    assert_int_equal(heads, pages);
    static const char *const wanted[] = {"पुस्तकालय मित्र मंडल", "Friends of the Library",
                                         "Unit \"119\"", "1,23,456.00", "-1.50",
                                         "The books balance"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) assert_says(said, wanted[i]);
}

static void a_workbook_holds_numbers(void **state) {
    (void)state;
    if (!card_tools_have("unzip")) skip();
    Sheet sheet = sheet_of(3);
    Buffer book = buffer_in(arena, 4 << 20), xml = buffer_in(arena, 1 << 20);
    assert_int_equal(sheet_xlsx(&ctx, &sheet, &book), OK);
    assert_memory_equal(book.ptr, "PK\003\004", 4);
    const char *const argv[] = {"unzip", "-p", "@", "xl/worksheets/sheet1.xml",
                                "xl/sharedStrings.xml", NULL};
    assert_true(card_tools_run(argv, buffer_text(&book), &xml));
    assert_says(buffer_text(&xml), "<v>123456.01</v>");
    assert_says(buffer_text(&xml), "<v>-1.5</v>");
    assert_says(buffer_text(&xml), "=SUM(A1:A9)</t>"); /* a text, no formula */
    assert_says(buffer_text(&xml), "Where the money lies");
    Text said = buffer_text(&xml);
    assert_null(memmem(said.ptr, said.len, "<f>", 3));
}

static void csv_is_no_formula(void **state) {
    (void)state;
    Sheet sheet = sheet_of(2);
    Buffer out = buffer_in(arena, 1 << 16);
    sheet_csv(&sheet, &out);
    assert_string_equal(arena_cstr(arena, buffer_text(&out)),
                        "\"पैसा कहाँ है\"\r\n\"कहाँ\",\"शुरू में\",\"अंत में\"\r\n"
                        "\" =SUM(A1:A9)\",123456.00,-1.50\r\n"
                        "\"Unit \"\"1\"\"\",123456.01,-1.50\r\n");
}

/* What is not known is no figure: a dash, or nothing where programs read. */
static void says_nothing_where_nothing_is_known(void **state) {
    (void)state;
    Sheet sheet = sheet_of(2);
    Buffer out = buffer_in(arena, 1 << 16);
    sheet.tables[0].rows[1].blank = 2;
    assert_string_equal(arena_cstr(arena, sheet_cell(arena, &sheet.tables[0].rows[1], 0)),
                        "1,23,456.01");
    assert_string_equal(arena_cstr(arena, sheet_cell(arena, &sheet.tables[0].rows[1], 1)), "–");
    sheet_csv(&sheet, &out);
    assert_says(buffer_text(&out), "\"Unit \"\"1\"\"\",123456.01,\r\n");
}

/* Texts between labels and amounts; lines of one entry say on paper what it was once. */
static void has_columns_of_text(void **state) {
    (void)state;
    Sheet sheet = sheet_of(2);
    SheetTable *t = &sheet.tables[0];
    Buffer csv = buffer_in(arena, 1 << 16);
    t->text_count = 2;
    t->text_heads[0].text = T("What");
    t->text_heads[1].text = T("Account");
    for (int i = 0; i < 2; i++) {
        t->rows[i].label.text = T("7");
        t->rows[i].texts[0].text = T("Fee of Asha");
        t->rows[i].texts[1].text = i ? T("Fees") : T("@Cash");
    }
    sheet_csv(&sheet, &csv);
    assert_says(buffer_text(&csv), ",\"What\",\"Account\",");
    assert_says(buffer_text(&csv), "\"7\",\"Fee of Asha\",\" @Cash\",123456.00,-1.50\r\n");
    if (!card_tools_have("pdftotext") || !card_tools_have("unzip")) skip();
    Buffer pdf = buffer_in(arena, 4 << 20), words = buffer_in(arena, 1 << 20);
    assert_int_equal(sheet_pdf(&ctx, NULL, &sheet, paper_to_buffer, &pdf), OK);
    const char *const argv[] = {"pdftotext", "-layout", "@", "-", NULL};
    assert_true(card_tools_run(argv, buffer_text(&pdf), &words));
    Text said = buffer_text(&words);
    const char *once = memmem(said.ptr, said.len, "Fee of Asha", 11);
    assert_non_null(once);
    size_t rest = said.len - (size_t)(once + 1 - said.ptr);
    assert_null(memmem(once + 1, rest, "Fee of Asha", 11));
    assert_says(said, "@Cash");
    Buffer book = buffer_in(arena, 4 << 20), xml = buffer_in(arena, 1 << 20);
    assert_int_equal(sheet_xlsx(&ctx, &sheet, &book), OK);
    const char *const unzip[] = {"unzip", "-p", "@", "xl/worksheets/sheet1.xml",
                                 "xl/sharedStrings.xml", NULL};
    assert_true(card_tools_run(unzip, buffer_text(&book), &xml));
    assert_says(buffer_text(&xml), "r=\"D6\"");
    assert_says(buffer_text(&xml), "Fee of Asha</t>");
}

static int begin(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
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
        cmocka_unit_test(writes_amounts_as_in_india),
        cmocka_unit_test(goes_over_several_pages),
        cmocka_unit_test(a_workbook_holds_numbers),
        cmocka_unit_test(csv_is_no_formula),
        cmocka_unit_test(says_nothing_where_nothing_is_known),
        cmocka_unit_test(has_columns_of_text),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
