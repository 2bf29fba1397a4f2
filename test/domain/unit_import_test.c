/* Units from CSV: what is refused, that it names file and line, that nothing changes then, and that
 * a broken-off import goes on. */
#include "domain/unit_import.h"

#include "base/buffer.h"
#include "places_test.h"

#define HEAD "code,kind,parent,name_en,name_hi\n"

static Status import_file(Places *places, Text bytes, UnitImport *import) {
    TRY(unit_import_read(&places->ctx, T("units.csv"), bytes, import));
    TRY(places_read(places, unit_import_check_apply, import));
    while (import->done < import->count) {
        TRY(places_write(places, unit_import_chunk_apply, import));
        unit_import_chunk_committed(import);
    }
    return OK;
}

static Text error_arg(const Error *error, const char *name) {
    for (int i = 0; i < error->arg_count; i++)
        if (strcmp(error->args[i].name, name) == 0) return error->args[i].value;
    return TEXT_NONE;
}

static void refused(Places *places, Text bytes, const char *message, const char *line) {
    UnitImport import;
    int before = places_count(places);
    assert_int_equal(import_file(places, bytes, &import), INVALID);
    const Error *error = &places->ctx.errors[0];
    if (strcmp(error->message, message) != 0) print_error("%s\n", error->message);
    assert_string_equal(error->message, message);
    assert_string_equal(error->field, "file");
    assert_true(text_eq(error_arg(error, "file"), T("units.csv")));
    Text got = error_arg(error, "line");
    if (!text_eq(got, text_of(line))) print_error("%s: line %.*s\n", message, TEXT_ARG(got));
    assert_true(text_eq(got, text_of(line)));
    assert_int_equal(places_count(places), before);
}

static void what_the_file_shows(void **state) {
    (void)state;
    Places *p = places_make_loaded("community");
    refused(p, T("what,is,this\n1,2,3\n"), "unit_import_heading", "1");
    refused(p, T(""), "unit_import_empty", "");
    refused(p, T(HEAD), "unit_import_empty", "");
    refused(p, T(HEAD "AA-1,district,UP\n"), "unit_import_columns", "2");
    refused(p, T(HEAD "AA-1,district,UP,A,B,C\n"), "unit_import_columns", "2");
    refused(p, T(HEAD "aa,district,UP,A,B\n"), "unit_import_code", "2");
    refused(p, T(HEAD "AA-1,district,UP,,\n"), "unit_import_name", "2");
    refused(p, T(HEAD "AA-1,district,UP,\"a\nb\",\nAA-2,,,\n"), "unit_import_name", "2");
    refused(p, T(HEAD "AA-1,district,UP,A,\nAA-2,district,UP,\xFF\xFE,\n"), "unit_import_not_text",
            "3");
    refused(p, T(HEAD "\nAA-1,district,UP,\"never closed\n"), "unit_import_quotes", "3");
    refused(p, T(HEAD "AA-1,district,UP,A,\nAA-2,district,UP,B,\nAA-1,district,UP,A,\n"),
            "unit_import_double", "4");
    refused(p, T(HEAD "AA-1,district,UP,\"two\"\" lines\",\nAA-2,district\n"),
            "unit_import_columns", "3");
    char wide[600];
    memset(wide, 'a', sizeof wide);
    memcpy(wide, HEAD "AA-1,district,UP,", strlen(HEAD "AA-1,district,UP,"));
    memcpy(wide + sizeof wide - 2, ",\n", 2);
    refused(p, (Text){wide, sizeof wide}, "unit_import_name", "2");
    places_remove(p);
}

static void what_the_register_shows(void **state) {
    (void)state;
    Places *p = places_make_loaded("party");
    refused(p, T(HEAD "AA-1,planet,UP,A,\n"), "unit_import_kind", "2");
    refused(p, T(HEAD "AA-1,booth,UP-AC1,A,\nAA-2,booth,NOWHERE,A,\n"), "unit_import_parent", "3");
    refused(p, T(HEAD "AA-1,booth,,A,\n"), "unit_import_parent", "2");
    refused(p, T(HEAD "AA-1,ac,AA-2,A,\nAA-2,ac,AA-1,B,\n"), "unit_import_cycle", "2");
    refused(p, T(HEAD "AA-1,booth,AA-1,A,\n"), "unit_import_cycle", "2");
    refused(p, T(HEAD "AA-0,booth,AA-1,A,\nAA-1,ac,AA-2,A,\nAA-2,pc,AA-1,A,\n"),
            "unit_import_cycle", "3");
    refused(p, T(HEAD "AA-1,ac,UP-AC1,A,\n"), "unit_import_rank", "2");
    refused(p, T(HEAD "AA-1,ac,AA-2,A,\nAA-2,ac,UP-PC1,A,\n"), "unit_import_rank", "2");
    refused(p, T(HEAD "AA-1,booth,UP-AC1,A,\nUP-AC1,ac,UP-PC1,Other name,\n"),
            "unit_import_differs", "3");
    places_remove(p);
}

