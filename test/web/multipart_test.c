/* Forms with files: read as browsers send them, and anything that could be read in two ways not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "web/multipart.h"

#define HEAD "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
#define FILE_HEAD                                                                                  \
    "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a b.jpg\"\r\n"              \
    "Content-Type: image/jpeg\r\n\r\n"

static bool reads(Text body, MultipartPart *parts, int *count) {
    return multipart_read(body, T("b"), parts, count);
}

static void reads_fields_and_files(void **state) {
    (void)state;
    MultipartPart parts[MULTIPART_PARTS_MAX];
    int count;
    assert_true(reads(T(HEAD FILE_HEAD "\0\r\n--\r\n--a\r\n\r\n--b--\r\n"), parts, &count));
    assert_int_equal(count, 2);
    assert_true(text_eq(parts[0].name, T("csrf")) && text_eq(parts[0].value, T("abc")));
    assert_false(parts[0].is_file);
    assert_true(parts[1].is_file && text_eq(parts[1].name, T("photo")));
    assert_true(text_eq(parts[1].value, T("\0\r\n--\r\n--a\r\n")));
    assert_true(reads(T("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n--b--"),
                      parts, &count));
    assert_int_equal(parts[0].value.len, 0);
}

static void reads_the_boundary(void **state) {
    (void)state;
    Text boundary;
    assert_true(multipart_boundary(T("Multipart/Form-Data; boundary=\"a'b\""), &boundary));
    assert_true(text_eq(boundary, T("a'b")));
    const Text wrong[] = {
        T("multipart/form-data"), T("multipart/form-data; boundary="),
        T("multipart/form-data; boundary=a; boundary=b"), T("text/plain; boundary=a"),
        T("multipart/form-data; boundary=a b"), T("multipart/form-data; boundary=a\"b"),
        T("multipart/form-data; boundary="
          "0123456789012345678901234567890123456789012345678901234567890123456789x"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(multipart_boundary(wrong[i], &boundary));
}

static void refuses_what_can_be_read_in_two_ways(void **state) {
    (void)state;
    MultipartPart parts[MULTIPART_PARTS_MAX];
    int count;
    const Text wrong[] = {
        T(""), T("--b--\r\n"), T(HEAD), T(HEAD "--b"), T("before\r\n" HEAD "--b--\r\n"),
        T(HEAD "--b--\r\nbehind"), T(HEAD "--b--\r\n\r\n"), T(HEAD "--b --\r\n"),
        T(HEAD FILE_HEAD "cut short"),
        T("--b\nContent-Disposition: form-data; name=\"x\"\n\n1\n--b--\n"),
        T("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=x\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
          "Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
          "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--b--"),
        T("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n folded\r\n\r\n1\r\n--b--"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (reads(wrong[i], parts, &count)) print_error("read: %.*s\n", TEXT_ARG(wrong[i]));
        assert_false(reads(wrong[i], parts, &count));
    }
}

static void bounds_the_parts(void **state) {
    (void)state;
    char body[4096];
    MultipartPart parts[MULTIPART_PARTS_MAX];
    for (int wanted = MULTIPART_PARTS_MAX; wanted <= MULTIPART_PARTS_MAX + 1; wanted++) {
        size_t len = 0;
        int count;
        for (int i = 0; i < wanted; i++, len += sizeof HEAD - 1)
            memcpy(body + len, HEAD, sizeof HEAD - 1);
        memcpy(body + len, "--b--", 5);
        assert_int_equal(reads((Text){body, len + 5}, parts, &count),
                         wanted <= MULTIPART_PARTS_MAX);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields_and_files),
        cmocka_unit_test(reads_the_boundary),
        cmocka_unit_test(refuses_what_can_be_read_in_two_ways),
        cmocka_unit_test(bounds_the_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
