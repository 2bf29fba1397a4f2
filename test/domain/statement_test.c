/* The readers: separators, quoting, encodings, line ends, limits; workbooks whole and hostile. */
#include "domain/statement.h"

#include "bare_ctx.h"

#include "statement_zip.h"

static Statement reads(Ctx *ctx, Text bytes) {
    Statement statement;
    Status status = statement_read(ctx, T("april.csv"), bytes, &statement);
    if (status != OK) print_error("%s\n", ctx->errors[0].message);
    assert_int_equal(status, OK);
    return statement;
}

static void refused(Ctx *ctx, Text bytes, const char *message) {
    Statement statement;
    assert_int_equal(statement_read(ctx, T("april.csv"), bytes, &statement), INVALID);
    if (strcmp(ctx->errors[0].message, message) != 0) print_error("%s\n", ctx->errors[0].message);
    assert_string_equal(ctx->errors[0].message, message);
    assert_true(text_eq(ctx->errors[0].args[0].value, T("april.csv")));
    ctx_forget_errors(ctx);
}

static void is_cell(const Statement *statement, int64_t row, int column, const char *expected) {
    assert_true(row < statement->rows_count);
    Text got = statement_cell(&statement->rows[row], column);
    if (!text_eq(got, text_of(expected)))
        print_error("row %d column %d: %.*s\n", (int)row, column, TEXT_ARG(got));
    assert_true(text_eq(got, text_of(expected)));
}

static void separators_and_line_ends(void **state) {
    static const char separators[] = {',', ';', '\t', '|'};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (int s = 0; s < 4; s++) {
        for (int e = 0; e < 3; e++) {
            char c = separators[s];
            Text bytes = arena_printf(((Ctx *)*state)->arena,
                                      "Account, of; some | kind%sDate%cNarration%cCredit%s%s"
                                      "02/04/2026%cUPI, a;b|c%c\"1,100.00\"%s"
                                      "03/04/2026%cx%c11%s",
                                      ends[e], c, c, ends[e], ends[e], c, c, ends[e], c, c,
                                      ends[e]);
            if (c == ',' || c == ';' || c == '|')
                bytes = arena_printf(((Ctx *)*state)->arena,
                                     "A%sDate%cNarration%cCredit%s%s"
                                     "02/04/2026%c\"UPI, a;b|c\"%c\"1,100.00\"%s03/04/2026%cx%c11",
                                     ends[e], c, c, ends[e], ends[e], c, c, ends[e], c, c);
            Statement got = reads(*state, bytes);
            assert_int_equal(got.separator, c);
            assert_int_equal(got.rows_count, 4);
            is_cell(&got, 1, 2, "Credit");
            is_cell(&got, 2, 1, "UPI, a;b|c");
            is_cell(&got, 2, 2, "1,100.00");
            is_cell(&got, 3, 2, "11");
            assert_int_equal(got.rows[1].line, 2);
            assert_int_equal(got.rows[2].line, 4);
        }
    }
}

static void marks_of_spreadsheets(void **state) {
    Statement got = reads(*state, T("sep=;\nDate;Ref;Credit\n2;=\"0123\";'412345678901\n"
                                    "\xC2\xA0x\xC2\xA0;\"a \"\"b\"\" c\";\"two\nlines\"\n4;5;6\n"));
    assert_int_equal(got.separator, ';');
    is_cell(&got, 1, 1, "0123");
    is_cell(&got, 1, 2, "412345678901");
    is_cell(&got, 2, 0, "x");
    is_cell(&got, 2, 1, "a \"b\" c");
    is_cell(&got, 2, 2, "two\nlines");
    assert_int_equal(got.rows[0].line, 2);
    assert_int_equal(got.rows[3].line, 6);
    is_cell(&got, 3, 2, "6");
    assert_int_equal(statement_cell(&got.rows[3], 3).len, 0);
    assert_int_equal(statement_cell(&got.rows[3], -1).len, 0);
}

/* One mark astray costs its own row and no other. */
static void a_mark_astray(void **state) {
    Ctx *ctx = *state;
    Text bytes = T("d,n,c\n1,\"ASHA \"DEVI\" OF X\",11\n2,\"never closed,11\n"
                   "3,\"a,b\",\"1,100\"\n");
    for (int i = 0; i < 40; i++)
        bytes = arena_printf(ctx->arena, "%.*s%d,x,7\n", TEXT_ARG(bytes), i);
    Statement got = reads(ctx, bytes);
    assert_int_equal(got.rows_count, 44);
    is_cell(&got, 1, 1, "ASHA \"DEVI\" OF X");
    is_cell(&got, 1, 2, "11");
    is_cell(&got, 3, 1, "a,b");
    is_cell(&got, 3, 2, "1,100");
    is_cell(&got, 43, 2, "7");
}

