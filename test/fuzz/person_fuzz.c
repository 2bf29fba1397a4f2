/* What people type of themselves: names, telephone numbers, PIN codes, unit codes. */
#include "base/limits.h"
#include "domain/name_check.h"
#include "domain/name_key.h"
#include "domain/phone.h"
#include "domain/place.h"
#include "domain/transliterate.h"
#include "fuzz.h"

static void name(Ctx *ctx, Text typed) {
    Text once, twice;
    if (name_check(ctx, "name", typed, &once) != OK) {
        assert(ctx->error_count > 0);
        return;
    }
    assert(text_is_utf8(once) && once.len > 0 && text_codepoints(once) <= LIMIT_NAME_CODEPOINTS);
    assert(name_check(ctx, "name", once, &twice) == OK && text_eq(once, twice));
    Text key = name_key(ctx->arena, once);
    assert(key.len > 0 && key.len <= NAME_KEY_MAX_BYTES && text_is_utf8(key));
    assert(text_is_utf8(transliterate_name(ctx, once)));
}

static void phone(Ctx *ctx, Text typed) {
    Text once, twice;
    if (phone_parse(ctx, "phone", typed, &once) != OK) return;
    assert(once.len >= 8 && once.len <= PHONE_E164_MAX && once.ptr[0] == '+');
    for (size_t i = 1; i < once.len; i++) assert(once.ptr[i] >= '0' && once.ptr[i] <= '9');
    assert(phone_parse(ctx, "phone", once, &twice) == OK && text_eq(once, twice));
    Text masked = phone_masked(ctx->arena, once);
    assert(text_is_utf8(masked) && !memmem(masked.ptr, masked.len, once.ptr + 3, once.len - 5));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Arena *arena;
    int64_t pin;
    Ctx ctx;
    if (size > LIMIT_URL_BYTES) return 0;
    if (!arena) arena = arena_new(LIMIT_REQUEST_ARENA_BYTES);
    ctx_init(&ctx, arena);
    Text typed = text_bytes(data, size);
    name(&ctx, typed);
    ctx_forget_errors(&ctx);
    if (text_is_utf8(typed)) { /* as everything that a declared parameter lets through */
        phone(&ctx, typed);
        if (place_parse_pin(&ctx, typed, &pin) == OK) assert(pin >= 100000 && pin <= 999999);
        Text key = place_key(&ctx, typed);
        assert(text_is_utf8(key));
    }
    (void)unit_code_is_valid(typed);
    arena_clear(arena);
    return 0;
}