static void several_are_told_at_once(void **state) {
    (void)state;
    Places *p = places_make_loaded("party");
    UnitImport import;
    assert_int_equal(import_file(p, T(HEAD "AA-1,x,UP,A,\nAA-2,booth,UP,A,\nAA-3,y,UP,A,\n"),
                                 &import),
                     INVALID);
    assert_int_equal(p->ctx.error_count, 2);
    assert_true(text_eq(error_arg(&p->ctx.errors[1], "line"), T("4")));
    assert_true(text_eq(error_arg(&p->ctx.errors[1], "kind"), T("y")));
    Buffer many = buffer_in(p->arena, 10000);
    buffer_add(&many, T(HEAD));
    for (int i = 0; i < 100; i++) buffer_add(&many, T("bad,row\n"));
    assert_int_equal(import_file(p, buffer_text(&many), &import), INVALID);
    assert_int_equal(p->ctx.error_count, ERROR_MAX);
    places_remove(p);
}

static Status add_levels(Ctx *ctx, void *argument) {
    (void)argument;
    for (int i = 0; i < 15; i++) {
        UnitKind kind = {.kind = arena_printf(ctx->arena, "level%d", i), .rank = 10 + i,
                         .label_en = T("Level"), .label_hi = T("स्तर")};
        TRY(unit_kind_insert(ctx, &kind));
    }
    return OK;
}

static void deep_tree_is_refused(void **state) {
    (void)state;
    Places *p = places_make("party");
    assert_int_equal(places_write(p, add_levels, NULL), OK);
    Buffer deep = buffer_in(p->arena, 10000);
    buffer_add(&deep, T(HEAD "AA-0,level0,IN,A,\n"));
    for (int i = 1; i < 15; i++) buffer_printf(&deep, "AA-%d,level%d,AA-%d,A,\n", i, i, i - 1);
    refused(p, buffer_text(&deep), "unit_import_deep", "13");
    places_remove(p);
}

static void any_order_and_form_will_do(void **state) {
    (void)state;
    Places *p = places_make_loaded("party");
    int before = places_count(p);
    Text file = T("\xEF\xBB\xBF" "code,kind,parent,name_en,name_hi,reference\r\n"
                  "XX-AC1-B1,booth,XX-AC1,\"School, \"\"Old\"\" Road\",पाठशाला,1\r\n"
                  "\r\n"
                  "XX-AC1,ac,XX-PC1,Place,,\r\n"
                  "XX-PC1,pc,XX,Place,,\r\n"
                  " XX , state,IN,Land,भूमि,99");
    UnitImport import;
    assert_int_equal(import_file(p, file, &import), OK);
    assert_int_equal(import.count, 4);
    assert_int_equal(places_count(p), before + 4);
    Unit booth = places_unit(p, "XX-AC1-B1"), state_unit = places_unit(p, "XX");
    assert_true(text_eq(booth.name_en, T("School, \"Old\" Road")));
    assert_true(text_eq(booth.name_hi, T("पाठशाला")));
    assert_true(text_eq(booth.state_code, T("XX")));
    assert_true(text_eq(state_unit.reference, T("99")));
    assert_true(unit_is_within(&booth, state_unit.id));
    assert_int_equal(import_file(p, file, &import), OK);
    assert_int_equal(import.count, 0);
    assert_int_equal(import.present, 4);
    assert_int_equal(places_count(p), before + 4);
    places_remove(p);
}

/* A crash after the first chunk: the same file then brings the rest. */
static void broken_off_import_goes_on(void **state) {
    (void)state;
    Places *p = places_make_loaded("party");
    int before = places_count(p);
    Buffer file = buffer_in(p->arena, 1 << 20);
    buffer_add(&file, T(HEAD));
    for (int i = 0; i < 2500; i++)
        buffer_printf(&file, "UP-AC%d-B%d,booth,UP-AC%d,Booth %d,\n", i % 400 + 1, i,
                      i % 400 + 1, i);
    UnitImport import;
    ctx_forget_errors(&p->ctx);
    assert_int_equal(unit_import_read(&p->ctx, T("b.csv"), buffer_text(&file), &import), OK);
    assert_int_equal(places_read(p, unit_import_check_apply, &import), OK);
    assert_int_equal(places_write(p, unit_import_chunk_apply, &import), OK);
    assert_int_equal(places_count(p), before + UNIT_IMPORT_CHUNK_ROWS);
    assert_int_equal(import_file(p, buffer_text(&file), &import), OK);
    assert_int_equal(import.present, UNIT_IMPORT_CHUNK_ROWS);
    assert_int_equal(import.count, 2500 - UNIT_IMPORT_CHUNK_ROWS);
    assert_int_equal(places_count(p), before + 2500);
    places_remove(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_file_shows), cmocka_unit_test(what_the_register_shows),
        cmocka_unit_test(several_are_told_at_once), cmocka_unit_test(deep_tree_is_refused),
        cmocka_unit_test(any_order_and_form_will_do),
        cmocka_unit_test(broken_off_import_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
