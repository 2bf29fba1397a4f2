/* Making and reading the codes. */
#include "domain/referral.h"

#include "crypto/base32.h"

enum { TAG_BYTES = 5, SERIAL_BYTES = 5, BYTES = TAG_BYTES + SERIAL_BYTES };

static void tag_of(Ctx *ctx, int64_t serial, uint8_t out[TAG_BYTES]) {
    uint8_t bytes[8];
    const Text parts[] = {T("referral tag"), keyring_part_int(serial, bytes)};
    keyring_hash(&ctx->org->keys, KEY_CARD_TOKEN, parts, 2, out, TAG_BYTES);
}

/* Masks or unmasks, in place, the serial that follows its tag. */
static void mask(Ctx *ctx, uint8_t bytes[BYTES]) {
    uint8_t pad[SERIAL_BYTES];
    const Text parts[] = {T("referral mask"), text_bytes(bytes, TAG_BYTES)};
    keyring_hash(&ctx->org->keys, KEY_CARD_TOKEN, parts, 2, pad, sizeof pad);
    for (int i = 0; i < SERIAL_BYTES; i++) bytes[TAG_BYTES + i] ^= pad[i];
}

Text referral_path(Ctx *ctx, const Member *m) {
    uint8_t bytes[BYTES], serial[8];
    char code[2 * REFERRAL_CHARS];
    tag_of(ctx, m->serial, bytes);
    (void)keyring_part_int(m->serial, serial);
    memcpy(bytes + TAG_BYTES, serial, SERIAL_BYTES);
    mask(ctx, bytes);
    size_t len = base32_encode(bytes, BYTES, code);
    for (size_t i = 0; i < len; i++)
        if (code[i] >= 'A') code[i] = (char)(code[i] + 32);
    return arena_printf(ctx->arena, "/join?by=%.*s", (int)len, code);
}

Status referral_find(Ctx *ctx, Text code, Member *ret, bool *ret_found) {
    uint8_t bytes[BYTES], right[TAG_BYTES];
    int64_t serial = 0;
    *ret_found = false;
    if (code.len != REFERRAL_CHARS || !base32_decode(code, bytes, BYTES)) return OK;
    mask(ctx, bytes);
    for (int i = BYTES - 1; i >= TAG_BYTES; i--) serial = serial << 8 | bytes[i];
    tag_of(ctx, serial, right);
    if (serial >= NUMBER_SERIAL_END || !secret_eq(bytes, right, TAG_BYTES)) return OK;
    Status status = member_by_serial(ctx, serial, ret);
    if (status == NOT_FOUND) {
        ctx_forget_errors(ctx); /* a register that was set back: nobody to be credited */
        return OK;
    }
    TRY(status);
    *ret_found = member_state_has_card(ret->state);
    return OK;
}

Text referral_given_name(const Member *m) {
    return text_slice(m->name, 0, text_find_byte(m->name, ' '));
}
