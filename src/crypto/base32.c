/* Crockford base32, for what people read aloud and type: no I, L, O, U. */
#include "crypto/base32.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

size_t base32_encode(const uint8_t *bytes, size_t len, char *out) {
    size_t written = 0;
    uint32_t pending = 0;
    int bits = 0;
    for (size_t i = 0; i < len; i++) {
        pending = (pending << 8 | bytes[i]) & 0xFFF;
        for (bits += 8; bits >= 5; bits -= 5) out[written++] = alphabet[pending >> (bits - 5) & 31];
    }
    if (bits) out[written++] = alphabet[pending << (5 - bits) & 31];
    return written;
}

static int value_of(char c) {
    if (c >= 'a' && c <= 'z') c = (char)(c - 32);
    if (c == 'O') return 0;
    if (c == 'I' || c == 'L') return 1;
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

bool base32_decode(Text t, uint8_t *out, size_t len) {
    if (t.len != (8 * len + 4) / 5) return false;
    size_t written = 0;
    uint32_t pending = 0;
    int bits = 0;
    for (size_t i = 0; i < t.len; i++) {
        int value = value_of(t.ptr[i]);
        if (value < 0) return false;
        pending = (pending << 5 | (uint32_t)value) & 0xFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out[written++] = (uint8_t)(pending >> bits);
    }
    return (pending & ((1u << bits) - 1)) == 0;
}
