/* Base45 as RFC 9285 has it, least significant letter first. */
#include "crypto/base45.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

size_t base45_encode(const uint8_t *bytes, size_t len, char *out) {
    char *at = out;
    for (size_t i = 0; i + 1 < len; i += 2) {
        unsigned value = (unsigned)bytes[i] << 8 | bytes[i + 1];
        *at++ = alphabet[value % 45];
        *at++ = alphabet[value / 45 % 45];
        *at++ = alphabet[value / 2025];
    }
    if (len % 2) {
        *at++ = alphabet[bytes[len - 1] % 45];
        *at++ = alphabet[bytes[len - 1] / 45];
    }
    return (size_t)(at - out);
}

/* 45 or more: none. */
static unsigned value_of(char c) {
    const char *at = memchr(alphabet, c, sizeof alphabet - 1);
    return at ? (unsigned)(at - alphabet) : 1u << 20;
}

bool base45_decode(Text t, uint8_t *out, size_t *ret_len) {
    size_t len = 0, i = 0;
    if (t.len % 3 == 1) return false;
    for (; i + 2 < t.len; i += 3) {
        unsigned value = value_of(t.ptr[i]) + 45 * value_of(t.ptr[i + 1]) +
                         2025 * value_of(t.ptr[i + 2]);
        if (value > 0xFFFF) return false;
        out[len++] = (uint8_t)(value >> 8);
        out[len++] = (uint8_t)value;
    }
    if (i < t.len) {
        unsigned value = value_of(t.ptr[i]) + 45 * value_of(t.ptr[i + 1]);
        if (value > 0xFF) return false;
        out[len++] = (uint8_t)value;
    }
    *ret_len = len;
    return true;
}
