/* Pointer-and-length text: comparing, cutting, reading numbers, UTF-8. */
#include "base/text.h"

#include "base/limits.h"

int text_compare(Text a, Text b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool text_starts_with(Text t, Text prefix) {
    return t.len >= prefix.len && text_eq((Text){t.ptr, prefix.len}, prefix);
}

bool text_ends_with(Text t, Text suffix) {
    return t.len >= suffix.len &&
           text_eq((Text){t.ptr + t.len - suffix.len, suffix.len}, suffix);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool text_eq_ignoring_case(Text a, Text b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    return true;
}

size_t text_find_byte(Text t, char c) {
    const char *at = t.len ? memchr(t.ptr, c, t.len) : NULL;
    return at ? (size_t)(at - t.ptr) : t.len;
}

Text text_slice(Text t, size_t start, size_t len) {
    if (start > t.len) start = t.len;
    if (len > t.len - start) len = t.len - start;
    return (Text){t.ptr ? t.ptr + start : NULL, len};
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

Text text_trim(Text t) {
    while (t.len && is_space(t.ptr[0])) t.ptr++, t.len--;
    while (t.len && is_space(t.ptr[t.len - 1])) t.len--;
    return t;
}

bool text_split(Text *rest, char separator, Text *ret_part) {
    if (!rest->ptr) return false;
    size_t at = text_find_byte(*rest, separator);
    *ret_part = (Text){rest->ptr, at};
    if (at == rest->len)
        *rest = TEXT_NONE;
    else
        *rest = (Text){rest->ptr + at + 1, rest->len - at - 1};
    return true;
}

/* Length of the well-formed sequence at p (of n bytes left), 0 when it is not one. */
static size_t sequence_length(const unsigned char *p, size_t n) {
    unsigned char lead = p[0];
    if (lead < 0x80) return 1;
    size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || n < len) return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0; /* overlong */
    if (lead == 0xED && p[1] > 0x9F) return 0; /* surrogates */
    if (lead == 0xF0 && p[1] < 0x90) return 0; /* overlong */
    if (lead == 0xF4 && p[1] > 0x8F) return 0; /* above U+10FFFF */
    return len;
}

bool text_is_utf8(Text t) {
    const unsigned char *p = (const unsigned char *)t.ptr;
    size_t left = t.len;
    while (left) {
        if (*p == 0) return false;
        size_t len = sequence_length(p, left);
        if (!len) return false;
        p += len;
        left -= len;
    }
    return true;
}

uint32_t text_next_codepoint(Text t, size_t *at) {
    const unsigned char *p = (const unsigned char *)t.ptr + *at;
    size_t len = sequence_length(p, t.len - *at);
    if (len <= 1) {
        *at += 1;
        return len ? p[0] : 0xFFFD;
    }
    uint32_t cp = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) cp = cp << 6 | (p[i] & 0x3Fu);
    *at += len;
    return cp;
}

size_t text_encode_codepoint(uint32_t cp, char out[4]) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3F));
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[len] | cp);
    return len;
}

size_t text_codepoints(Text t) {
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++) count += ((unsigned char)t.ptr[i] & 0xC0) != 0x80;
    return count;
}

bool text_to_int(Text t, int64_t *ret) {
    bool negative = t.len && t.ptr[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == t.len) return false;
    int64_t value = 0;
    for (; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9') return false;
        int digit = t.ptr[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value)) return false;
        if (__builtin_sub_overflow(value, digit, &value)) return false; /* as negative: INT64_MIN */
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, value, &value)) return false;
    *ret = value;
    return true;
}

bool text_to_paise(Text t, int64_t *ret_paise) {
    t = text_trim(t);
    if (text_starts_with(t, T("₹"))) t = text_trim(text_slice(t, T("₹").len, t.len));
    int64_t paise = 0;
    int decimals = -1, digits = 0;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        if (c == ',' && decimals < 0 && digits) continue;
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || decimals == 2) return false;
        if (decimals >= 0) decimals++;
        paise = paise * 10 + (c - '0');
        digits++;
        if (paise > (int64_t)LIMIT_FEE_PAISE_MAX) return false;
    }
    if (!digits) return false;
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) paise *= 10;
    if (paise > (int64_t)LIMIT_FEE_PAISE_MAX) return false;
    *ret_paise = paise;
    return true;
}

void text_hex(const uint8_t *bytes, size_t len, char *out) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_unhex(Text t, uint8_t *out, size_t len) {
    if (t.len != 2 * len) return false;
    for (size_t i = 0; i < len; i++) {
        int high = hex_value(t.ptr[2 * i]), low = hex_value(t.ptr[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
