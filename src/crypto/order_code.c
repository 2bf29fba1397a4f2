/* A tag over the id, and the id masked by a hash of the tag; see order_code.h. */
#include "crypto/order_code.h"

#include "crypto/base32.h"

enum { ID_BYTES = 5, REFERENCE_TAG = 5, TOKEN_TAG = 15, BYTES_MAX = TOKEN_TAG + ID_BYTES };

static void tag_of(const Keyring *ring, Text purpose, int64_t id, uint8_t *out, size_t len) {
    uint8_t id_bytes[8];
    const Text parts[] = {T("tag"), purpose, keyring_part_int(id, id_bytes)};
    keyring_hash(ring, KEY_ORDER, parts, 3, out, len);
}

/* Masks or unmasks the id behind its tag. */
static void mask(const Keyring *ring, Text purpose, uint8_t *bytes, size_t tag_len) {
    uint8_t by[ID_BYTES];
    const Text parts[] = {T("mask"), purpose, text_bytes(bytes, tag_len)};
    keyring_hash(ring, KEY_ORDER, parts, 3, by, sizeof by);
    for (int i = 0; i < ID_BYTES; i++) bytes[tag_len + (size_t)i] ^= by[i];
}

static size_t make(const Keyring *ring, Text purpose, int64_t id, size_t tag_len, char *out) {
    uint8_t bytes[BYTES_MAX];
    tag_of(ring, purpose, id, bytes, tag_len);
    for (int i = 0; i < ID_BYTES; i++)
        bytes[tag_len + (size_t)i] = (uint8_t)((uint64_t)id >> (8 * i));
    mask(ring, purpose, bytes, tag_len);
    return base32_encode(bytes, tag_len + ID_BYTES, out);
}

static bool read_back(const Keyring *ring, Text purpose, Text code, size_t tag_len,
                      int64_t *ret_id) {
    uint8_t bytes[BYTES_MAX], right[TOKEN_TAG];
    if (!base32_decode(code, bytes, tag_len + ID_BYTES)) return false;
    mask(ring, purpose, bytes, tag_len);
    int64_t id = 0;
    for (int i = ID_BYTES - 1; i >= 0; i--) id = id << 8 | bytes[tag_len + (size_t)i];
    tag_of(ring, purpose, id, right, tag_len);
    if (!secret_eq(bytes, right, tag_len)) return false;
    *ret_id = id;
    return true;
}

size_t order_code_reference_make(const Keyring *ring, Text code, int64_t id,
                            char out[ORDER_REFERENCE_MAX]) {
    memcpy(out, code.ptr, code.len);
    out[code.len] = 'F';
    size_t len = code.len + 1;
    len += make(ring, T("reference"), id, REFERENCE_TAG, out + len);
    out[len] = '\0';
    return len;
}

bool order_code_reference_read(const Keyring *ring, Text code, Text typed, int64_t *ret_id) {
    char letters[ORDER_REFERENCE_MAX];
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];
        if (c == ' ' || c == '-') continue;
        if (len == sizeof letters) return false;
        letters[len++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    if (len != code.len + 1 + ORDER_REFERENCE_CHARS) return false;
    if (memcmp(letters, code.ptr, code.len) != 0 || letters[code.len] != 'F') return false;
    Text rest = {letters + code.len + 1, ORDER_REFERENCE_CHARS};
    return read_back(ring, T("reference"), rest, REFERENCE_TAG, ret_id);
}

void order_code_token_make(const Keyring *ring, int64_t id, char out[ORDER_TOKEN_CHARS]) {
    size_t len = make(ring, T("token"), id, TOKEN_TAG, out);
    for (size_t i = 0; i < len; i++)
        if (out[i] >= 'A') out[i] = (char)(out[i] + 32);
}

bool order_code_token_read(const Keyring *ring, Text token, int64_t *ret_id) {
    if (token.len != ORDER_TOKEN_CHARS) return false;
    return read_back(ring, T("token"), token, TOKEN_TAG, ret_id);
}
