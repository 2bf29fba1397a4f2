/* Banks name their files .xls whatever is inside: tables as HTML, tabs, old Excel. So only the
 * bytes are asked. */
#include "domain/statement_text.h"

#include <unicode/ucnv.h>

#include "domain/statement_rows.h"

enum { SAMPLE_BYTES = 4096 };

static Status refuse_others(Ctx *ctx, Text file, Text bytes) {
    Text start = text_trim(text_slice(bytes, 0, 512));
    if (text_starts_with(start, T("%PDF"))) return statement_rows_fail(ctx, file, "statement_pdf");
    if (text_starts_with(bytes, T("\xD0\xCF\x11\xE0")))
        return statement_rows_fail(ctx, file, "statement_save_again");
    return OK;
}

/* What is mostly ASCII has a zero in every second byte as UTF-16. */
static const char *wide_encoding(Text bytes) {
    size_t zeros[2] = {0, 0}, len = bytes.len < SAMPLE_BYTES ? bytes.len : SAMPLE_BYTES;
    if (text_starts_with(bytes, T("\xFF\xFE"))) return "UTF-16LE";
    if (text_starts_with(bytes, T("\xFE\xFF"))) return "UTF-16BE";
    for (size_t i = 0; i < len; i++) zeros[i % 2] += bytes.ptr[i] == 0;
    if (zeros[1] > len / 4 && zeros[0] < len / 16) return "UTF-16LE";
    if (zeros[0] > len / 4 && zeros[1] < len / 16) return "UTF-16BE";
    return NULL;
}

/* false: more than the arena holds. What is malformed becomes U+FFFD. */
static bool convert(Arena *arena, const char *encoding, Text bytes, Text *ret) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t cap = ucnv_convert("UTF-8", encoding, NULL, 0, bytes.ptr, (int32_t)bytes.len, &error);
    char *out = arena_try(arena, (size_t)cap + 1);
    if (!out) return false;
    error = U_ZERO_ERROR;
    int32_t len = ucnv_convert("UTF-8", encoding, out, cap + 1, bytes.ptr, (int32_t)bytes.len,
                               &error);
    *ret = (Text){out, U_SUCCESS(error) ? (size_t)len : 0};
    return true;
}

Status statement_text_decode(Ctx *ctx, const Statement *statement, Text bytes, Text *ret) {
    Text file = statement->file;
    TRY(refuse_others(ctx, file, bytes));
    const char *encoding = wide_encoding(bytes);
    if (!encoding && !text_is_utf8(bytes)) encoding = "windows-1252";
    *ret = bytes;
    if (encoding && !convert(statement->arena, encoding, bytes, ret)) {
        statement_rows_fail(ctx, file, "statement_large");
        fail_arg_int(ctx, "max", STATEMENT_FILE_BYTES_MAX >> 20);
        return INVALID;
    }
    if (text_starts_with(*ret, T("\xEF\xBB\xBF"))) *ret = text_slice(*ret, 3, ret->len);
    /* A zero is in no text: this is something else, read as if it were one. */
    if (!text_is_utf8(*ret)) return statement_rows_fail(ctx, file, "statement_save_again");
    return OK;
}
