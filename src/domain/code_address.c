/* See code_address.h. */
#include "domain/code_address.h"

Text code_address_make(Ctx *ctx, const char *path, Text code) {
    Text address = arena_printf(ctx->arena, "%.*s%s%.*s", TEXT_ARG(ctx->org->base_url), path,
                                TEXT_ARG(code));
    char *out = arena_cstr(ctx->arena, address);
    for (size_t i = 0; i < address.len; i++)
        if (out[i] >= 'a' && out[i] <= 'z') out[i] = (char)(out[i] - 32);
    return (Text){out, address.len};
}

Text code_address_read(Text typed, const char *path) {
    Text code = text_trim(typed), wanted = text_of(path);
    if (!text_eq_ignoring_case(text_slice(code, 0, 4), T("http"))) return code;
    for (size_t i = 0; i + wanted.len <= code.len; i++)
        if (text_eq_ignoring_case(text_slice(code, i, wanted.len), wanted))
            return text_slice(code, i + wanted.len, code.len);
    return code;
}
