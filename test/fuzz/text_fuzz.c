/* UTF-8, numbers, money, hex and base32: the readers of everything small. */
#include "base/limits.h"
#include "crypto/base32.h"
#include "fuzz.h"

static void utf8(Text t) {
    bool good = text_is_utf8(t);
    size_t at = 0, count = 0;
    while (at < t.len) {
        size_t before = at;
        char out[4];
        uint32_t cp = text_next_codepoint(t, &at);
        assert(at > before && at <= t.len && cp <= 0x10FFFF);
        size_t len = text_encode_codepoint(cp, out);
        if (good) assert(text_eq((Text){out, len}, text_slice(t, before, at - before)));
        count++;
    }
    if (good) assert(count == text_codepoints(t));
}

static void base32(Text t) {
    uint8_t bytes[64];
    char out[128];
    size_t len = t.len * 5 / 8;
    if (len > sizeof bytes || !base32_decode(t, bytes, len)) return;
    assert(base32_encode(bytes, len, out) == t.len);
    for (size_t i = 0; i < t.len; i++) /* the same letter, or one that it may be taken for */
        assert(out[i] == (t.ptr[i] & ~0x20) || out[i] == t.ptr[i] || out[i] == '0' ||
               out[i] == '1');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Text t = text_bytes(data, size), rest = t, part;
    int64_t value;
    uint8_t bytes[32];
    size_t joined = 0;
    utf8(t);
    base32(t);
    if (text_to_paise(t, &value)) assert(value >= 0 && value <= LIMIT_FEE_PAISE_MAX);
    if (text_to_int(t, &value)) assert(size <= 20 || data[size - 1] >= '0');
    if (size <= 64) (void)text_unhex(t, bytes, size / 2);
    while (text_split(&rest, ',', &part)) joined += part.len + 1;
    if (size) assert(joined == size + 1);
    assert(text_trim(t).len <= size);
    return 0;
}
