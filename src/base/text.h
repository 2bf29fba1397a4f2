/* Text is pointer and length: never assumed to end in NUL, never owned. Bytes use it too. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

typedef struct Text {
    const char *ptr;
    size_t len;
} Text;

#define T(literal) ((Text){("" literal ""), sizeof(literal) - 1})
#define TEXT_NONE ((Text){NULL, 0})
/* For printf: "%.*s", TEXT_ARG(t) */
#define TEXT_ARG(t) (int)(t).len, (t).len ? (t).ptr : ""

static inline Text text_of(const char *cstr) {
    return (Text){cstr, cstr ? strlen(cstr) : 0};
}
static inline Text text_bytes(const void *ptr, size_t len) {
    return (Text){(const char *)ptr, len};
}
static inline bool text_eq(Text a, Text b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool text_is_empty(Text t) { return t.len == 0; }

/* Byte-wise order, as memcmp then length. */
int text_compare(Text a, Text b);
bool text_starts_with(Text t, Text prefix);
bool text_ends_with(Text t, Text suffix);
/* ASCII only. */
bool text_eq_ignoring_case(Text a, Text b);
/* Index of the first byte c, or t.len. */
size_t text_find_byte(Text t, char c);
/* Part of t from start (clamped), at most len bytes. */
Text text_slice(Text t, size_t start, size_t len);
/* Without ASCII white space at both ends. */
Text text_trim(Text t);
/* Takes the part before the next separator off *rest; false when *rest is used up
 * (rest->ptr == NULL). "a,,b" gives "a", "", "b"; an empty text gives one empty part. */
bool text_split(Text *rest, char separator, Text *ret_part);

/* Well-formed UTF-8 without U+0000 (RFC 3629: no surrogates, no overlong forms). */
bool text_is_utf8(Text t);
/* The code point at *at, which is moved behind it. t must be valid UTF-8 and *at < t.len. */
uint32_t text_next_codepoint(Text t, size_t *at);
/* Writes cp (≤ 0x10FFFF) as UTF-8 into out[4]; returns 1-4. */
size_t text_encode_codepoint(uint32_t cp, char out[4]);
/* A Devanagari digit as the ASCII one, which people type alike; any other code point as it is. */
static inline uint32_t text_plain_digit(uint32_t cp) {
    return cp >= 0x966 && cp <= 0x96F ? cp - 0x966 + '0' : cp;
}
/* Number of code points of valid UTF-8. */
size_t text_codepoints(Text t);

/* The whole of t is a decimal integer (optional minus, no plus, no spaces); false on anything
 * else or overflow. ASCII digits only. */
bool text_to_int(Text t, int64_t *ret);
/* Rupees as people write them ("11", "11.00", "1,100.5", "₹11") to paise; false when more than
 * two decimals, negative or above limits. */
bool text_to_paise(Text t, int64_t *ret_paise);
/* Lower-case hex of len bytes into out (2*len bytes, no NUL). */
void text_hex(const uint8_t *bytes, size_t len, char *out);
/* Hex of either case, exactly len bytes; false otherwise. */
bool text_unhex(Text t, uint8_t *out, size_t len);

#endif