static Text wide(Arena *arena, Text ascii, bool big, bool mark) {
    char *out = arena_alloc(arena, ascii.len * 2 + 2);
    size_t len = 0;
    if (mark) {
        out[len++] = big ? '\xFE' : '\xFF';
        out[len++] = big ? '\xFF' : '\xFE';
    }
    for (size_t i = 0; i < ascii.len; i++) {
        out[len + (big ? 1 : 0)] = ascii.ptr[i];
        len += 2;
    }
    return (Text){out, len};
}

static void encodings(void **state) {
    Ctx *ctx = *state;
    Text plain = T("Date,Narration,Credit\n1,Asha Devi,11\n");
    for (int i = 0; i < 4; i++) {
        Statement got = reads(ctx, wide(ctx->arena, plain, i & 1, i & 2));
        assert_int_equal(got.rows_count, 2);
        is_cell(&got, 0, 0, "Date");
        is_cell(&got, 1, 1, "Asha Devi");
    }
    Statement got = reads(ctx, T("\xEF\xBB\xBF\"तारीख\",जमा,c\n1,2,3\n"));
    is_cell(&got, 0, 0, "तारीख");
    got = reads(ctx, T("Date,Narration,Credit\n1,Caf\xE9 \x80 5,11\n"));
    is_cell(&got, 1, 1, "Café € 5");
}

static void html_that_is_named_xls(void **state) {
    Ctx *ctx = *state;
    Text bytes = T("<html><head><style>td{color:red}</style><title>x</title></head><body>\n"
                   "<!-- <table><tr><td>not this --><TABLE border=1>\n"
                   "<tr><td colspan=\"3\">Statement of <b>A&amp;B</b> Club<td>end\n"
                   "<tr><th>Date</th><th>Narra<br>tion</th><th>Credit &#8377;</th>\n"
                   "<tr><td>21/11/2026<td>UPI/512345678901/asha\n  devi&nbsp;</td><td>11.00</td>"
                   "</tr><tr></tr></TABLE>text behind<table><tr><td>Total</td></tr></table>"
                   "</body></html>");
    Statement got = reads(ctx, bytes);
    assert_int_equal(got.rows_count, 4);
    is_cell(&got, 0, 0, "Statement of A&B Club");
    is_cell(&got, 0, 3, "end");
    is_cell(&got, 1, 1, "Narra tion");
    is_cell(&got, 1, 2, "Credit ₹");
    is_cell(&got, 2, 1, "UPI/512345678901/asha devi");
    is_cell(&got, 2, 2, "11.00");
    is_cell(&got, 3, 0, "Total");
    assert_int_equal(got.rows[2].line, 5);
    got = reads(ctx, wide(ctx->arena, T("<table><tr><td>a<td>b</table>"), false, true));
    is_cell(&got, 0, 1, "b");
    static const char *const not_simple[] = {
        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>",
        "<table><tr><td rowspan=2>a</td><td>b</td></tr></table>",
        "<?xml version=\"1.0\"?><Workbook><Table><Row><Cell><Data>1</Data></Cell></Row></Table>",
        "<html><body><p>Log in first</p></body></html>", "<table", "<table><tr><td", "<!--"};
    for (size_t i = 0; i < sizeof not_simple / sizeof *not_simple; i++)
        refused(ctx, text_of(not_simple[i]), "statement_save_again");
    char *row = arena_alloc(ctx->arena, 12000);
    memset(row, 'x', 9000);
    refused(ctx, arena_printf(ctx->arena, "<table><tr><td>%s", row), "statement_cell");
    refused(ctx, T("<table><tr><td colspan=128>a<td>b"), "statement_columns");
}

