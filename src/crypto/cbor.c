/* Deterministic CBOR. Ours, because the reader meets hostile bytes from any camera: it never
 * trusts a length, and never accepts two encodings of one thing. */
#include "crypto/cbor.h"

typedef enum Major {
    UNSIGNED,
    NEGATIVE,
    BYTES,
    TEXT,
    ARRAY,
    MAP,
    TAG,
    SIMPLE
} Major;

enum { SIMPLE_FALSE = 20, SIMPLE_NULL = 22 };

Cbor cbor_of(Text bytes) {
    static const uint8_t nothing[1];
    const uint8_t *at = bytes.len ? (const uint8_t *)bytes.ptr : nothing;
    return (Cbor){.at = at, .end = at + bytes.len};
}

bool cbor_done(const Cbor *c) { return !c->failed && c->at == c->end; }

static void refuse(Cbor *c) {
    c->failed = true;
    c->at = c->end;
}

/* Major type and argument of the next item; *ret_value is 0 after a failure. */
static Major read_head(Cbor *c, uint64_t *ret_value) {
    *ret_value = 0;
    if (c->at == c->end) {
        refuse(c);
        return SIMPLE;
    }
    Major major = (Major)(*c->at >> 5);
    unsigned info = *c->at++ & 31;
    if (info < 24) {
        *ret_value = info;
        return major;
    }
    size_t size = info < 28 ? (size_t)1 << (info - 24) : 0;
    if (!size || (size_t)(c->end - c->at) < size || major == SIMPLE) {
        refuse(c);
        return SIMPLE;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value = value << 8 | *c->at++;
    uint64_t shorter_end = size == 1 ? 24 : UINT64_C(1) << (4 * size);
    if (value < shorter_end) refuse(c);
    *ret_value = c->failed ? 0 : value;
    return major;
}

static uint64_t expect(Cbor *c, Major major) {
    uint64_t value;
    if (read_head(c, &value) == major && !c->failed) return value;
    refuse(c);
    return 0;
}

static int64_t signed_of(Cbor *c, Major major, uint64_t value) {
    if (value > INT64_MAX || (major != UNSIGNED && major != NEGATIVE)) refuse(c);
    if (c->failed) return 0;
    return major == UNSIGNED ? (int64_t)value : -1 - (int64_t)value;
}

int64_t cbor_read_int(Cbor *c) {
    uint64_t value;
    Major major = read_head(c, &value);
    return signed_of(c, major, value);
}

int64_t cbor_read_uint(Cbor *c) { return signed_of(c, UNSIGNED, expect(c, UNSIGNED)); }

static Text take(Cbor *c, uint64_t len) {
    if (c->failed || len > (uint64_t)(c->end - c->at)) {
        refuse(c);
        return TEXT_NONE;
    }
    Text t = text_bytes(c->at, (size_t)len);
    c->at += len;
    return t;
}

static Text take_text(Cbor *c, uint64_t len) {
    Text t = take(c, len);
    if (text_is_utf8(t)) return t;
    refuse(c);
    return TEXT_NONE;
}

Text cbor_read_bytes(Cbor *c) { return take(c, expect(c, BYTES)); }

Text cbor_read_text(Cbor *c) { return take_text(c, expect(c, TEXT)); }

void cbor_expect_array(Cbor *c, uint64_t count) {
    if (expect(c, ARRAY) != count) refuse(c);
}

void cbor_expect_tag(Cbor *c, uint64_t tag) {
    if (expect(c, TAG) != tag) refuse(c);
}

CborMap cbor_read_map(Cbor *c) { return (CborMap){.left = expect(c, MAP)}; }

bool cbor_map_next(Cbor *c, CborMap *map, CborKey *ret) {
    if (c->failed || !map->left) return false;
    map->left--;
    const uint8_t *start = c->at;
    uint64_t value;
    Major major = read_head(c, &value);
    *ret = (CborKey){.is_text = major == TEXT};
    if (major == TEXT)
        ret->text = take_text(c, value);
    else
        ret->number = signed_of(c, major, value);
    if (c->failed) return false;
    Text key = text_bytes(start, (size_t)(c->at - start));
    if (map->last_key.len && text_compare(map->last_key, key) >= 0) {
        refuse(c);
        return false;
    }
    map->last_key = key;
    return true;
}

static void skip(Cbor *c, int depth) {
    uint64_t value;
    CborKey key;
    if (depth > CBOR_DEPTH) refuse(c);
    Major major = read_head(c, &value);
    if (c->failed) return;
    if (major == UNSIGNED || major == NEGATIVE) {
        (void)signed_of(c, major, value);
    } else if (major == BYTES) {
        (void)take(c, value);
    } else if (major == TEXT) {
        (void)take_text(c, value);
    } else if (major == ARRAY) {
        for (uint64_t i = 0; i < value && !c->failed; i++) skip(c, depth + 1);
    } else if (major == MAP) {
        for (CborMap map = {.left = value}; cbor_map_next(c, &map, &key);) skip(c, depth + 1);
    } else if (major == TAG) {
        skip(c, depth + 1);
    } else if (value < SIMPLE_FALSE || value > SIMPLE_NULL) {
        refuse(c);
    }
}

void cbor_skip(Cbor *c) { skip(c, 1); }

static void put_head(Buffer *b, Major major, uint64_t value) {
    int size = value < 24 ? 0 : value <= UINT8_MAX ? 1 : value <= UINT16_MAX ? 2
                              : value <= UINT32_MAX ? 4 : 8;
    int info = size == 0 ? (int)value : size == 1 ? 24 : size == 2 ? 25 : size == 4 ? 26 : 27;
    buffer_byte(b, (char)((int)major << 5 | info));
    for (int i = size - 1; i >= 0; i--) buffer_byte(b, (char)(value >> (8 * i) & 0xFF));
}

void cbor_put_int(Buffer *b, int64_t value) {
    if (value >= 0)
        put_head(b, UNSIGNED, (uint64_t)value);
    else
        put_head(b, NEGATIVE, (uint64_t)(-1 - value));
}

void cbor_put_bytes(Buffer *b, Text bytes) {
    put_head(b, BYTES, bytes.len);
    buffer_add(b, bytes);
}

void cbor_put_text(Buffer *b, Text text) {
    put_head(b, TEXT, text.len);
    buffer_add(b, text);
}

void cbor_put_array(Buffer *b, uint64_t count) { put_head(b, ARRAY, count); }

void cbor_put_map(Buffer *b, uint64_t pairs) { put_head(b, MAP, pairs); }

void cbor_put_tag(Buffer *b, uint64_t tag) { put_head(b, TAG, tag); }
