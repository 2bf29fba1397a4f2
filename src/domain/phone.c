/* Reading telephone numbers as people write them. */
#include "domain/phone.h"

#include "domain/calling_code.h"
#include "domain/organisation.h"

/* Digits (ASCII or Devanagari) and a leading plus into out; false when there is anything else than
 * digits and the usual separators, or too many digits. */
static bool collect(Text typed, char *out, size_t size, size_t *ret_len, bool *ret_plus) {
    size_t len = 0;
    *ret_plus = false;
    for (size_t at = 0; at < typed.len;) {
        uint32_t cp = text_plain_digit(text_next_codepoint(typed, &at));
        if (cp == '+' && len == 0 && !*ret_plus) {
            *ret_plus = true;
            continue;
        }
        if (cp >= '0' && cp <= '9') {
            if (len == size) return false;
            out[len++] = (char)cp;
        } else if (cp != ' ' && cp != '-' && cp != '.' && cp != '(' && cp != ')' &&
                   cp != '/' && cp != 0xA0 && !(cp >= 0x2010 && cp <= 0x2014)) {
            return false;
        }
    }
    *ret_len = len;
    return true;
}

Status phone_parse(Ctx *ctx, const char *field, Text typed, Text *ret_e164) {
    char digits[20];
    size_t len;
    bool plus;
    if (!collect(typed, digits, sizeof digits, &len, &plus))
        return fail(ctx, INVALID, field, "phone_form");
    const char *at = digits;
    if (!plus && len > 4 && at[0] == '0' && at[1] == '0') {
        plus = true;
        at += 2, len -= 2;
    }
    bool with_country = plus || (len == 12 && at[0] == '9' && at[1] == '1');
    if (!with_country) {
        if (len == 11 && at[0] == '0') at++, len--; /* the trunk prefix */
        if (len != 10 || at[0] < '6') return fail(ctx, INVALID, field, "phone_form");
        *ret_e164 = arena_printf(ctx->arena, "+91%.10s", at);
        return OK;
    }
    bool indian = len >= 2 && at[0] == '9' && at[1] == '1';
    if (indian ? (len != 12 || at[2] < '6') : !calling_code_accepts(text_bytes(at, len)))
        return fail(ctx, INVALID, field, "phone_form");
    *ret_e164 = arena_printf(ctx->arena, "+%.*s", (int)len, at);
    return OK;
}

void phone_hash(const Keyring *keys, Text e164, uint8_t out[PHONE_HASH_BYTES]) {
    Text parts[] = {T("phone"), e164};
    keyring_hash(keys, KEY_LOOKUP, parts, 2, out, PHONE_HASH_BYTES);
}

Text phone_hash_of(Ctx *ctx, Text e164) {
    uint8_t *hash = ARENA_ARRAY(ctx->arena, uint8_t, PHONE_HASH_BYTES);
    phone_hash(&ctx->org->keys, e164, hash);
    return text_bytes(hash, PHONE_HASH_BYTES);
}

Text phone_grouped(Arena *arena, Text e164) {
    if (e164.len != 13 || !text_starts_with(e164, T("+91"))) return e164;
    return arena_printf(arena, "+91 %.5s %.5s", e164.ptr + 3, e164.ptr + 8);
}

Text phone_masked(Arena *arena, Text e164) {
    if (e164.len < 6) return T("•••");
    return arena_printf(arena, "%.*s •••••••%.*s", 3, e164.ptr, 3, e164.ptr + e164.len - 3);
}