static void what_is_no_statement(void **state) {
    Ctx *ctx = *state;
    refused(ctx, T(""), "statement_empty");
    refused(ctx, T("\n\n,,,\n"), "statement_empty");
    refused(ctx, T("%PDF-1.7\n1 0 obj"), "statement_pdf");
    refused(ctx, T("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "statement_save_again");
    refused(ctx, T("\n <HTML><body><table>"), "statement_save_again");
    refused(ctx, T("a,b\0c\n"), "statement_save_again");
    refused(ctx, T("PK\3\4 and no archive"), "statement_xlsx");
}

static void limits(void **state) {
    Ctx *ctx = *state;
    char *long_cell = arena_alloc(ctx->arena, STATEMENT_CELL_BYTES_MAX + 3);
    memset(long_cell, 'a', STATEMENT_CELL_BYTES_MAX + 1);
    refused(ctx, arena_printf(ctx->arena, "x,y\n1,%s\n", long_cell), "statement_cell");
    long_cell[STATEMENT_CELL_BYTES_MAX] = 0;
    (void)reads(ctx, arena_printf(ctx->arena, "x,y\n1,%s\n", long_cell));
    char *many = arena_alloc(ctx->arena, STATEMENT_COLUMNS_MAX + 2);
    memset(many, ',', STATEMENT_COLUMNS_MAX);
    refused(ctx, arena_printf(ctx->arena, "%sx\n", many), "statement_columns");
    (void)reads(ctx, arena_printf(ctx->arena, "x%s\n", many));
    char *rows = arena_alloc(ctx->arena, 2 * (STATEMENT_ROWS_MAX + 1));
    for (int i = 0; i <= STATEMENT_ROWS_MAX; i++) memcpy(rows + (ptrdiff_t)i * 2, "1\n", 2);
    refused(ctx, text_bytes(rows, 2 * (STATEMENT_ROWS_MAX + 1)), "statement_rows");
    assert_int_equal(reads(ctx, text_bytes(rows, 2 * STATEMENT_ROWS_MAX)).rows_count,
                     STATEMENT_ROWS_MAX);
}

static void a_workbook(void **state) {
    Ctx *ctx = *state;
    Text rows = T(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><r><t>In"
        "</t></r><r><t>line &amp; more</t></r></is></c></row>"
        "<row r=\"5\"><c r=\"A5\" s=\"1\"><v>46114</v></c><c r=\"B5\" s=\"2\"><v>46114.4375</v></c>"
        "<c r=\"C5\"><v>412345678901</v></c><c r=\"D5\"><v>4.12345678901E11</v></c>"
        "<c r=\"E5\"><v>1234.4999999999998</v></c><c r=\"F5\" t=\"b\"><v>1</v></c>"
        "<c r=\"G5\" t=\"str\"><f>A1</f><v>made</v></c><c r=\"H5\" s=\"3\"><v>-11</v></c>"
        "<c r=\"I5\" t=\"e\"><v>#REF!</v></c><c r=\"J5\" t=\"d\"><v>2026-04-02</v></c></row>"
        "<row><c><v>7</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>99</v></c></row>");
    Text words = T("<si><t>Date</t></si><si><r><t>लाल </t></r><r><t>किताब</t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>");
    Statement got = reads(ctx, statement_zip_workbook(ctx->arena, rows, words));
    assert_int_equal(got.separator, 0);
    assert_int_equal(got.rows_count, 3);
    assert_int_equal(got.rows[0].line, 2);
    is_cell(&got, 0, 0, "Date");
    is_cell(&got, 0, 1, "");
    is_cell(&got, 0, 2, "Inline & more");
    assert_int_equal(got.rows[1].line, 5);
    static const char *const expected[] = {"2026-04-02", "2026-04-02 10:30", "412345678901",
                                           "412345678901", "1234.5", "", "made", "-11", "",
                                           "2026-04-02"};
    for (int i = 0; i < 10; i++) is_cell(&got, 1, i, expected[i]);
    assert_int_equal(got.rows[2].line, 6);
    is_cell(&got, 2, 0, "7");
    is_cell(&got, 2, 1, "लाल किताब");
    assert_int_equal(got.rows[2].count, 2);
}

static void hostile_workbooks(void **state) {
    Ctx *ctx = *state;
    Text row = T("<row><c><v>7</v></c></row>");
    Text whole = statement_zip_workbook(ctx->arena, row, T(""));
    assert_int_equal(reads(ctx, whole).rows_count, 1);
    for (size_t cut = 5; cut < whole.len; cut += 97)
        refused(ctx, text_slice(whole, 0, cut), "statement_xlsx");
    refused(ctx, statement_zip_workbook(ctx->arena, T("<row><c></row>"), T("")), "statement_xlsx");
    /* Entities, from inside or outside. */
    refused(ctx, statement_zip_workbook(ctx->arena, T("<row><c><v>&a;</v></c></row>"), T("")),
            "statement_xlsx");
    const StatementZipPart doctype[] = {
        {"xl/workbook.xml",
         T("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")},
        {"xl/_rels/workbook.xml.rels", T("<Relationships/>")},
    };
    refused(ctx, statement_zip_of(ctx->arena, doctype, 2), "statement_xlsx");
    /* Sixteen million spaces of nothing, packed to some thousand bytes. */
    char *spaces = arena_alloc(ctx->arena, 16 << 20);
    memset(spaces, ' ', 16 << 20);
    refused(ctx, statement_zip_workbook(ctx->arena, text_bytes(spaces, 16 << 20), T("")),
            "statement_xlsx");
    char deep[64 * 4 + 1];
    for (int i = 0; i < 64; i++) memcpy(deep + (ptrdiff_t)i * 4, "<ab>", 4);
    refused(ctx, statement_zip_workbook(ctx->arena, text_bytes(deep, sizeof deep - 1), T("")),
            "statement_xlsx");
    Text far = T("<row><c r=\"ZZ1\"><v>1</v></c></row>");
    refused(ctx, statement_zip_workbook(ctx->arena, far, T("")), "statement_columns");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(separators_and_line_ends, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(marks_of_spreadsheets, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(a_mark_astray, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(encodings, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(html_that_is_named_xls, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(what_is_no_statement, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(limits, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(a_workbook, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(hostile_workbooks, bare_ctx_make, bare_ctx_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
